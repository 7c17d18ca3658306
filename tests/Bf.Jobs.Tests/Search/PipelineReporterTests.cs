using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bf.Jobs.Search;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Streaming;
using Bf.Jobs.Tests.Streaming;

namespace Bf.Jobs.Tests.Search;

/// <summary>What a stream says of itself to Elasticsearch.</summary>
public sealed class PipelineReporterTests
{
    [Fact]
    public void A_lake_that_cant_be_read_ends_neither_the_reports_nor_the_process()
    {
        using var lake = new TestLake();
        var log = Directory.CreateDirectory(Path.Combine(lake.Lake.Root, "runs", "_delta_log"));
        File.WriteAllText(Path.Combine(log.FullName, $"{0:D20}.json"), "this is no commit\n");
        var plan = StreamRig.Plan();
        var index = new ReportedIndex();

        new PipelineReporter(index, lake.Lake, plan, new StreamFigures(plan.Topic), "run").Dispose();

        Assert.True(index.Reports.Last()["final"]!.GetValue<bool>());
        Assert.True(index.IsDisposed);
    }

    /// <summary>An index that keeps what it is told.</summary>
    private sealed class ReportedIndex : ISearchIndex
    {
        public ConcurrentQueue<JsonNode> Reports { get; } = new();

        public bool IsDisposed { get; private set; }

        public string Place => "here";

        public BulkAnswer Bulk(IReadOnlyList<SearchDocument> documents, CancellationToken cancel)
        {
            foreach (var document in documents)
            {
                Reports.Enqueue(JsonNode.Parse(document.Json!)!);
            }

            return new(BulkOutcome.Read, [.. documents.Select(_ => BulkItemAnswer.Done)]);
        }

        public void Prepare(SearchTable table)
        {
        }

        public SearchHits? Search(string alias, JsonObject request, CancellationToken cancel = default) => null;

        public long Count(string alias, JsonObject query, CancellationToken cancel = default) => 0;

        public void Refresh(string alias, CancellationToken cancel = default)
        {
        }

        public void Dispose() => IsDisposed = true;
    }
}
