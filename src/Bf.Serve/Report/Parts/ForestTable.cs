using System.Globalization;
using Bf.Core.Statistics;

namespace Bf.Serve.Report.Parts;

/// <summary>One detector over all horizons: the figures, and the lift with its interval as a forest plot.</summary>
internal static class ForestTable
{
    private const double Middle = 150;
    private const double Half = 128;
    private static readonly double[] Ticks = [0.01, 0.05, 0.10, 0.20, 0.40, 0.80];

    public static Html Render(string detector, EventResult[] results)
    {
        var reach = Math.Max(0.01, results.SelectMany(r => new[] { r.Outcome.Lift, r.Low, r.High }).OfType<double>().Select(Math.Abs).DefaultIfEmpty(0.01).Max());
        var html = Html.Of($"<h3>{Title(detector, results)}</h3><div class=\"scroll\"><table class=\"forest\"><thead><tr><th scope=\"col\" class=\"n\">Dates later<th scope=\"col\" class=\"n\">Fires<th scope=\"col\" class=\"n wide\">apart<th scope=\"col\" class=\"n wide\">Mean<th scope=\"col\" class=\"n wide\">from next close<th scope=\"col\" class=\"n wide\">Any date<th scope=\"col\" class=\"n\">Lift<th scope=\"col\" class=\"plot-cell\">{Axis(reach)}<th scope=\"col\" class=\"n\">p<th scope=\"col\" class=\"n\">q<tbody>");
        foreach (var r in results)
        {
            var o = r.Outcome;
            html.Add($"<tr><th scope=\"row\" class=\"n\">{o.Horizon}<td class=\"n\">{o.Events}<td class=\"n wide\">{o.Apart}<td class=\"n wide\">{Points(o.Mean)}<td class=\"n wide\">{Points(o.MeanNext)}<td class=\"n wide\">{Points(o.BaseMean)}<td class=\"n main\">{Points(o.Lift)}<td class=\"plot-cell\">{Interval(r, reach)}<td class=\"n\">{Format.Number(r.PValue, 3)}<td class=\"n\">{Format.Number(r.QValue, 3)}");
        }

        return html.Add($"</table></div><p class=\"note\">In percent. The mark is the lift, mean less any date; the line its 95 % interval: where it crosses 0, the fires may have added nothing. Lengths grow with the root, so that short horizons can be seen. Apart: so many of the fires whose dates do not overlap.</p>");
    }

    private static string Title(string detector, EventResult[] results)
    {
        var sure = results.Where(r => r.Low > 0).Select(r => r.Outcome.Horizon).ToArray();
        return results.All(r => r.Outcome.Events == 0) ? $"{detector}: it never fired"
            : sure is [] ? $"{detector}: at no horizon does the interval of the lift keep clear of 0"
            : $"{detector}: the interval of the lift keeps clear of 0 at {string.Join(", ", sure)} {(sure is [1] ? "date" : "dates")}";
    }

    private static string Points(double? fraction) => Format.Signed(100 * fraction, 2);

    private static double X(double lift, double reach) => Middle + (Math.Sign(lift) * Half * Math.Sqrt(Math.Min(1, Math.Abs(lift) / reach)));

    private static Html Axis(double reach)
    {
        var html = Html.Of($"<svg viewBox=\"0 0 300 16\" role=\"img\" aria-label=\"The lift with its 95 % interval\"><text x=\"150\" y=\"12\">0</text>");
        var last = Middle;
        foreach (var tick in Ticks.Where(t => t <= reach))
        {
            if (X(tick, reach) - last < 40)
            {
                continue;
            }

            last = X(tick, reach);
            html.Add($"<text x=\"{Short(last)}\" y=\"12\">+{Format.Percent(tick)}</text><text x=\"{Short((2 * Middle) - last)}\" y=\"12\">−{Format.Percent(tick)}</text>");
        }

        return html.Add($"</svg>");
    }

    private static Html Interval(EventResult r, double reach)
    {
        var html = Html.Of($"<svg viewBox=\"0 0 300 16\" aria-hidden=\"true\"><line class=\"zero\" x1=\"150\" x2=\"150\" y1=\"0\" y2=\"16\"/>");
        if (r is { Low: { } low, High: { } high })
        {
            html.Add($"<line class=\"{(low > 0 ? "up" : high < 0 ? "down" : "open")}\" x1=\"{Short(X(low, reach))}\" x2=\"{Short(X(high, reach))}\" y1=\"8\" y2=\"8\"/>");
        }

        if (r.Outcome.Lift is { } lift)
        {
            html.Add($"<circle class=\"{(lift < 0 ? "down" : "up")}\" cx=\"{Short(X(lift, reach))}\" cy=\"8\" r=\"4.5\"/>");
        }

        return html.Add($"</svg>");
    }

    private static string Short(double v) => v.ToString("0.#", CultureInfo.InvariantCulture);
}
