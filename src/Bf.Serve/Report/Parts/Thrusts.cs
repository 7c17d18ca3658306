using System.Globalization;

namespace Bf.Serve.Report.Parts;

/// <summary>The thrusts, what followed each of them, and what followed them on average.</summary>
internal static class Thrusts
{
    /// <summary>How many thrusts stand in the open; the older ones can be unfolded.</summary>
    private const int Shown = 15;

    /// <summary>Below this many cases a mean says little.</summary>
    private const int Few = 10;

    public static Html? Render(ReportModel model)
    {
        if (model.Thrusts is [] && model.Detectors is [])
        {
            return null;
        }

        var html = Html.Of($"<section id=\"thrusts\"><h2>Thrusts and what followed</h2>{FollowUps(model)}");
        if (model.Thrusts is [])
        {
            return html.Add($"<p>No detector fired in this range. A thrust is rare by design: months without one are the rule.</p></section>");
        }

        ReportThrust[] latest = [.. model.Thrusts.OrderByDescending(t => t.Ts).ThenBy(t => t.Detector, StringComparer.Ordinal)];
        html.Add($"<h3>{(latest.Length > Shown ? $"The latest {Shown} of {latest.Length} thrusts" : Format.Count(latest.Length, "thrust"))}</h3>{Table(model, latest.AsSpan(0, Math.Min(Shown, latest.Length)))}");
        if (latest.Length > Shown)
        {
            html.Add($"<details><summary>The {Format.Count(latest.Length - Shown, "earlier thrust")}</summary>{Table(model, latest.AsSpan(Shown))}</details>");
        }

        return html.Add($"</section>");
    }

    private static Html Table(ReportModel model, ReadOnlySpan<ReportThrust> thrusts)
    {
        var known = false;
        foreach (var t in thrusts)
        {
            known |= t.Forward.Length == model.Horizons.Length && t.Forward.Length > 0;
        }

        var html = Html.Of($"<div class=\"scroll\"><table class=\"thrusts\"><thead><tr><th scope=\"col\">Date<th scope=\"col\">Detector<th scope=\"col\" class=\"n\">Value<th scope=\"col\" class=\"n\">Threshold<th scope=\"col\" class=\"n\">Bars since low");
        foreach (var horizon in known ? model.Horizons : [])
        {
            html.Add($"<th scope=\"col\" class=\"n\">+{horizon}");
        }

        html.Add($"<tbody>");
        foreach (var t in thrusts)
        {
            html.Add($"<tr><th scope=\"row\"><button type=\"button\" class=\"goto\" data-ts=\"{t.Ts / 1_000_000}\">{Format.Iso(t.Ts)}</button><td>{Findings.TitleOf(model, t.Detector)}<td class=\"n\">{Format.Number(t.Value, 3)}<td class=\"n\">{Format.Number(t.Threshold, 3)}<td class=\"n\">{Format.Number(t.DaysSinceLow)}");
            for (var h = 0; known && h < model.Horizons.Length; h++)
            {
                var change = h < t.Forward.Length ? t.Forward[h] : null;
                html.Add($"<td class=\"n {Hue(change)}\">{Format.SignedPercent(change, 1)}");
            }
        }

        html.Add($"</table></div>");
        return known ? html.Add($"<p class=\"note\">+{model.Horizons[0]} … +{model.Horizons[^1]}: change of the universe’s index that many bars later; a dash where that lies in the future.</p>") : html;
    }

    private static Html? FollowUps(ReportModel model)
    {
        // the evaluation says the same and more
        if (model.FollowUps is [] || model.Evaluation is not null)
        {
            return null;
        }

        var reach = model.FollowUps.Max(f => Math.Abs(f.MeanReturn - f.BaseMean ?? 0));
        var html = Html.Of($"<h3>How the index did after a thrust, against any date</h3><div class=\"scroll\"><table class=\"follow\"><thead><tr><th scope=\"col\">Detector<th scope=\"col\" class=\"n\">Bars later<th scope=\"col\" class=\"n\">Events<th scope=\"col\" class=\"n\">Mean<th scope=\"col\" class=\"n\">Any date<th scope=\"col\" class=\"bar\">Difference<th scope=\"col\" class=\"n\">Higher in");
        foreach (var group in model.FollowUps.GroupBy(f => f.Detector, StringComparer.Ordinal))
        {
            var rows = group.OrderBy(f => f.Horizon).ToArray();
            html.Add($"<tbody>");
            for (var i = 0; i < rows.Length; i++)
            {
                var f = rows[i];
                html.Add($"<tr>{(i == 0 ? Html.Of($"<th scope=\"rowgroup\" rowspan=\"{rows.Length}\">{Findings.TitleOf(model, f.Detector)}") : null)}<td class=\"n\">{f.Horizon}<td class=\"n\">{f.Events}{(f.Events < Few ? "*" : "")}<td class=\"n\">{Format.SignedPercent(f.MeanReturn, 1)}<td class=\"n\">{Format.SignedPercent(f.BaseMean, 1)}<td class=\"bar\">{Difference(f, reach)}<td class=\"n\">{Format.Percent(f.HitRate)}");
            }
        }

        return html.Add($"</table></div><p class=\"note\">Mean: average change of the universe’s index after the thrusts. Any date: the same from every date of the range, the figure to beat. Difference: mean less any date; blue bars to the right are better than any date, orange ones to the left worse. Higher in: share of the events after which the index was higher.{(model.FollowUps.Any(f => f.Events < Few) ? $" * Fewer than {Few} events: chance alone can do this." : "")} Thrusts come in clusters, so the events overlap and are fewer than they look.</p>");
    }

    /// <summary>A bar from the middle, to the right where the mean beats any date, on an axis that the table's rows share.</summary>
    private static Html? Difference(ReportFollowUp f, double reach)
    {
        if (f.MeanReturn - f.BaseMean is not { } difference || reach <= 0)
        {
            return null;
        }

        var width = 80 * Math.Abs(difference) / reach;
        var from = difference < 0 ? 80 - width : 80;
        return Html.Of($"<svg class=\"gap {Hue(difference)}\" viewBox=\"0 0 160 12\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{Format.Signed(difference * 100, 1)} points\"><rect x=\"{Short(from)}\" y=\"1\" width=\"{Short(width)}\" height=\"10\"/><line x1=\"80\" x2=\"80\" y1=\"0\" y2=\"12\"/></svg>");
    }

    private static string Short(double v) => v.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Hue(double? change) => change switch { > 0 => "up", < 0 => "down", _ => "" };
}
