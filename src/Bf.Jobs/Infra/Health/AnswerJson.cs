using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Health;

/// <summary>Reads what some server answered, of which nothing is known but that it is JSON: what is not of the shape that is looked for is not there.</summary>
internal static class AnswerJson
{
    /// <summary>What stands under a name, within what stands under the one before it.</summary>
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    /// <summary>A text.</summary>
    public static string? Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A whole number.</summary>
    public static long? Number(this JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    /// <summary>What a list holds; nothing where it is none.</summary>
    public static IEnumerable<JsonNode?> Items(this JsonNode? node) => node as JsonArray ?? [];
}
