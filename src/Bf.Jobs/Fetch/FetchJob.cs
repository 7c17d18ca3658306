using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Jobs.Spark;
using Bf.Sources.Fetch;

namespace Bf.Jobs.Fetch;

/// <summary>
/// <c>bf data fetch</c>: what is missing, from a source into the table of bars. Symbols are committed in batches as
/// their answers come; one symbol's failure leaves the others alone.
/// </summary>
public sealed class FetchJob
{
    private readonly DataLake _lake;
    private readonly FetchRequest _request;
    private readonly Action<int, int> _progress;
    private readonly Stopwatches _watch = new("read_ms", "write_ms");
    private readonly FetchStore _store;
    private readonly Dictionary<string, SymbolFetch> _done = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _quarantined = new(StringComparer.Ordinal);
    private bool _unreachable = true;

    private FetchJob(DataLake lake, FetchRequest request, Action<int, int>? progress) =>
        (_lake, _request, _progress, _store) = (lake, request, progress ?? ((_, _) => { }), new(lake, request.Source, request.Interval));

    /// <summary>Fetches and commits.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="cluster">Whose executors ask the source; null where this process does.</param>
    /// <param name="progress">Hears how many symbols of how many are done.</param>
    /// <param name="cancel">Ends the fetch; what this process was answered whole until then is kept.</param>
    /// <exception cref="ServiceDownException">The source can't be reached, or the cluster.</exception>
    public static FetchResult Run(DataLake lake, FetchRequest request, string arguments, SparkCluster? cluster = null, Action<int, int>? progress = null, CancellationToken cancel = default) =>
        JobRun.Do(lake, "data fetch", arguments, run => new FetchJob(run.Lake, request, progress).Run(run, cluster, cancel));

    private FetchResult Run(JobRun run, SparkCluster? cluster, CancellationToken cancel)
    {
        var bars = _lake.Bars(_request.Interval);
        run.Read(bars.Schema.Name, bars.Load().Version);
        var plans = _watch.Time("read_ms", () => FetchPlan.Of(_lake, _request, _store.Read()));
        run.Engine = cluster is null ? run.Engine : "spark";
        IFetchEngine engine = cluster is null ? new LocalFetch(_request) : new SparkFetch(cluster, _lake, _request, run.Id, _watch);
        Take(engine.Fetch(plans, cancel), plans.Count, run);
        cancel.ThrowIfCancellationRequested();
        return End(run, plans.Count, bars.Load().Version);
    }

    /// <summary>Takes answers as they come, and commits them in batches.</summary>
    private void Take(IEnumerable<Fetched> answers, int count, JobRun run)
    {
        var batch = new FetchBatch(_lake, _request);
        var taken = 0;
        try
        {
            foreach (var fetched in answers)
            {
                _progress(++taken, count);
                if (fetched.NotAsked is { } reason)
                {
                    _done[fetched.Plan.Symbol] = new(fetched.Plan.Symbol, FetchState.NotAsked) { Reason = reason };
                    continue;
                }

                if (fetched.Failure is { } failure)
                {
                    _done[fetched.Plan.Symbol] = new(fetched.Plan.Symbol, FetchState.Failed) { Reason = failure.Message };
                    _unreachable &= failure.Failure == SourceFailure.Unreachable;
                    continue;
                }

                batch.Add(fetched);
                if (batch.IsFull)
                {
                    Commit(batch, run);
                    batch.Dispose();
                    batch = new(_lake, _request);
                }
            }

            Commit(batch, run);
        }
        finally
        {
            batch.Dispose();
        }
    }

    private void Commit(FetchBatch batch, JobRun run) => _watch.Time("write_ms", () =>
    {
        var (symbols, quarantined) = batch.Commit(_store, run);
        foreach (var symbol in symbols)
        {
            _done[symbol.Symbol] = symbol;
        }

        foreach (var (rule, rows) in quarantined)
        {
            _quarantined[rule] = _quarantined.GetValueOrDefault(rule) + rows;
        }
    });

    private FetchResult End(JobRun run, int planned, long version)
    {
        var symbols = _request.Symbols
            .Select(s => _done.GetValueOrDefault(s) ?? new(s, FetchState.Complete))
            .ToList();
        var failed = symbols.Where(s => s.State is FetchState.Failed or FetchState.NotAsked).ToList();
        if (failed.Count > 0 && failed.Count == planned && _unreachable)
        {
            throw new ServiceDownException(failed[0].Reason!);
        }

        var result = new FetchResult(run.Id, symbols, _quarantined, version, _watch.Timings);
        run.End(result.Added + result.Changed, failed.Count == 0 ? "done" : $"done but for {failed.Count} of {symbols.Count} symbols");
        return result with { Timings = _watch.Timings };
    }
}
