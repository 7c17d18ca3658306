namespace Bf.Serve.Report.Parts;

/// <summary>The ways into a long page, in its order.</summary>
internal static class Contents
{
    public static Html? Render(ReportModel model, bool backtestLeads)
    {
        if (model.Backtest is not { } b)
        {
            return null;
        }

        var isSensitive = b.Costs is not null || b.Cases is not [];
        (string Id, string Title, bool There)[] backtest =
            [("backtest", "Backtest", true), ("costs", "Costs and delay", isSensitive), ("luck", "Luck", b.Confidence is not null || model.Evaluation is not null), ("trades", "Trades", true)];
        (string Id, string Title, bool There)[] market = [("charts", "Market", model.Series.Ts is not []), ("thrusts", "Thrusts", model.Thrusts is not [] || model.Detectors is not [])];
        var html = Html.Of($"<nav class=\"contents\" aria-label=\"Parts of this page\">");
        foreach (var (id, title, _) in (backtestLeads ? [.. backtest, .. market] : market.Concat(backtest)).Append(("method", "Method", true)).Where(p => p.Item3))
        {
            html.Add($"<a href=\"#{id}\">{title}</a> ");
        }

        return html.Add($"</nav>");
    }
}
