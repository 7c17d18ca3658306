using System.Text.Json.Nodes;
using Bf.Core.Signals;
using static Bf.Jobs.Infra.Kibana.PanelSpec;

namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The thrusts as a timeline: a lane for each detector of the catalogue.</summary>
internal static class ThrustTimelinePanel
{
    // what one search gives at most
    private const int Most = 10_000;

    public static KibanaPanel Make() => new(
        "thrust-timeline", "Thrusts: when did participation burst?", "Each fire of each detector at its date.", KibanaPanel.WholeWidth, 15,
        PanelSpec.Of("Fires of breadth-thrust detectors over time, a lane for each detector.", "thrusts timeline", ThrustHits.Query(Most), ThrustHits.Found, ThrustHits.Nothing, ThrustHits.Transform(), new JsonArray(
            Parse($$"""
                {
                  "transform": [{"filter": "isValid(datum.title)"}, {{PanelTip.Transform(ThrustHits.Tips)}}],
                  "mark": {"type": "point", "aria": false, "filled": true, "size": 55, "opacity": 0.9},
                  "encoding": {
                    "x": {{SeriesChart.X}},
                    "y": {
                      "field": "label", "type": "nominal", "scale": {"domain": {{Titles()}} },
                      "axis": {"title": null, "grid": true, "labelLimit": 0, "domain": false, "ticks": false, "labelPadding": 8}
                    },
                    "color": {"field": "colour", "type": "nominal", "scale": null},
                    "tooltip": {{PanelTip.Channel(ThrustHits.Tips)}}
                  }
                }
                """),
            Headline(
                $$"""{"joinaggregate": [{"op": "count", "as": "all_fires"}]}, {{Latest}}""",
                "datum.all_fires + (datum.all_fires == 1 ? ' thrust' : ' thrusts') + ', the last: ' + datum.label + ', ' + datum.date + '   (universe ' + datum.series + ')'"))));

    private static string Titles() => new JsonArray([.. Detectors.All.Select(d => JsonValue.Create(d.Title))]).ToJsonString();
}
