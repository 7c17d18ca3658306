using Bf.Core.Statistics;

namespace Bf.Serve.Report.Parts;

/// <summary>All detectors by horizon: the lift, coloured by how rarely random dates do as well; unfolded, every figure.</summary>
internal static class EvidenceTable
{
    private const double Rare = 0.05;

    public static Html Render(ReportModel model, ReportEvaluation e)
    {
        int[] horizons = [.. e.Results.Select(r => r.Outcome.Horizon).Distinct()];
        var html = Html.Of($"<div class=\"scroll\"><table class=\"heat evidence\"><thead><tr><th scope=\"col\">Detector<th scope=\"col\" class=\"n\">Fires");
        foreach (var h in horizons)
        {
            html.Add($"<th scope=\"col\" class=\"n\">+{h}");
        }

        html.Add($"<tbody>");
        foreach (var group in e.Results.GroupBy(r => r.Detector, StringComparer.Ordinal))
        {
            html.Add($"<tr{(group.Key == e.Detector ? Html.Of($" class=\"main\"") : null)}><th scope=\"row\">{Findings.TitleOf(model, group.Key)}<td class=\"n\">{group.First().Outcome.Returns.Count}");
            foreach (var r in group)
            {
                html.Add($"<td class=\"n{Shade(r)}\">{(r.QValue <= Rare ? "● " : "")}{Format.Signed(100 * r.Outcome.Lift, 1)}");
            }
        }

        return html.Add($"</table></div><details class=\"every\"><summary>Every figure of every detector</summary>{Every(model, e)}</details>");
    }

    private static string Shade(EventResult r) => r.QValue <= Rare ? " up5" : r.PValue <= Rare ? " up2" : r.PValue >= 1 - Rare ? " down2" : "";

    private static Html Every(ReportModel model, ReportEvaluation e)
    {
        var html = Html.Of($"<div class=\"scroll\"><table class=\"follow\"><thead><tr><th scope=\"col\">Detector");
        foreach (var title in (string[])["Dates later", "Fires", "apart", "Mean", "from next close", "Median", "Higher in", "Worst", "Any date", "Lift", "95 % from", "to", "p", "q"])
        {
            html.Add($"<th scope=\"col\" class=\"n\">{title}");
        }

        foreach (var group in e.Results.GroupBy(r => r.Detector, StringComparer.Ordinal))
        {
            html.Add($"<tbody>");
            foreach (var (at, r) in group.Index())
            {
                var o = r.Outcome;
                html.Add($"<tr>{(at == 0 ? Html.Of($"<th scope=\"rowgroup\" rowspan=\"{group.Count()}\">{Findings.TitleOf(model, r.Detector)}") : null)}<td class=\"n\">{o.Horizon}<td class=\"n\">{o.Events}<td class=\"n\">{o.Apart}<td class=\"n\">{Points(o.Mean)}<td class=\"n\">{Points(o.MeanNext)}<td class=\"n\">{Points(o.Median)}<td class=\"n\">{Format.Percent(o.HitRate)}<td class=\"n\">{Points(o.Worst)}<td class=\"n\">{Points(o.BaseMean)}<td class=\"n\">{Points(o.Lift)}<td class=\"n\">{Points(r.Low)}<td class=\"n\">{Points(r.High)}<td class=\"n\">{Format.Number(r.PValue, 4)}<td class=\"n\">{Format.Number(r.QValue, 3)}");
            }
        }

        return html.Add($"</table></div>");
    }

    private static string Points(double? fraction) => Format.Signed(100 * fraction, 2);
}
