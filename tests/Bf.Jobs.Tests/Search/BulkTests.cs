using System.Text;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Search.Elastic;

namespace Bf.Jobs.Tests.Search;

/// <summary>Documents arrive once each, whatever goes wrong on the way.</summary>
public sealed class BulkTests : IDisposable
{
    private static readonly BulkOptions Quick = new(TimeSpan.FromSeconds(20)) { FirstPause = TimeSpan.FromMilliseconds(1), LongestPause = TimeSpan.FromMilliseconds(5) };
    private readonly FakeElastic _server = new();
    private readonly List<RejectedDocument> _rejected = [];

    static BulkTests() => Log.Writer = TextWriter.Null;

    public void Dispose() => _server.Dispose();

    [Fact]
    public void A_document_that_is_sent_back_comes_again_alone()
    {
        _server.Items["d3"] = new([(429, "es_rejected_execution_exception"), (503, "unavailable_shards_exception"), (403, "cluster_block_exception")]);

        Assert.Equal(10, Write(Quick, Some(10)).Written);

        Assert.Equal([10, 1, 1, 1], _server.Requests.Select(r => r.Length));
        Assert.Equal(10, _server.Documents.Count);
        Assert.Empty(_rejected);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(500)]
    [InlineData(-1)]
    public void A_request_that_fails_is_sent_again(int how)
    {
        _server.Wholes.Enqueue(how);
        _server.Wholes.Enqueue(how);

        Assert.Equal(100, Write(Quick, Some(100)).Written);
        Assert.Equal(100, _server.Documents.Count);
    }

    [Fact]
    public void A_request_that_is_too_large_is_split()
    {
        _server.Largest = 2_000;

        Write(Quick, Some(100));

        Assert.Equal(100, _server.Documents.Count);
        Assert.Empty(_rejected);
    }

    [Fact]
    public void A_document_that_is_not_taken_is_handed_over_and_the_others_arrive()
    {
        _server.Items["d4"] = new([(400, "document_parsing_exception")]);
        _server.Unreadable = "\"value\":7}";
        _server.Largest = 1_000;

        var writer = Write(Quick, [.. Some(20), new("thrusts-2018", "large", Encoding.UTF8.GetBytes($$"""{"value":"{{new string('x', 2_000)}}"}"""))]);

        Assert.Equal(["d4", "d7", "large"], _rejected.Select(r => r.Document.Id).Order(StringComparer.Ordinal));
        Assert.Equal((18, 3), (writer.Written, writer.Rejected));
        Assert.Equal(18, _server.Documents.Count);
        Assert.Contains("{\"value\":4}\t400 document_parsing_exception: so the server says", _rejected.Select(r => r.Raw));
    }

    [Fact]
    public void Rejected_documents_stand_in_quarantine_once()
    {
        using var lake = new TestLake();
        RejectedDocument[] rejected = [.. Some(3).Select(d => new RejectedDocument(d, "400 told: 'quoted'"))];
        RejectedDocument.Commit(lake.Lake, rejected, "one");
        RejectedDocument.Commit(lake.Lake, rejected, "two");

        Assert.Equal(["thrusts-2018|rejected_document|{\"value\":0}\t400 told: 'quoted'|one"], lake.Query("SELECT file, rule, raw, run FROM quarantine ORDER BY raw LIMIT 1"));
        Assert.Equal("3", lake.Value("SELECT count(*) FROM quarantine"));
    }

    [Fact]
    public void Of_several_writes_to_one_document_the_newest_wins_and_no_two_are_under_way_at_once()
    {
        var gate = new TaskCompletionSource();
        _server.Gate = gate.Task;
        _server.Items["d1"] = new([(429, "told")]);
        using var index = new ElasticIndex(_server.Settings);
        using var writer = new BulkWriter(index, Quick, _rejected.Add, TimeProvider.System);
        for (var round = 0; round < 50; round++)
        {
            writer.Put([.. Some(5).Select(d => d with { Json = round == 49 && d.Id == "d2" ? null : Encoding.UTF8.GetBytes($$"""{"round":{{round}}}""") })]);
            if (round == 10)
            {
                gate.SetResult();
            }
        }

        writer.Flush();

        Assert.False(_server.Crossed);
        Assert.Equal(4, _server.Documents.Count);
        Assert.All(_server.Documents.Values, json => Assert.Equal("""{"round":49}""", json));
    }

    [Fact]
    public void Who_puts_more_than_may_wait_waits()
    {
        var gate = new TaskCompletionSource();
        _server.Gate = gate.Task;
        using var index = new ElasticIndex(_server.Settings);
        using var writer = new BulkWriter(index, Quick with { Waiting = 1_000 }, _rejected.Add, TimeProvider.System);
        var put = 0;
        var putting = new Thread(() =>
        {
            foreach (var document in Some(200))
            {
                writer.Put([document]);
                put++;
            }

            writer.Flush();
        });
        putting.Start();
        SpinWait.SpinUntil(() => _server.Requests.Count == 2 && putting.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromSeconds(10));

        Assert.InRange(Volatile.Read(ref put), 1, 199);
        gate.SetResult();
        Assert.True(putting.Join(TimeSpan.FromSeconds(20)));
        Assert.Equal(200, _server.Documents.Count);
    }

    [Fact]
    public void Patience_has_an_end_and_says_what_to_do()
    {
        foreach (var _ in Enumerable.Range(0, 1_000))
        {
            _server.Wholes.Enqueue(503);
        }

        var error = Assert.Throws<ServiceDownException>(() => Write(Quick with { Patience = TimeSpan.FromMilliseconds(30) }, Some(3)));
        Assert.Contains("503: so the server says", error.Message, StringComparison.Ordinal);
        Assert.Contains("run the command again", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Requests_are_packed_where_that_is_wanted()
    {
        Write(Quick, Some(10), _server.Settings with { Gzip = true });

        Assert.Equal("gzip", _server.Headers.ContentEncoding);
        Assert.Equal("""{"value":9}""", _server.Documents["thrusts-2018/d9"]);
    }

    private BulkWriter Write(BulkOptions options, IReadOnlyList<SearchDocument> documents, ElasticSettings? settings = null)
    {
        using var index = new ElasticIndex(settings ?? _server.Settings);
        using var writer = new BulkWriter(index, options, _rejected.Add, TimeProvider.System);
        writer.Put(documents);
        writer.Flush();
        return writer;
    }

    private static List<SearchDocument> Some(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new SearchDocument("thrusts-2018", $"d{i}", Encoding.UTF8.GetBytes($$"""{"value":{{i}}}""")))];
}
