using Bf.Core.Breadth;

namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The McClellan oscillator: above zero in one colour, below in the other.</summary>
internal static class McClellanPanel
{
    private static readonly BreadthColumn Oscillator = BreadthColumns.Find("mcc_osc")!;

    public static KibanaPanel Make() => new(
        "mcclellan", "McClellan oscillator: is participation growing?",
        "Momentum of net advances: the mean over 19 dates less that over 39.", KibanaPanel.HalfWidth, 12,
        SeriesChart.Of(
            "McClellan oscillator over time.", "breadth", [Oscillator.Name],
            $"isValid(datum.s.{Oscillator.Name}) ? format(datum.s.{Oscillator.Name}, '+.1f') + ' {Oscillator.Unit}' : 'not defined yet'",
            [new(Oscillator.Unit, PanelTip.Number("datum.value", "+.1f"))],
            $$"""
            [
              {"calculate": "isValid(datum.s.{{Oscillator.Name}}) ? datum.s.{{Oscillator.Name}} : null", "as": "value"},
              {"calculate": "max(datum.value, 0)", "as": "above"},
              {"calculate": "min(datum.value, 0)", "as": "below"}
            ]
            """,
            $$"""
            [
              {"transform": [{"filter": "datum.value !== null"}], "mark": {"type": "area", "color": "{{PanelInk.Up}}", "opacity": 0.85}, "encoding": {"x": {{SeriesChart.X}}, "y": {{Y("above")}} } },
              {"transform": [{"filter": "datum.value !== null"}], "mark": {"type": "area", "color": "{{PanelInk.Down}}", "opacity": 0.85}, "encoding": {"x": {{SeriesChart.X}}, "y": {{Y("below")}} } }
            ]
            """));

    private static string Y(string field) => $$"""{"field": "{{field}}", "type": "quantitative", "stack": null, "axis": {"title": "{{Oscillator.Unit}}", "format": ",.0f", "tickCount": 6} }""";
}
