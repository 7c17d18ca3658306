using System.Text.Json;
using System.Text.Json.Nodes;
using Bf.Jobs.Query;
using Bf.Jobs.Search.Query;

namespace Bf.Jobs.Search;

/// <summary>Searches the documents of an index.</summary>
internal static class IndexSearch
{
    private const int PageSize = 2_000;

    /// <summary>The rows that meet a query; null where the index has no such table.</summary>
    public static SearchResult? Run(ISearchIndex index, SearchQuery query, CancellationToken cancel)
    {
        var filter = new JsonArray(ElasticQuery.Of(query.Condition));
        if (query.Universes.Count > 0)
        {
            filter.Add(new JsonObject { ["terms"] = new JsonObject { ["universe"] = new JsonArray([.. query.Universes.Select(u => (JsonNode)u)]) } });
        }

        var (rows, kinds, total) = (new List<Dictionary<string, string>>(), new Dictionary<string, CellKind>(StringComparer.Ordinal), -1L);
        for (JsonNode? after = null; ;)
        {
            var size = Math.Min(PageSize, query.Limit - rows.Count);
            var request = new JsonObject
            {
                ["size"] = size, ["track_total_hits"] = total < 0, ["query"] = new JsonObject { ["bool"] = new JsonObject { ["filter"] = filter.DeepClone() } },
                ["sort"] = new JsonArray([.. query.Order.Select(s => new JsonObject
                {
                    [s.Field] = new JsonObject { ["order"] = s.Descending ? "desc" : "asc", ["missing"] = "_last", ["unmapped_type"] = "double" },
                })]),
            };
            if (after is not null)
            {
                request["search_after"] = after.DeepClone();
            }

            if (index.Search(query.Table, request, cancel) is not { } found)
            {
                return null;
            }

            total = total < 0 ? found.Total : total;
            rows.AddRange(found.Hits.Select(h => Row(h.Source, kinds)));
            if (found.Hits.Count < size || rows.Count >= query.Limit)
            {
                return SearchColumns.Result(query, "elasticsearch", index.Place, total, rows, name => kinds[name]);
            }

            after = found.Hits[^1].Sort;
        }
    }

    private static Dictionary<string, string> Row(JsonElement source, Dictionary<string, CellKind> kinds)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in source.EnumerateObject())
        {
            if (field.Value.ValueKind != JsonValueKind.Null)
            {
                row[field.Name] = field.Value.ValueKind == JsonValueKind.String ? field.Value.GetString()! : field.Value.GetRawText();
                kinds[field.Name] = field.Value.ValueKind switch
                {
                    JsonValueKind.Number => CellKind.Number,
                    JsonValueKind.True or JsonValueKind.False => CellKind.Truth,
                    JsonValueKind.String => CellKind.Text,
                    _ => CellKind.Json,
                };
            }
        }

        return row;
    }
}
