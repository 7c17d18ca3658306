using System.Text.Json.Nodes;
using static Bf.Jobs.Infra.Kibana.PanelSpec;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>
/// A chart of columns over time. Of a universe and an interval, never of several mixed: universe <c>all</c> where the dashboard's query lets it through,
/// else the one with the most dates; and the interval with the most points in the dashboard's range. A line above says which.
/// A search gives at most 10,000 documents, so the points are buckets of time: the last document of each, which for daily bars of up to
/// 19 years is each document.
/// </summary>
internal static class SeriesChart
{
    private const int Points = 1000;

    /// <summary>The time axis: a date of the market is a date of UTC, wherever the reader is.</summary>
    public const string X = """{"field": "t", "type": "temporal", "scale": {"type": "utc"}, "axis": {"title": null, "grid": false, "tickCount": {"expr": "width / 100"}}}""";

    private const string Which = "'   (universe ' + datum.universe.key + ', ' + datum.interval.key + (datum.universes > 1 ? ', one of ' + datum.universes : '') + ')'";

    private static readonly string[] Nothing = ["no data for this query in this range of time", "bf signals generate, then bf signals export, brings it"];

    /// <summary>The chart.</summary>
    /// <param name="description">What it shows.</param>
    /// <param name="index">The alias that is asked.</param>
    /// <param name="columns">The columns that are drawn.</param>
    /// <param name="latest">An expression of what the last date says, from <c>datum.s</c>, its row.</param>
    /// <param name="tips">What the crosshair says of a date, beside the date.</param>
    /// <param name="transform">What else is made of a row <c>s</c> at <c>t</c>.</param>
    /// <param name="layers">What is drawn.</param>
    public static JsonObject Of(string description, string index, string[] columns, string latest, PanelTip[] tips, string transform, string layers)
    {
        var all = List(Expanded);
        foreach (var step in List(transform))
        {
            all.Add(step!.DeepClone());
        }

        var drawn = List(layers);
        drawn.Add(Crosshair([new("date", "datum.date"), .. tips]));
        drawn.Add(Headline(PanelSpec.Latest, $"datum.date + ': ' + ({latest}) + {Which}"));
        return PanelSpec.Of(description, $"{index} {string.Join(' ', columns)}", Query(index, columns), "datum.aggregations ? datum.aggregations.universe.buckets : []", Nothing, all, drawn);
    }

    private static JsonObject Query(string index, string[] columns) => Parse($$$$"""
        {
          "%context%": true,
          "%timefield%": "ts",
          "index": "{{{{index}}}}",
          "body": {
            "size": 0,
            "aggs": {
              "universes": {"cardinality": {"field": "universe"}},
              "universe": {
                "terms": {"field": "universe", "size": 1, "order": [{"all.doc_count": "desc"}, {"_count": "desc"}, {"_key": "asc"}]},
                "aggs": {
                  "all": {"filter": {"term": {"universe": "all"}}},
                  "interval": {
                    "terms": {"field": "interval", "size": 4},
                    "aggs": {
                      "time": {
                        "date_histogram": {"field": "ts", "interval": {"%autointerval%": {{{{Points}}}}}, "min_doc_count": 1},
                        "aggs": {"last": {"top_hits": {"size": 1, "sort": [{"ts": {"order": "desc", "unmapped_type": "date"}}], "_source": {{{{new JsonArray([.. columns.Select(c => JsonValue.Create(c))]).ToJsonString()}}}}}}}
                      }
                    }
                  }
                }
              }
            }
          }
        }
        """);

    /// <summary>From the answer to a row for each point.</summary>
    private const string Expanded = """
        [
          {"flatten": ["found"], "as": ["universe"]},
          {"calculate": "datum.aggregations.universes.value", "as": "universes"},
          {"calculate": "datum.universe.interval.buckets", "as": "intervals"},
          {"flatten": ["intervals"], "as": ["interval"]},
          {"calculate": "datum.interval.time.buckets", "as": "times"},
          {"calculate": "length(datum.times)", "as": "points"},
          {"window": [{"op": "row_number", "as": "place"}], "sort": [{"field": "points", "order": "descending"}]},
          {"filter": "datum.place == 1"},
          {"flatten": ["times"], "as": ["time"]},
          {"calculate": "datum.time.last.hits.hits[0]._source", "as": "s"},
          {"calculate": "datum.time.last.hits.hits[0].sort[0]", "as": "t"},
          {"calculate": "utcFormat(datum.t, datum.interval.key == '1d' ? '%a %d %b %Y' : '%a %d %b %Y %H:%M UTC')", "as": "date"}
        ]
        """;

    private static JsonObject Crosshair(PanelTip[] tips) => Parse($$"""
        {
          "params": [{"name": "hover", "select": {"type": "point", "on": "mouseover", "clear": "mouseout", "nearest": true, "fields": ["t"]} }],
          "transform": [{{PanelTip.Transform(tips)}}],
          "mark": {"type": "rule", "aria": false, "color": "{{PanelInk.Muted}}"},
          "encoding": {
            "x": {{X}},
            "opacity": {"condition": {"param": "hover", "empty": false, "value": 0.9}, "value": 0},
            "tooltip": {{PanelTip.Channel(tips)}}
          }
        }
        """);
}
