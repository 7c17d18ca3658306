using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search.Elastic;

/// <summary>How the indices of a table are made: each of its columns as the type that it has in the table.</summary>
internal static class IndexTemplate
{
    // Lucene takes terms of up to 32,766 bytes; a character has at most four
    private const int LongestTerm = 8191;

    /// <summary>The rank of ours among templates: above those that come with Elasticsearch.</summary>
    public const int PriorityOfOurs = 200;

    /// <summary>The parts that are compared with what is there.</summary>
    private static readonly string[] Compared = ["index_patterns", "priority", "template", "_meta"];

    /// <summary>The name of a table's template.</summary>
    public static string NameOf(SearchTable table) => $"bf-{table.Alias}";

    /// <summary>The template.</summary>
    /// <param name="table">The table.</param>
    /// <param name="settings">Shards and replicas.</param>
    /// <param name="there">The one that is there: its further fields stay, since another run may have asked for them.</param>
    public static JsonObject Of(SearchTable table, ElasticSettings settings, JsonObject? there)
    {
        var properties = Properties(table);
        foreach (var (name, mapping) in there?["template"]?["mappings"]?["properties"] as JsonObject ?? [])
        {
            if (!properties.ContainsKey(name))
            {
                properties[name] = mapping?.DeepClone();
            }
        }

        // in the very form in which Elasticsearch gives it back
        return new()
        {
            ["index_patterns"] = new JsonArray(table.Pattern),
            ["priority"] = PriorityOfOurs,
            ["template"] = new JsonObject
            {
                ["settings"] = new JsonObject
                {
                    ["index"] = new JsonObject
                    {
                        ["number_of_shards"] = settings.Shards.ToString(CultureInfo.InvariantCulture),
                        ["number_of_replicas"] = settings.Replicas.ToString(CultureInfo.InvariantCulture),
                        ["refresh_interval"] = "1s",
                    },
                },
                ["mappings"] = new JsonObject { ["dynamic"] = "false", ["properties"] = properties },
                ["aliases"] = new JsonObject { [table.Alias] = new JsonObject() },
            },
            ["_meta"] = new JsonObject { ["product"] = "BreadthFlow", ["table"] = table.Alias },
        };
    }

    /// <summary>The fields of a table's documents.</summary>
    public static JsonObject Properties(SearchTable table) => new(table.Schema.Columns.Where(c => c.Type is not (ColumnType.Bytes or ColumnType.Other))
        .Select(c => KeyValuePair.Create(c.Name, (JsonNode?)Mapping(c))));

    /// <summary>Whether two templates are the same in what this one says.</summary>
    public static bool Equal(JsonObject one, JsonObject other) => Array.TrueForAll(Compared, part => JsonNode.DeepEquals(one[part], other[part]));

    private static JsonObject Mapping(Column column) => column.Type switch
    {
        ColumnType.Long => new() { ["type"] = "long" },
        ColumnType.Int => new() { ["type"] = "integer" },
        ColumnType.Double => new() { ["type"] = "double" },
        ColumnType.Timestamp or ColumnType.Date => new() { ["type"] = "date" },
        ColumnType.Truth => new() { ["type"] = "boolean" },
        _ when SearchTable.IsOpaque(column) => new() { ["type"] = "keyword", ["index"] = false, ["doc_values"] = false },
        _ => new() { ["type"] = "keyword", ["ignore_above"] = LongestTerm },
    };
}
