namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The shares of symbols above their means of 20, 50 and 200 bars.</summary>
internal static class AboveAveragePanel
{
    private const string Value = "isValid(datum.s.pct_above{0}) ? datum.s.pct_above{0} : null";

    private static readonly int[] Means = [20, 50, 200];

    public static KibanaPanel Make() => new(
        "above-average", "Above their mean: what share of stocks?",
        "The percentage of symbols above their means of 20, 50 and 200 bars.", KibanaPanel.HalfWidth, 12,
        SeriesChart.Of(
            "Percentage of symbols above their 20-, 50- and 200-bar means over time.", "breadth", ["pct_above20", "pct_above50", "pct_above200"],
            $"{Share(20)} / {Share(50)} / {Share(200)}".Replace(" / ", " + ' / ' + ", StringComparison.Ordinal),
            [.. Means.Select(d => new PanelTip($"above {d}-day mean", $"datum.d{d} === null ? '-' : format(datum.d{d}, '.1f') + ' %'"))],
            $$"""
            [
              {"calculate": "{{Of(20)}}", "as": "d20"},
              {"calculate": "{{Of(50)}}", "as": "d50"},
              {"calculate": "{{Of(200)}}", "as": "d200"}
            ]
            """,
            $$"""
            [{
              "transform": [
                {"fold": ["d20", "d50", "d200"], "as": ["key", "value"]},
                {"calculate": "replace(datum.key, 'd', '') + '-day'", "as": "mean"}
              ],
              "mark": {"type": "line"},
              "encoding": {
                "x": {{SeriesChart.X}},
                "y": {"field": "value", "type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"title": "% of symbols", "values": [0, 20, 40, 60, 80, 100]} },
                "color": {"field": "mean", "type": "nominal", "scale": {"domain": ["20-day", "50-day", "200-day"], "range": ["{{PanelInk.Muted}}", "{{PanelInk.Up}}", "{{PanelInk.Down}}"]}, "legend": {"orient": "top"} },
                "strokeWidth": {"condition": {"test": "datum.key == 'd20'", "value": 0.7}, "value": 1.4}
              }
            }]
            """));

    private static string Of(int days) => Value.Replace("{0}", $"{days}", StringComparison.Ordinal);

    private static string Share(int days) => $"(datum.d{days} === null ? '-' : format(datum.d{days}, '.0f') + ' %')";
}
