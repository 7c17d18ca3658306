using Bf.Core.Signals;

namespace Bf.Serve.Report.Parts;

/// <summary>How it was computed: formulas in short, the rules of the detectors, the run, and what to be wary of.</summary>
internal static class Method
{
    private static readonly (string Term, string Formula)[] Formulas =
    [
        ("Advance, decline", "A stock’s adjusted close above, or below, that of its previous bar. A stock’s first bar takes no part."),
        ("Advance/decline line", "Running sum of advances − declines."),
        ("Equal-weight index", "Each bar, the mean of the close-to-close returns of the stocks with a bar; compounded. Charts show it from 100."),
        ("Above 50-day, 200-day average", "100 × stocks whose adjusted close lies above the mean of their last 50 (200) closes ÷ stocks with that many bars."),
        ("New highs, new lows", "Stocks whose adjusted close is the highest (lowest) of their last 252, the present one included."),
        ("Up-volume share", "Volume in rising stocks ÷ volume in rising and falling stocks."),
        ("McClellan oscillator", "EMA₁₉ − EMA₃₉ of 1000 × (advances − declines) ÷ (advances + declines), with α = 2 ÷ (n + 1); the summation index is its running sum."),
        ("Breadth score", $"{char.ToUpperInvariant(BreadthScore.Rule[0])}{BreadthScore.Rule[1..]}."),
    ];

    public static Html Render(ReportModel model)
    {
        var html = Html.Of($"<section id=\"method\"><h2>How it was computed</h2>{Survivorship(model.Universe)}<h3>Formulas</h3><dl>");
        foreach (var (term, formula) in Formulas)
        {
            html.Add($"<dt>{term}<dd>{formula}");
        }

        html.Add($"</dl>");
        if (model.Detectors is not [])
        {
            html.Add($"<h3>Detectors</h3><dl>");
            foreach (var d in model.Detectors)
            {
                html.Add($"<dt>{d.Title} <code>{d.Name}</code><dd>{d.Rule}");
            }

            html.Add($"</dl>");
        }

        html.Add($"<h3>Origin</h3><dl class=\"pairs\"><dt>Universe<dd>{model.Universe.Name}, {Format.Count(model.Universe.Symbols, "symbol")}, bars of {model.Universe.Interval}");
        if (model.Series.Ts is { Length: > 0 } ts)
        {
            html.Add($"<dt>Range<dd>{Format.Day(ts[0])} to {Format.Day(ts[^1])}, {Format.Count(ts.Length, "date")}");
        }

        html.Add($"<dt>Bars from<dd>{model.Run.Source}<dt>Run<dd><code>{model.Run.Id}</code><dt>Made<dd>{model.Run.GeneratedAt}");
        foreach (var pair in model.Run.Versions.Concat(model.Run.Settings))
        {
            html.Add($"<dt>{pair.Name}<dd><code>{pair.Value}</code>");
        }

        return html.Add($"</dl></section>");
    }

    public static Html Survivorship(ReportUniverse universe) =>
        Html.Of($"<p{(universe.PointInTime ? "" : " class=warn")}><strong>Survivorship.</strong> The universe is {universe.Survivorship}.</p>");
}
