using static Bf.Jobs.Infra.Kibana.PanelSpec;

namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The last runs of jobs and how they ended. Whatever the dashboard's range of time is; its query speaks of results, not of runs.</summary>
internal static class RunsPanel
{
    private const int Rows = 7;

    private const string Took = "!isValid(datum.s.ended) ? '' : datum.took < 60000 ? format(datum.took / 1000, '.1f') + ' s' : format(datum.took / 60000, ',.1f') + ' min'";

    private static readonly TableColumn[] Columns =
    [
        new("began (UTC)", "utcFormat(datum.t, '%Y-%m-%d %H:%M:%S')", 0.01),
        new("command", "datum.s.command", 0.3),
        new("outcome", "datum.s.outcome", 0.62, Colour: $"datum.s.outcome == 'done' ? '{PanelInk.Up}' : '{PanelInk.Down}'"),
        new("took", Took, 0.86, Right: true),
        new("rows", "isValid(datum.s.rows) ? format(datum.s.rows, ',') : ''", 0.99, Right: true),
    ];

    public static KibanaPanel Make() => new(
        "runs", "Pipeline: the last runs", "When jobs ran last, what they did and how they ended.", KibanaPanel.HalfWidth, 10,
        PanelSpec.Of(
            "Table of the latest runs of jobs.", "runs latest",
            Parse($$"""{"index": "runs", "body": {"size": {{Rows}}, "sort": [{"ts": {"order": "desc", "unmapped_type": "date"} }]} }"""),
            "datum.hits.hits", ["no run is known here", "bf signals export brings them"],
            List("""
                [
                  {"flatten": ["found"], "as": ["hit"]},
                  {"calculate": "datum.hit._source", "as": "s"},
                  {"calculate": "datum.hit.sort[0]", "as": "t"},
                  {"calculate": "toDate(datum.s.ended) - toDate(datum.s.started)", "as": "took"},
                  {"window": [{"op": "row_number", "as": "place"}], "sort": [{"field": "t", "order": "descending"}]},
                  {"calculate": "datum.place - 1", "as": "row"}
                ]
                """),
            TablePicture.Layers(Rows, Columns, [new("run", PanelTip.Word("datum.s.run")), new("arguments", PanelTip.Word("datum.s.arguments")), new("engine", PanelTip.Word("datum.s.engine"))]), top: 2));
}
