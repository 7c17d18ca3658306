using System.Text.Json;

namespace Bf.Jobs.Tests.Infra.Observe;

/// <summary>A dashboard of <c>infra/grafana/dashboards</c>.</summary>
internal sealed class Dashboard(string name, JsonElement root)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "infra", "grafana", "dashboards");

    public static IReadOnlyList<Dashboard> All { get; } = [.. Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(f => new Dashboard(Path.GetFileNameWithoutExtension(f), JsonElement.Parse(File.ReadAllText(f))))];

    public string Name => name;

    public JsonElement Root => root;

    public string Uid => root.GetProperty("uid").GetString()!;

    public IEnumerable<JsonElement> Panels => root.GetProperty("panels").EnumerateArray();

    public IEnumerable<JsonElement> Charts => Panels.Where(p => p.GetProperty("type").GetString() != "row");

    public IEnumerable<JsonElement> Variables => root.GetProperty("templating").GetProperty("list").EnumerateArray();

    /// <summary>Every query for Prometheus: of panels, annotations and variables.</summary>
    public IEnumerable<string> Queries => Expressions.Concat(Variables.Select(v => v.GetProperty("definition").GetString()!));

    /// <summary>Those of panels and annotations.</summary>
    public IEnumerable<string> Expressions => Under(root).Where(p => p.Name == "expr").Select(p => p.Value.GetString()!);

    /// <summary>Every property, however deep.</summary>
    public IEnumerable<JsonProperty> Properties => Under(root);

    private static IEnumerable<JsonProperty> Under(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Under(p.Value).Prepend(p)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Under),
        _ => [],
    };
}
