using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Jobs.Search;

/// <summary>A stream's results as documents of an index: one a row of <c>breadth</c>, <c>signals</c> and <c>thrusts</c>. A thrust that is no more is deleted.</summary>
internal sealed class ElasticSink : IResultSink
{
    // so many documents are handed on at once: more would wait for each other
    private const int Together = 500;

    private readonly ISearchIndex _index;
    private readonly IReadOnlyList<Universe> _universes;
    private readonly Interval _interval;
    private readonly BulkWriter _writer;
    private readonly CancellationToken _cancel;

    /// <summary>The thrusts that are stored: for each universe and time their documents.</summary>
    private readonly Dictionary<string, List<SearchDocument>> _thrusts = new(StringComparer.Ordinal);

    private FurtherSet _indicators = FurtherSet.None;

    /// <param name="index">The index; it goes when the sink does.</param>
    /// <param name="options">How documents are written.</param>
    /// <param name="universes">The universes whose results are put.</param>
    /// <param name="interval">The bars' length.</param>
    /// <param name="reject">Takes documents that the index does not take.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancel">Ends it.</param>
    public ElasticSink(ISearchIndex index, BulkOptions options, IReadOnlyList<Universe> universes, Interval interval, Action<RejectedDocument> reject, TimeProvider clock, CancellationToken cancel = default)
    {
        (_index, _universes, _interval, _cancel) = (index, universes, interval, cancel);
        _writer = new(index, options, reject, clock, cancel);
    }

    /// <inheritdoc/>
    public string Name => "elasticsearch";

    /// <inheritdoc/>
    public bool TakesProvisional => false;

    /// <summary>Documents that arrived so far.</summary>
    public long Written => _writer.Written;

    /// <summary>Documents that the index did not take.</summary>
    public long Rejected => _writer.Rejected;

    /// <inheritdoc/>
    public void Begin(long from, long epoch)
    {
        _writer.Flush();
        foreach (var table in (SearchTable[])[SearchTable.Breadth(_indicators), SearchTable.Signals, SearchTable.Thrusts])
        {
            _index.Prepare(table);
        }

        _thrusts.Clear();
        // times before any that there can be are no dates for an index
        var first = from <= 0 ? (long?)null : from;
        foreach (var hit in new StoredIds(_index, _cancel).Read(SearchTable.Thrusts, StoredIds.Within(_universes.Select(u => u.Name), _interval, first, null)))
        {
            var date = SearchTable.Id(hit.Source.GetProperty("universe").GetString()!, _interval.Name, hit.Source.GetProperty("ts").GetString()!);
            Of(date).Add(new(hit.Index, hit.Id, null));
        }
    }

    /// <inheritdoc/>
    public void Put(ResultBatch batch)
    {
        if (!batch.Final)
        {
            return;
        }

        if (batch.Settings.Indicators.Text != _indicators.Text)
        {
            _indicators = batch.Settings.Indicators;
            _index.Prepare(SearchTable.Breadth(_indicators));
        }

        using var documents = new ResultDocuments(batch.Results, batch.Interval, batch.Settings, batch.Run);
        var (from, end) = (batch.Results.From, batch.Results.End);
        var fires = documents.Thrusts(from, end);
        var next = 0;
        var together = new List<SearchDocument>();
        for (var i = from; i < end; i++)
        {
            var breadth = documents.Breadth(i);
            together.Add(breadth);
            together.Add(documents.Signals(i));
            var thrusts = new List<SearchDocument>();
            for (; next < fires.Count && fires[next].Fire.Index == i; next++)
            {
                thrusts.Add(documents.Thrust(fires[next]));
            }

            together.AddRange(thrusts);
            together.AddRange(Withdrawn(breadth.Id, thrusts));
            if (together.Count >= Together || i == end - 1)
            {
                _writer.Put(together, batch.Since);
                together.Clear();
            }
        }
    }

    /// <inheritdoc/>
    public void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public Action Seal() => _writer.Seal();

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _index.Dispose();
    }

    /// <summary>The deletions of a time's thrusts that are stored and have not come again; those that have are remembered.</summary>
    private List<SearchDocument> Withdrawn(string date, List<SearchDocument> thrusts)
    {
        if (thrusts.Count == 0 && !_thrusts.ContainsKey(date))
        {
            return [];
        }

        var stored = Of(date);
        var gone = stored.FindAll(s => !thrusts.Exists(t => t.Id == s.Id));
        stored.Clear();
        stored.AddRange(thrusts.ConvertAll(t => t with { Json = null }));
        return gone;
    }

    private List<SearchDocument> Of(string date) => _thrusts.TryGetValue(date, out var there) ? there : _thrusts[date] = [];
}
