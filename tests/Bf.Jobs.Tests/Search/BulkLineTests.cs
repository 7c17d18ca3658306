using System.Text.Json.Nodes;
using Bf.Jobs.Search;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Tests.Search;

/// <summary>Who drew a line waits for what was put above it, and for nothing else.</summary>
public sealed class BulkLineTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public void What_is_put_after_the_line_is_not_waited_for()
    {
        using var index = new HeldIndex();
        using var writer = new BulkWriter(index, new(Long), _ => { }, TimeProvider.System, TestContext.Current.CancellationToken);
        index.Put(writer, "above");
        var sealing = new Thread(new ThreadStart(writer.Seal()));
        index.Put(writer, "below");
        sealing.Start();
        index.Release("below");
        Assert.True(SpinWait.SpinUntil(() => writer.Written == 1, Long));
        Assert.True(sealing.IsAlive);

        index.Put(writer, "later");
        index.Release("above");

        Assert.True(sealing.Join(Long));
        Assert.Equal(2, writer.Written);
        index.Release("later");
        writer.Flush();
        Assert.Equal(3, writer.Written);
    }

    [Fact]
    public void A_write_that_takes_the_place_of_one_above_the_line_is_waited_for()
    {
        var queue = new BulkQueue();
        queue.Put(Item("a"));
        var line = queue.Line;
        queue.Put(Item("a"));
        queue.Put(Item("b"));

        var taken = queue.Take(1, 100);

        Assert.True(queue.Reaches(line));
        queue.Done(taken[0]);
        Assert.False(queue.Reaches(line));
        Assert.True(queue.Reaches(queue.Line));
    }

    [Fact]
    public void A_write_that_comes_back_when_a_newer_one_waits_is_waited_for_as_the_newer_one()
    {
        var queue = new BulkQueue();
        queue.Put(Item("a"));
        var line = queue.Line;
        var older = queue.Take(1, 100)[0];
        queue.Put(Item("a"));
        queue.GiveBack(older);
        Assert.True(queue.Reaches(line));

        queue.Done(queue.Take(1, 100)[0]);

        Assert.False(queue.Reaches(line));
        Assert.False(queue.Reaches(queue.Line));
    }

    private static SearchDocument Document(string id) => new("breadth-2018", id, "{}"u8.ToArray());

    private static BulkItem Item(string id) => new(Document(id), 10);

    /// <summary>An index that answers a request when its document is released.</summary>
    private sealed class HeldIndex : ISearchIndex
    {
        private readonly HashSet<string> _held = [];
        private readonly HashSet<string> _released = [];

        public string Place => "held";

        /// <summary>Puts a document, and returns when its request is under way.</summary>
        public void Put(BulkWriter writer, string id)
        {
            writer.Put([Document(id)]);
            lock (_held)
            {
                while (!_held.Contains(id))
                {
                    Monitor.Wait(_held);
                }
            }
        }

        public void Release(string id)
        {
            lock (_held)
            {
                _released.Add(id);
                Monitor.PulseAll(_held);
            }
        }

        public BulkAnswer Bulk(IReadOnlyList<SearchDocument> documents, CancellationToken cancel)
        {
            lock (_held)
            {
                _held.UnionWith(documents.Select(d => d.Id));
                Monitor.PulseAll(_held);
                while (!documents.All(d => _released.Contains(d.Id)))
                {
                    Monitor.Wait(_held);
                }
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

        public void Dispose()
        {
        }
    }
}
