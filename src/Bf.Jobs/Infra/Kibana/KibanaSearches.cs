using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>Saved searches, for looking at the documents themselves in Discover.</summary>
internal static class KibanaSearches
{
    private const string Index = "kibanaSavedObjectMeta.searchSourceJSON.index";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SavedObject> All { get; } =
    [
        Of("thrusts", "thrusts", "Thrusts", "Every fire of a detector.", "", "universe", "detector", "value", "threshold", "days_since_low"),
        Of("buy-signals", "signals", "Dates that say buy", "Dates on which the score says buy.", "state : buy", "universe", "score", "state", "z_advances", "z_volume", "z_highs_lows", "z_trend"),
        Of("failed-runs", "runs", "Runs that failed", "Jobs that did not end well.", "not outcome : done", "command", "arguments", "outcome", "started", "ended"),
        Of("stream-reports", "pipeline", "What streams reported", "Lag, rate, late and bad bars of each instance, every 10 seconds.", "", "instance", "lag", "rate", "watermark", "late", "bad"),
    ];

    private static SavedObject Of(string name, string alias, string title, string description, string query, params string[] columns) => new(
        "search", $"bf-search-{name}",
        new()
        {
            ["title"] = $"BreadthFlow: {title}",
            ["description"] = description,
            ["columns"] = new JsonArray([.. columns.Select(c => JsonValue.Create(c))]),
            ["sort"] = new JsonArray(new JsonArray("ts", "desc")),
            ["kibanaSavedObjectMeta"] = new JsonObject
            {
                ["searchSourceJSON"] = KibanaObjects.Inner(new JsonObject
                {
                    ["query"] = new JsonObject { ["query"] = query, ["language"] = "kuery" }, ["filter"] = new JsonArray(), ["indexRefName"] = Index,
                }),
            },
        },
        new SavedReference(Index, "index-pattern", KibanaViews.IdOf(alias)));
}
