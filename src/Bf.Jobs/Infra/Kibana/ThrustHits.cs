using System.Text.Json.Nodes;
using Bf.Core.Signals;
using static Bf.Jobs.Infra.Kibana.PanelSpec;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>Fires of detectors, the newest first: of universe <c>all</c> where there are any, else of the universe and interval with the most.</summary>
internal static class ThrustHits
{
    /// <summary>What is found.</summary>
    public const string Found = "datum.hits.hits";

    /// <summary>What is said where nothing is.</summary>
    public static readonly string[] Nothing = ["no thrust for this query in this range of time", "bf signals list says what each detector waits for"];

    /// <summary>The question.</summary>
    /// <param name="size">How many at most.</param>
    public static JsonObject Query(int size) => Parse($$"""
        {
          "%context%": true,
          "%timefield%": "ts",
          "index": "thrusts",
          "body": {"size": {{size}}, "sort": [{"ts": {"order": "desc", "unmapped_type": "date"} }], "_source": ["universe", "interval", "detector", "value", "threshold", "days_since_low"]}
        }
        """);

    /// <summary>From the answer to a row for each fire.</summary>
    public static JsonArray Transform() => List($$"""
        [
          {"flatten": ["found"], "as": ["hit"]},
          {"calculate": "datum.hit._source", "as": "s"},
          {"calculate": "datum.hit.sort[0]", "as": "t"},
          {"calculate": "datum.s.universe + ', ' + datum.s.interval", "as": "series"},
          {"calculate": "datum.s.universe == 'all' ? 1 : 0", "as": "of_all"},
          {"joinaggregate": [{"op": "count", "as": "fires"}], "groupby": ["series"]},
          {"window": [{"op": "first_value", "field": "series", "as": "chosen"}], "frame": [null, null], "ignorePeers": true,
           "sort": [{"field": "of_all", "order": "descending"}, {"field": "fires", "order": "descending"}, {"field": "series", "order": "ascending"}]},
          {"filter": "datum.series == datum.chosen"},
          {"calculate": "datum.s.detector", "as": "detector"},
          {"lookup": "detector", "from": {"data": {"name": "detectors", "values": {{Catalogue().ToJsonString()}} }, "key": "name", "fields": ["title", "colour"]} },
          {"calculate": "isValid(datum.title) ? datum.title : datum.detector", "as": "label"},
          {"calculate": "utcFormat(datum.t, datum.s.interval == '1d' ? '%a %d %b %Y' : '%a %d %b %Y %H:%M UTC')", "as": "date"}
        ]
        """);

    /// <summary>What is said of a fire under the pointer.</summary>
    public static readonly PanelTip[] Tips =
    [
        new("date", "datum.date"), new("thrust", "datum.label"), new("detector", "datum.detector"), new("value", PanelTip.Number("datum.s.value", ".4~r")),
        new("had to exceed", PanelTip.Number("datum.s.threshold", ".4~r")), new("dates since the low before", PanelTip.Word("datum.s.days_since_low")), new("universe", "datum.series"),
    ];

    private static JsonArray Catalogue() => new([.. Detectors.All.Select(d => new JsonObject { ["name"] = d.Name, ["title"] = d.Title, ["colour"] = PanelInk.Of(d) })]);
}
