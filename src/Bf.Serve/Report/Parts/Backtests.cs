namespace Bf.Serve.Report.Parts;

/// <summary>The backtest: curves, measures side by side, trades by the signal that opened them.</summary>
internal static class Backtests
{
    /// <summary>More trades than this would make the page slow; the newest are kept.</summary>
    private const int MostTrades = 2000;

    public static Html? Render(ReportModel model)
    {
        if (model.Backtest is not { } b)
        {
            return null;
        }

        return Html.Of($"<section id=\"backtest\"><h2>Would it have paid?</h2><p>{b.Description}</p>{Charts.Backtest(model, b)}{Metrics(b)}{Trades(b)}</section>");
    }

    private static Html? Metrics(ReportBacktest b)
    {
        if (b.Metrics is [])
        {
            return null;
        }

        var html = Html.Of($"<h3>Side by side</h3><div class=\"scroll\"><table class=\"metrics\"><thead><tr><th scope=\"col\">Measure<th scope=\"col\" class=\"n\">Strategy{(b.BuyAndHold is null ? null : Html.Of($"<th scope=\"col\" class=\"n\">Buy and hold"))}{(b.Basket is null ? null : Html.Of($"<th scope=\"col\" class=\"n\">Held basket"))}<tbody>");
        foreach (var m in b.Metrics)
        {
            html.Add($"<tr><th scope=\"row\">{m.Name}{(m.Meaning is "" ? null : Html.Of($"<span class=\"note\">{m.Meaning}</span>"))}<td class=\"n main\">{Value(m.Strategy, m.Unit)}");
            html.Add($"{(b.BuyAndHold is null ? null : Html.Of($"<td class=\"n\">{Value(m.BuyAndHold, m.Unit)}"))}{(b.Basket is null ? null : Html.Of($"<td class=\"n\">{Value(m.Basket, m.Unit)}"))}");
        }

        return html.Add($"</table></div>");
    }

    private static Html? Trades(ReportBacktest b)
    {
        var all = b.Episodes.Sum(e => e.Trades.Length);
        if (all == 0)
        {
            return Html.Of($"<p>The strategy made no trade in this range.</p>");
        }

        var html = Html.Of($"<h3>{Format.Count(all, "trade")} in {Format.Count(b.Episodes.Length, "signal episode")}</h3><p class=\"note\">Each row is a time in the market that one signal opened; unfold it for its trades. Profit is after costs.</p>");
        var left = MostTrades;
        foreach (var episode in b.Episodes.OrderByDescending(e => e.From))
        {
            var shown = Math.Min(left, episode.Trades.Length);
            left -= shown;
            html.Add($"{Episode(episode, shown)}");
        }

        return all > MostTrades ? html.Add($"<p class=\"note\">The trades of the older signals are left out to keep this page light ({Format.Number(MostTrades)} of {Format.Number(all)} are in it); the table trades of the lake holds them all.</p>") : html;
    }

    private static Html Episode(ReportEpisode e, int shown)
    {
        var closed = e.Trades.Where(t => t.Pnl is not null).ToArray();
        var won = closed.Count(t => t.Pnl > 0);
        var pnl = closed.Length > 0 ? closed.Sum(t => t.Pnl) : null;
        var html = Html.Of($"<details class=\"episode\"><summary><span class=\"when\">{Format.Iso(e.From)} – {(e.To is { } to ? Format.Iso(to) : "open")}</span> <span class=\"what\">{e.Signal}</span> <span class=\"how\">{Format.Count(e.Trades.Length, "trade")}{(closed.Length > 0 ? $", {Format.Number(won)} won" : "")}</span> <span class=\"n {(pnl < 0 ? "down" : "up")}\">{Format.Signed(pnl)}</span></summary>");
        if (shown > 0)
        {
            html.Add($"<div class=\"scroll\"><table class=\"trades\"><thead><tr><th scope=\"col\">Symbol<th scope=\"col\">Bought<th scope=\"col\">at<th scope=\"col\">Sold<th scope=\"col\">at<th scope=\"col\">Shares<th scope=\"col\">Costs<th scope=\"col\">Profit<tbody>");
        }

        foreach (var t in e.Trades.AsSpan(0, shown))
        {
            html.Add($"<tr><th scope=\"row\">{t.Symbol}<td>{Format.Iso(t.EntryTs)}<td>{Format.Number(t.EntryPrice, 2)}<td>{(t.ExitTs is { } exit ? Format.Iso(exit) : "open")}<td>{Format.Number(t.ExitPrice, 2)}<td>{Format.Number(t.Shares, t.Shares == Math.Floor(t.Shares) ? 0 : 2)}<td>{Format.Number(t.Costs, 2)}<td>{Format.Signed(t.Pnl, 2)}");
        }

        return html.Add($"{(shown > 0 ? Html.Of($"</table></div>") : null)}{(shown < e.Trades.Length ? Html.Of($"<p class=\"note\">{Format.Count(e.Trades.Length - shown, "trade")} left out.</p>") : null)}</details>");
    }

    private static string Value(double? v, ReportUnit unit) => unit switch
    {
        ReportUnit.Percent => Format.Percent(v, 1),
        ReportUnit.Ratio => Format.Number(v, 2),
        ReportUnit.Days => v is null ? Format.Undefined : Format.Number(v) + " d",
        _ => Format.Number(v),
    };
}
