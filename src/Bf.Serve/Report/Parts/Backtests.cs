namespace Bf.Serve.Report.Parts;

/// <summary>The backtest: its figures, curves, months, and measures side by side.</summary>
internal static class Backtests
{
    public static Html? Render(ReportModel model) => model.Backtest is not { } b
        ? null
        : Html.Of($"<section id=\"backtest\"><h2>Would it have paid?</h2><p>{b.Description}</p>{Warnings(b)}{BacktestTiles.Render(b)}{Charts.Backtest(model, b)}{MonthHeat.Render(b)}{Metrics(b)}</section>");

    /// <summary>How a measure is shown.</summary>
    public static string Value(double? v, ReportUnit unit) => unit switch
    {
        ReportUnit.Percent => Format.Percent(v, 1),
        ReportUnit.Ratio => Format.Number(v, 2),
        ReportUnit.Days => v is null ? Format.Undefined : Format.Number(v) + " d",
        _ => Format.Number(v),
    };

    private static Html Warnings(ReportBacktest b)
    {
        var html = Html.Of($"");
        foreach (var warning in b.Warnings)
        {
            html.Add($"<p class=\"warn\">{warning}</p>");
        }

        return html;
    }

    private static Html? Metrics(ReportBacktest b)
    {
        if (b.Metrics is [])
        {
            return null;
        }

        var html = Html.Of($"<h3>Side by side</h3><div class=\"scroll\"><table class=\"metrics\"><thead><tr><th scope=\"col\">Measure<th scope=\"col\" class=\"n\">Strategy{(b.BuyAndHold is null ? null : Html.Of($"<th scope=\"col\" class=\"n\">Index held"))}{(b.Basket is null ? null : Html.Of($"<th scope=\"col\" class=\"n\">Basket held"))}<tbody>");
        foreach (var m in b.Metrics)
        {
            // what only a strategy has leaves the others' cells empty
            var isOwn = m is { BuyAndHold: null, Basket: null };
            html.Add($"<tr><th scope=\"row\">{m.Name}{(m.Meaning is "" ? null : Html.Of($"<span class=\"note\">{m.Meaning}</span>"))}<td class=\"n main\">{Value(m.Strategy, m.Unit)}");
            html.Add($"{(b.BuyAndHold is null ? null : Html.Of($"<td class=\"n\">{(isOwn ? "" : Value(m.BuyAndHold, m.Unit))}"))}{(b.Basket is null ? null : Html.Of($"<td class=\"n\">{(isOwn ? "" : Value(m.Basket, m.Unit))}"))}");
        }

        return html.Add($"</table></div><p class=\"note\">Index held: the universe’s equal-weight index, rebalanced daily and free of cost, which nobody could have had. Basket held: the same stocks in equal parts, bought on the first date and left alone, also free of cost.</p>");
    }
}
