using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search;

/// <summary>Which documents an index has.</summary>
/// <param name="index">The index.</param>
/// <param name="cancel">Ends reading.</param>
internal sealed class StoredIds(ISearchIndex index, CancellationToken cancel = default)
{
    private const int PageSize = 5_000;

    /// <summary>The condition that a document is of some universes, an interval, and a range of times.</summary>
    /// <param name="universes">The universes' names.</param>
    /// <param name="interval">The bars' length.</param>
    /// <param name="from">The first time; null from the beginning on.</param>
    /// <param name="to">The last time; null to the end.</param>
    public static JsonObject Within(IEnumerable<string> universes, Interval interval, long? from, long? to)
    {
        var range = new JsonObject();
        if (from is { } first)
        {
            range["gte"] = SearchTable.Text(first);
        }

        if (to is { } last)
        {
            range["lte"] = SearchTable.Text(last);
        }

        return new()
        {
            ["bool"] = new JsonObject
            {
                ["filter"] = new JsonArray(
                    new JsonObject { ["terms"] = new JsonObject { ["universe"] = new JsonArray([.. universes.Select(u => (JsonNode)u)]) } },
                    new JsonObject { ["term"] = new JsonObject { ["interval"] = interval.Name } },
                    new JsonObject { ["range"] = new JsonObject { ["ts"] = range } }),
            },
        };
    }

    /// <summary>All documents of a table that meet a condition, any number, with no field but universe and ts. What was put before is among them.</summary>
    public IEnumerable<SearchHit> Read(SearchTable table, JsonObject condition)
    {
        index.Refresh(table.Alias, cancel);
        JsonNode? after = null;
        while (true)
        {
            var request = new JsonObject
            {
                ["size"] = PageSize, ["query"] = condition.DeepClone(), ["track_total_hits"] = false, ["_source"] = new JsonArray("universe", "ts"),
                ["sort"] = new JsonArray([.. table.Schema.Key.Select(k => new JsonObject { [k] = "asc" })]),
            };
            if (after is not null)
            {
                request["search_after"] = after.DeepClone();
            }

            var hits = index.Search(table.Alias, request, cancel)?.Hits ?? [];
            foreach (var hit in hits)
            {
                yield return hit;
            }

            if (hits.Count < PageSize)
            {
                yield break;
            }

            after = hits[^1].Sort;
        }
    }
}
