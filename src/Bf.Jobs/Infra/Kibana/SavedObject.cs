using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>An object as Kibana saves, exports and imports it.</summary>
/// <param name="Type"><c>index-pattern</c>, <c>visualization</c>, <c>search</c> or <c>dashboard</c>.</param>
/// <param name="Id">Its identity, always the same, so that importing again replaces it.</param>
/// <param name="Attributes">What it says.</param>
/// <param name="References">What it speaks of, by name.</param>
internal sealed record SavedObject(string Type, string Id, JsonObject Attributes, params SavedReference[] References)
{
    // Kibana brings an older form up to its own and refuses a newer one: so the oldest that has all that is said here
    private string Version => Type switch
    {
        "index-pattern" => "8.0.0",
        "visualization" => "8.5.0",
        "dashboard" => "10.2.0",
        "search" => "10.5.0",
        _ => throw new InvalidOperationException($"no version of {Type} is known"),
    };

    /// <summary>The object as the API takes it.</summary>
    public JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["id"] = Id,
        ["attributes"] = Attributes.DeepClone(),
        ["references"] = new JsonArray([.. References.Select(r => new JsonObject { ["name"] = r.Name, ["type"] = r.Type, ["id"] = r.Id })]),
        ["managed"] = false,
        ["coreMigrationVersion"] = "8.8.0",
        ["typeMigrationVersion"] = Version,
    };
}

/// <summary>What an object speaks of.</summary>
/// <param name="Name">By which name it does.</param>
/// <param name="Type">The other's type.</param>
/// <param name="Id">The other's identity.</param>
internal sealed record SavedReference(string Name, string Type, string Id);
