namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>New highs upwards, new lows downwards.</summary>
internal static class ExtremesPanel
{
    public static KibanaPanel Make() => new(
        "highs-lows", "New highs and new lows",
        "Symbols at the highest or lowest close of their last 252 bars.", KibanaPanel.HalfWidth, 12,
        SeriesChart.Of(
            "Symbols at a 52-week high, upwards, and at a 52-week low, downwards, over time.", "breadth", ["nh252", "nl252", "elig252"],
            "datum.s.nh252 + ' new highs, ' + datum.s.nl252 + ' new lows, of ' + format(datum.s.elig252, ',')",
            [
                new("new highs", PanelTip.Number("datum.s.nh252", ",d")), new("new lows", PanelTip.Number("datum.s.nl252", ",d")),
                new("symbols with a year of bars", PanelTip.Number("datum.s.elig252", ",d")),
            ],
            """[{"calculate": "datum.s.nh252", "as": "highs"}, {"calculate": "-datum.s.nl252", "as": "lows"}]""",
            $$"""
            [
              {"mark": {"type": "area", "interpolate": "step", "color": "{{PanelInk.Up}}", "opacity": 0.85}, "encoding": {"x": {{SeriesChart.X}}, "y": {{Y("highs")}} } },
              {"mark": {"type": "area", "interpolate": "step", "color": "{{PanelInk.Down}}", "opacity": 0.85}, "encoding": {"x": {{SeriesChart.X}}, "y": {{Y("lows")}} } }
            ]
            """));

    private static string Y(string field) =>
        $$"""{"field": "{{field}}", "type": "quantitative", "stack": null, "axis": {"title": "symbols: lows below, highs above", "tickCount": 6, "labelExpr": "format(abs(datum.value), ',')"} }""";
}
