using static Bf.Jobs.Infra.Kibana.PanelSpec;

namespace Bf.Jobs.Infra.Kibana.Panels;

/// <summary>The streams that spoke last: how far behind each is, and what it left out. Whatever the dashboard's range of time is.</summary>
internal static class StreamsPanel
{
    private const int Rows = 7;

    private static readonly TableColumn[] Columns =
    [
        new("instance", "datum.s.instance", 0.01),
        new("state", "datum.state", 0.27, Colour: $"datum.state == 'runs' ? '{PanelInk.Up}' : datum.state == 'ended' ? '{PanelInk.Muted}' : '{PanelInk.Down}'"),
        new("lag, bars", "isValid(datum.s.lag) ? format(datum.s.lag, ',') : ''", 0.57, Right: true),
        new("bars/s", "isValid(datum.s.rate) ? format(datum.s.rate, ',.0f') : ''", 0.69, Right: true),
        new("late", "isValid(datum.s.late) ? format(datum.s.late, ',') : ''", 0.79, Right: true, Colour: Alarm("late")),
        new("bad", "isValid(datum.s.bad) ? format(datum.s.bad, ',') : ''", 0.88, Right: true, Colour: Alarm("bad")),
        new("corrected", "isValid(datum.s.corrections) ? format(datum.s.corrections, ',') : ''", 0.99, Right: true),
    ];

    private static readonly PanelTip[] Tips =
    [
        new("instance", "datum.s.instance"), new("spoke last", "datum.spoke"), new("complete up to", "datum.watermark"),
        .. ((string[])["bars", "rows", "late", "bad", "duplicates", "corrections"]).Select(c => new PanelTip(c, PanelTip.Number($"datum.s.{c}", ",d"))),
        new("topic", PanelTip.Word("datum.s.topic")), new("universes", PanelTip.Word("datum.s.universes")),
    ];

    public static KibanaPanel Make() => new(
        "streams", "Pipeline: streams, their lag, late and bad bars", "What each instance of a stream said last; it speaks every 10 seconds.", KibanaPanel.HalfWidth, 10,
        PanelSpec.Of(
            "Table of stream instances with their lag, rate, late and bad bars.", "pipeline latest",
            Parse($$"""
                {
                  "index": "pipeline",
                  "body": {
                    "size": 0,
                    "aggs": {
                      "instance": {
                        "terms": {"field": "instance", "size": {{Rows}}, "order": {"spoke": "desc"} },
                        "aggs": {"spoke": {"max": {"field": "ts"} }, "last": {"top_hits": {"size": 1, "sort": [{"ts": {"order": "desc", "unmapped_type": "date"} }]} } }
                      }
                    }
                  }
                }
                """),
            "datum.aggregations ? datum.aggregations.instance.buckets : []", ["no stream has run", "bf stream run --sink elasticsearch reports here"],
            List("""
                [
                  {"flatten": ["found"], "as": ["of"]},
                  {"calculate": "datum.of.last.hits.hits[0]._source", "as": "s"},
                  {"calculate": "datum.of.last.hits.hits[0].sort[0]", "as": "t"},
                  {"calculate": "(now() - datum.t) / 60000", "as": "minutes"},
                  {"calculate": "datum.minutes < 120 ? format(datum.minutes, '.0f') + ' min' : datum.minutes < 2880 ? format(datum.minutes / 60, '.0f') + ' h' : format(datum.minutes / 1440, ',.0f') + ' days'", "as": "since"},
                  {"calculate": "datum.s.final ? 'ended' : datum.minutes < 1 ? 'runs' : 'silent for ' + datum.since", "as": "state"},
                  {"calculate": "utcFormat(datum.t, '%Y-%m-%d %H:%M:%S UTC')", "as": "spoke"},
                  {"calculate": "isValid(datum.s.watermark) ? utcFormat(toDate(datum.s.watermark), '%Y-%m-%d %H:%M UTC') : 'none'", "as": "watermark"},
                  {"window": [{"op": "row_number", "as": "place"}], "sort": [{"field": "t", "order": "descending"}]},
                  {"calculate": "datum.place - 1", "as": "row"}
                ]
                """),
            TablePicture.Layers(Rows, Columns, Tips), top: 2));

    private static string Alarm(string count) => $"datum.s.{count} > 0 ? '{PanelInk.Down}' : '{PanelInk.Muted}'";
}
