using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Bf.Jobs.Search;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;

namespace Bf.Bench.Stream;

/// <summary>An index, and when each document was acknowledged for the first time.</summary>
internal sealed class WatchedIndex(ISearchIndex index) : ISearchIndex
{
    /// <summary>By id, as the clock of <see cref="Stopwatch"/> has it.</summary>
    public ConcurrentDictionary<string, long> Acknowledged { get; } = new(StringComparer.Ordinal);

    /// <summary>Requests.</summary>
    public ConcurrentBag<double> Milliseconds { get; } = [];

    public string Place => index.Place;

    public void Prepare(SearchTable table) => index.Prepare(table);

    public BulkAnswer Bulk(IReadOnlyList<SearchDocument> documents, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var answer = index.Bulk(documents, cancel);
        var now = Stopwatch.GetTimestamp();
        Milliseconds.Add(Stopwatch.GetElapsedTime(began, now).TotalMilliseconds);
        for (var i = 0; i < answer.Items.Count; i++)
        {
            if (answer.Items[i].IsDone && documents[i].Index.StartsWith("breadth-", StringComparison.Ordinal))
            {
                Acknowledged.TryAdd(documents[i].Id, now);
            }
        }

        return answer;
    }

    public SearchHits? Search(string alias, JsonObject request, CancellationToken cancel = default) => index.Search(alias, request, cancel);

    public long Count(string alias, JsonObject query, CancellationToken cancel = default) => index.Count(alias, query, cancel);

    public void Refresh(string alias, CancellationToken cancel = default) => index.Refresh(alias, cancel);

    public void Dispose() => index.Dispose();
}
