using Bf.Core.Breadth.Further;
using Bf.Jobs.Config;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Runs;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;
using Bf.Jobs.Search.Elastic;

namespace Bf.Jobs.Search;

/// <summary><c>bf signals export</c>: rows of the lake as documents of an index. Sending them again changes nothing; what the tables have no more, within the dates sent, is deleted.</summary>
public sealed class ExportJob
{
    private readonly ExportRequest _request;
    private readonly ISearchIndex _index;
    private readonly JobRun _run;
    private readonly Action<string, long> _progress;
    private readonly CancellationToken _cancel;
    private readonly Stopwatches _watch = new("prepare_ms", "send_ms");
    private readonly List<RejectedDocument> _rejected = [];
    private readonly string _universes;

    private ExportJob(ExportRequest request, ISearchIndex index, JobRun run, Action<string, long> progress, CancellationToken cancel)
    {
        (_request, _index, _run, _progress, _cancel) = (request, index, run, progress, cancel);
        _universes = string.Join(", ", request.Universes.Select(u => DuckConnection.Quote(u.Name)));
    }

    /// <summary>Sends rows to Elasticsearch.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="request">Which rows.</param>
    /// <param name="settings">How Elasticsearch is reached.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="progress">Is told the table, and how many of its rows were handed on.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="JobException">There are no such rows, or Elasticsearch refuses them.</exception>
    /// <exception cref="ServiceDownException">Elasticsearch can't be reached.</exception>
    public static ExportResult Run(DataLake lake, ExportRequest request, Settings settings, string arguments, Action<string, long> progress, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        using var index = new ElasticIndex(ElasticSettings.Of(settings));
        return Run(lake, request, index, arguments, progress, cancel);
    }

    /// <summary>The same with any index.</summary>
    internal static ExportResult Run(DataLake lake, ExportRequest request, ISearchIndex index, string arguments, Action<string, long> progress, CancellationToken cancel)
    {
        var result = JobRun.Do(lake, "signals export", arguments, run => new ExportJob(request, index, run, progress, cancel).Run());
        if (!request.Wants(SearchTable.Runs.Alias))
        {
            return result;
        }

        // now that the run stands among them: the index has every row that the table has
        var runs = new RecordsExport(lake, index, cancel).Send(SearchTable.Runs, "true", request.Patience, rows => progress(SearchTable.Runs.Alias, rows));
        return result with { Tables = [.. result.Tables, new(SearchTable.Runs.Alias, runs, 0)] };
    }

    private ExportResult Run()
    {
        SearchTable[] all = [SearchTable.Breadth(FurtherSet.None), SearchTable.Signals, SearchTable.Thrusts, SearchTable.Backtests];
        var sources = Array.FindAll(all, t => _request.Wants(t.Alias)).Select(Source).ToList();
        CheckComputed();
        _watch.Time("prepare_ms", () => sources.ForEach(s => _index.Prepare(s.Table)));
        using var writer = new BulkWriter(_index, new(_request.Patience), _rejected.Add, _run.Lake.Clock, _cancel);
        var tables = _watch.Time("send_ms", () => sources.ConvertAll(s => Send(writer, s)));
        RejectedDocument.Commit(_run.Lake, _rejected, _run.Id);
        var result = new ExportResult(_run.Id, _index.Place, tables, writer.Rejected, _watch.Timings);
        _run.End(result.Rows);
        return result with { Timings = _watch.Timings };
    }

    private SearchSource Source(SearchTable table)
    {
        var source = SearchSource.Of(_run.Lake, table);
        _run.Read(table.Alias, source.Version);
        return source;
    }

    /// <summary>An export of a universe that was never computed would delete what is stored of it.</summary>
    private void CheckComputed()
    {
        var breadth = _run.Lake.Table(Tables.Breadth);
        using var connection = DuckDatabase.Connect(_cancel);
        foreach (var universe in _request.Universes)
        {
            if (connection.Scalar($"SELECT count(*) FROM {breadth.Relation(breadth.Load())} WHERE universe = {DuckConnection.Quote(universe.Name)} AND interval = '{_request.Interval}'") == 0)
            {
                throw new JobException($"nothing was computed for universe {universe.Name} at interval {_request.Interval} yet; do it with: bf signals generate{(universe.IsAll ? "" : $" --universe {universe.Name}")}");
            }
        }
    }

    private ExportedTable Send(BulkWriter writer, SearchSource source)
    {
        // a backtest stands at the time when it was run, which is none of the dates that were asked for
        var isByDate = source.Table.Moment is null;
        var where = $"universe IN ({_universes}) AND interval = '{_request.Interval}'"
            + (isByDate && _request.From is { } from ? $" AND ts >= make_timestamptz({from})" : "") + (isByDate && _request.To is { } to ? $" AND ts <= make_timestamptz({to})" : "");
        var sent = source.Send(writer, where, rows => _progress(source.Table.Alias, rows), _cancel);
        var deleted = isByDate ? Withdraw(writer, source.Table, sent) : 0;
        _index.Refresh(source.Table.Alias, _cancel);
        return new(source.Table.Alias, sent.Count, deleted);
    }

    /// <summary>Deletes what the table has no more; what is later than all that was computed stays, since a stream may have put it there.</summary>
    private long Withdraw(BulkWriter writer, SearchTable table, HashSet<string> sent)
    {
        var before = writer.Deleted;
        foreach (var universe in _request.Universes)
        {
            var to = Math.Min(_request.To ?? long.MaxValue, LastOf(universe.Name));
            var gone = new List<SearchDocument>();
            foreach (var hit in new StoredIds(_index, _cancel).Read(table, StoredIds.Within([universe.Name], _request.Interval, _request.From, to)))
            {
                if (!sent.Contains(hit.Id))
                {
                    gone.Add(new(hit.Index, hit.Id, null));
                }
            }

            writer.Put(gone);
        }

        writer.Flush();
        return writer.Deleted - before;
    }

    private long LastOf(string universe)
    {
        var breadth = _run.Lake.Table(Tables.Breadth);
        using var connection = DuckDatabase.Connect(_cancel);
        return connection.Scalar($"SELECT epoch_us(max(ts)) FROM {breadth.Relation(breadth.Load())} WHERE universe = {DuckConnection.Quote(universe)} AND interval = '{_request.Interval}'");
    }
}
