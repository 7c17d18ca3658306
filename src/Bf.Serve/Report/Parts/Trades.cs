namespace Bf.Serve.Report.Parts;

/// <summary>The trades, folded, by the signal that opened them, and the signals that opened none.</summary>
internal static class Trades
{
    /// <summary>More trades than this would make the page slow; the newest are kept.</summary>
    private const int MostTrades = 2000;

    public static Html? Render(ReportModel model)
    {
        if (model.Backtest is not { } b)
        {
            return null;
        }

        var html = Html.Of($"<section id=\"trades\"><h2>The trades, by the signal that caused each</h2>");
        var all = b.Episodes.Sum(e => e.Trades.Length);
        if (all == 0)
        {
            return html.Add($"<p>The strategy made no trade in this range.</p>{Skipped(b)}</section>");
        }

        html.Add($"<h3>{Format.Count(all, "trade")} in {Format.Count(b.Episodes.Length, "signal episode")}</h3><p class=\"note\">Each row is a time in the market that one signal opened; unfold it for its trades. Profit is after costs.</p><p><button type=\"button\" class=\"unfold\" hidden>Unfold all</button></p>");
        var left = MostTrades;
        foreach (var episode in b.Episodes.OrderByDescending(e => e.From))
        {
            var shown = Math.Min(left, episode.Trades.Length);
            left -= shown;
            html.Add($"{Episode(episode, shown)}");
        }

        html.Add($"{(all > MostTrades ? Html.Of($"<p class=\"note\">The trades of the older signals are left out to keep this page light ({Format.Number(MostTrades)} of {Format.Number(all)} are in it); the table trades of the lake holds them all.</p>") : null)}");
        return html.Add($"{Skipped(b)}</section>");
    }

    private static Html Episode(ReportEpisode e, int shown)
    {
        var known = e.Trades.Where(t => t.Pnl is not null).ToArray();
        var won = known.Count(t => t.Pnl > 0);
        var pnl = known.Length > 0 ? known.Sum(t => t.Pnl) : null;
        var html = Html.Of($"<details class=\"episode\"><summary><span class=\"when\">{Format.Iso(e.From)} – {(e.To is { } to ? Format.Iso(to) : "open")}</span> <span class=\"what\">{e.Signal}</span> <span class=\"how\">{Format.Count(e.Trades.Length, "trade")}{(known.Length > 0 ? $", {Format.Number(won)} won" : "")}</span> <span class=\"n {(pnl < 0 ? "down" : "up")}\">{Format.Signed(pnl)}</span></summary>{Extremes(e)}");
        if (shown > 0)
        {
            html.Add($"<div class=\"scroll\"><table class=\"trades\"><thead><tr><th scope=\"col\">Symbol<th scope=\"col\">Entered<th scope=\"col\">at<th scope=\"col\">Left<th scope=\"col\">at<th scope=\"col\">Why<th scope=\"col\">Shares<th scope=\"col\">Costs<th scope=\"col\">Profit<th scope=\"col\">Return<tbody>");
        }

        foreach (var t in e.Trades.AsSpan(0, shown))
        {
            html.Add($"<tr><th scope=\"row\">{t.Symbol}{(t.Short ? " short" : "")}<td>{Format.Iso(t.EntryTs)}<td>{Format.Number(t.EntryPrice, 2)}<td>{(t.ExitTs is { } exit ? Format.Iso(exit) : "open")}<td>{Format.Number(t.ExitPrice, 2)}<td>{t.Reason ?? Format.Undefined}<td>{Format.Number(t.Shares, t.Shares == Math.Floor(t.Shares) ? 0 : 2)}<td>{Format.Number(t.Costs, 2)}<td>{Format.Signed(t.Pnl, 2)}<td>{Format.SignedPercent(t.Return, 1)}");
        }

        return html.Add($"{(shown > 0 ? Html.Of($"</table></div>") : null)}{(shown < e.Trades.Length ? Html.Of($"<p class=\"note\">{Format.Count(e.Trades.Length - shown, "trade")} left out.</p>") : null)}</details>");
    }

    private static Html? Extremes(ReportEpisode e)
    {
        var known = e.Trades.Where(t => t.Return is not null).ToArray();
        return known.Length < 2 ? null : Html.Of($"<p class=\"note\">Best: {One(known.MaxBy(t => t.Return)!)}. Worst: {One(known.MinBy(t => t.Return)!)}. Costs {Format.Number(e.Trades.Sum(t => t.Costs))}.</p>");

        static string One(ReportTrade t) => $"{t.Symbol} {Format.SignedPercent(t.Return, 1)}";
    }

    private static Html? Skipped(ReportBacktest b)
    {
        if (b.Skipped is [])
        {
            return null;
        }

        var html = Html.Of($"<details><summary>{Format.Count(b.Skipped.Length, "signal")} that {(b.Skipped.Length == 1 ? "was" : "were")} not traded</summary><div class=\"scroll\"><table><thead><tr><th scope=\"col\">Date<th scope=\"col\">Signal<th scope=\"col\">Why not<tbody>");
        foreach (var s in b.Skipped.OrderByDescending(s => s.Ts))
        {
            html.Add($"<tr><th scope=\"row\" class=\"when\">{Format.Iso(s.Ts)}<td>{s.Signal}<td>{s.Why}");
        }

        return html.Add($"</table></div></details>");
    }
}
