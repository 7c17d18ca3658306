using static Bf.Jobs.Infra.Kibana.PanelSpec;

namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The score, with the bands that say buy and sell: those that the last row was made with.</summary>
internal static class ScorePanel
{
    public static KibanaPanel Make() => new(
        "score", "Score: how strong is breadth? (0 to 100)",
        "The score of breadth: 50 is what participation was on average in the last year; the bands say buy and sell.", KibanaPanel.WholeWidth, 13,
        SeriesChart.Of(
            "Score of market breadth over time, with bands that say buy and sell.", "signals", ["score", "state", "settings"],
            "isValid(datum.s.score) ? format(datum.s.score, '.1f') + ', ' + datum.s.state : 'no score yet'",
            [new("score", PanelTip.Number("datum.score", ".1f")), new("says", PanelTip.Word("datum.s.state"))],
            $$"""
            [
              {"calculate": "isValid(datum.s.score) ? datum.s.score : null", "as": "score"},
              {"calculate": {{Text(Setting("buy"))}}, "as": "buy"},
              {"calculate": {{Text(Setting("sell"))}}, "as": "sell"},
              {"calculate": "100", "as": "top"},
              {"calculate": "0", "as": "bottom"}
            ]
            """,
            $$"""
            [
              {
                "transform": [{{Latest}}],
                "layer": [
                  {"mark": {"type": "rect", "color": "{{PanelInk.Up}}", "opacity": 0.13}, "encoding": {"y": {{Y("buy")}}, "y2": {"field": "top"} } },
                  {"mark": {"type": "rect", "color": "{{PanelInk.Down}}", "opacity": 0.13}, "encoding": {"y": {{Y("sell")}}, "y2": {"field": "bottom"} } },
                  {"mark": {"type": "text", "aria": false, "align": "left", "baseline": "top", "x": 6, "dy": 5}, "encoding": {"y": {{Y("top")}}, "text": {"value": "buy"} } },
                  {"mark": {"type": "text", "aria": false, "align": "left", "baseline": "bottom", "x": 6, "dy": -5}, "encoding": {"y": {{Y("bottom")}}, "text": {"value": "sell"} } }
                ]
              },
              {"mark": {"type": "line", "color": "{{PanelInk.Score}}", "strokeWidth": 1.5}, "encoding": {"x": {{SeriesChart.X}}, "y": {{Y("score")}} } }
            ]
            """));

    /// <summary>A number of the settings that a row of <c>signals</c> was made with: <c>...;buy=60;sell=40;...</c>.</summary>
    private static string Setting(string name) => $"toNumber(replace(datum.s.settings, regexp('.*{name}=([0-9.]+).*'), '$1'))";

    private static string Y(string field) => $$"""{"field": "{{field}}", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"title": "score, 0 to 100", "values": [0, 20, 40, 50, 60, 80, 100]} }""";
}
