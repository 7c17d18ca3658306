using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>
/// What Kibana is given: data views of the aliases, saved searches, and the dashboard with its panels. Made from the catalogues, so that a new
/// detector has its lane without hand work; <c>infra/kibana/breadthflow.ndjson</c> is this very text, for an import by Kibana's own page.
/// </summary>
public static class KibanaObjects
{
    /// <summary>The identity of the dashboard.</summary>
    public const string Dashboard = "bf-breadth-and-thrust";

    /// <summary>The file's name; Kibana asks for the ending.</summary>
    public const string FileName = "breadthflow.ndjson";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true, NewLine = "\n" };

    /// <summary>The objects in the order in which each finds those that it speaks of.</summary>
    internal static IReadOnlyList<SavedObject> All { get; } = [.. KibanaViews.All, .. KibanaSearches.All, .. KibanaPanels.All.Select(Visualization), KibanaDashboard.Of(KibanaPanels.All)];

    /// <summary>The objects as a file for Kibana's import: one a line.</summary>
    public static string Ndjson()
    {
        var text = new StringBuilder();
        foreach (var one in All)
        {
            text.Append(one.ToJson().ToJsonString(Compact)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>An object within a text, as Kibana keeps some parts of others.</summary>
    internal static string Inner(JsonNode node) => node.ToJsonString(Compact);

    /// <summary>A search that asks for everything, as objects have it that ask by other means.</summary>
    internal static JsonObject AllOfIt() => new()
    {
        ["searchSourceJSON"] = Inner(new JsonObject { ["query"] = new JsonObject { ["query"] = "", ["language"] = "kuery" }, ["filter"] = new JsonArray() }),
    };

    /// <summary>The identity of a panel's visualisation.</summary>
    internal static string IdOf(KibanaPanel panel) => $"bf-{panel.Name}";

    private static SavedObject Visualization(KibanaPanel panel) => new("visualization", IdOf(panel), new()
    {
        ["title"] = $"BreadthFlow: {panel.Title}",
        ["description"] = panel.Description,
        ["version"] = 1,
        ["uiStateJSON"] = "{}",
        ["kibanaSavedObjectMeta"] = AllOfIt(),
        ["visState"] = Inner(new JsonObject
        {
            ["title"] = $"BreadthFlow: {panel.Title}", ["type"] = "vega", ["aggs"] = new JsonArray(), ["params"] = new JsonObject { ["spec"] = panel.Spec.ToJsonString(Readable) },
        }),
    });
}
