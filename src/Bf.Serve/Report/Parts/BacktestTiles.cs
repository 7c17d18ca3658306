namespace Bf.Serve.Report.Parts;

/// <summary>The backtest's figures that one would ask for first, each beside the index's.</summary>
internal static class BacktestTiles
{
    public static Html? Render(ReportBacktest b)
    {
        if (b.Figures is not { } own)
        {
            return null;
        }

        var index = b.IndexFigures;
        var html = Html.Of($"<div class=\"tiles\">{(BacktestFindings.IsShort(b) ? Tile("Growth in all", Format.SignedPercent(own.TotalReturn, 1), Beside(Format.SignedPercent(index?.TotalReturn, 1))) : Tile("Growth a year", Format.SignedPercent(own.Cagr, 1), Beside(Format.SignedPercent(index?.Cagr, 1))))}");
        html.Add($"{Tile("Deepest fall", Format.Percent(own.MaxDrawdown, 1), Beside(Format.Percent(index?.MaxDrawdown, 1)))}{Tile("Sharpe ratio", Format.Number(own.Sharpe, 2), Beside(Format.Number(index?.Sharpe, 2)))}");
        html.Add($"{(b.Exposure is [] ? null : Tile("Invested", Format.Percent(b.Exposure.Average()), "of the equity, on average"))}");
        if (b.Confidence is { } c)
        {
            html.Add($"{Tile("Signals traded", Format.Number(c.Taken), $"{(c.Fired is { } fired ? $"of {Format.Number(fired)} that fired; " : "")}{Format.Count(c.Trades, "trade")}")}");
            html.Add($"{Tile("Sharpe above 0", Format.Percent(c.AboveZero), "probable, were it not for luck in choosing the rule")}");
        }

        html.Add($"{(b.Costs is { } costs ? Tile("Costs", Format.Percent(costs.Total.AYear, 2), $"of the equity a year; {Format.Number(costs.Total.Money)} in all") : null)}");
        return html.Add($"{(!BacktestFindings.IsShort(b) && Sensitivity.OneDayLate(b) is { } late && own.Cagr is { } cagr ? Tile("A day late", Points(late.Cagr - cagr), "points of growth a year, had every fill come a date later") : null)}</div>");

        string Beside(string value) => index is null ? "no index to compare with" : $"index held: {value}";
    }

    private static string Points(double? difference) => Format.Signed(100 * difference, 2);

    private static Html Tile(string label, string value, string note) =>
        Html.Of($"<div class=\"tile\"><h3>{label}</h3><p class=\"value\">{value}</p><p class=\"note\">{note}</p></div>");
}
