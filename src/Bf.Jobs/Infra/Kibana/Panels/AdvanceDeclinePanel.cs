using Bf.Core.Breadth;

namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The advance-decline line.</summary>
internal static class AdvanceDeclinePanel
{
    private static readonly BreadthColumn Line = BreadthColumns.Find("ad_line")!;

    public static KibanaPanel Make() => new(
        "ad-line", "A/D line: have most stocks risen?",
        "Advances minus declines, summed over all dates: whether most symbols have risen, whatever the large ones did.", KibanaPanel.HalfWidth, 12,
        SeriesChart.Of(
            "Advance-decline line over time.", "breadth", [Line.Name, "adv", "dec", "unch"],
            "format(datum.s.adv, ',') + ' rose, ' + format(datum.s.dec, ',') + ' fell'",
            [
                new("A/D line", PanelTip.Number("datum.value", ",d")), new("rose", PanelTip.Number("datum.s.adv", ",d")),
                new("fell", PanelTip.Number("datum.s.dec", ",d")), new("unchanged", PanelTip.Number("datum.s.unch", ",d")),
            ],
            $$"""[{"calculate": "datum.s.{{Line.Name}}", "as": "value"}]""",
            $$"""
            [{
              "mark": {"type": "line", "color": "{{PanelInk.Up}}", "strokeWidth": 1.5},
              "encoding": {
                "x": {{SeriesChart.X}},
                "y": {{Y}}
              }
            }]
            """));

    private static string Y => $$"""{"field": "value", "type": "quantitative", "scale": {"zero": false}, "axis": {"title": "{{Line.Unit}}", "format": ",d", "tickCount": 6} }""";
}
