using System.Threading.Channels;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Sources.Fetch;

namespace Bf.Jobs.Fetch;

/// <summary>
/// <c>bf data fetch</c>: what is missing, from a source into the table of bars. Symbols are asked for side by side, and committed in batches as
/// their answers come; one symbol's failure leaves the others alone.
/// </summary>
public sealed class FetchJob
{
    private readonly DataLake _lake;
    private readonly FetchRequest _request;
    private readonly Action<int, int> _progress;
    private readonly Stopwatches _watch = new("read_ms", "write_ms");
    private readonly FetchStore _store;
    private readonly Patience _patience = new();
    private readonly Dictionary<string, SymbolFetch> _done = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _quarantined = new(StringComparer.Ordinal);
    private bool _unreachable = true;

    private FetchJob(DataLake lake, FetchRequest request, Action<int, int>? progress) =>
        (_lake, _request, _progress, _store) = (lake, request, progress ?? ((_, _) => { }), new(lake, request.Source, request.Interval));

    /// <summary>Fetches and commits.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="progress">Hears how many symbols of how many are done.</param>
    /// <param name="cancel">Ends the fetch; what was answered whole until then is kept.</param>
    /// <exception cref="ServiceDownException">The source can't be reached.</exception>
    public static FetchResult Run(DataLake lake, FetchRequest request, string arguments, Action<int, int>? progress = null, CancellationToken cancel = default) =>
        JobRun.Do(lake, "data fetch", arguments, run => new FetchJob(run.Lake, request, progress).Run(run, cancel).GetAwaiter().GetResult());

    private async Task<FetchResult> Run(JobRun run, CancellationToken cancel)
    {
        var bars = _lake.Bars(_request.Interval);
        run.Read(bars.Schema.Name, bars.Load().Version);
        var plans = _watch.Time("read_ms", () => FetchPlan.Of(_lake, _request, _store.Read()));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var answers = Channel.CreateBounded<Fetched>(2 * _request.Parallel);
        var asking = Ask(plans, answers.Writer, stop.Token);
        try
        {
            await Take(answers.Reader, plans.Count, run).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false); // when a commit failed, nobody waits for the rest
            await asking.ConfigureAwait(false);
        }

        cancel.ThrowIfCancellationRequested();
        return End(run, plans, bars.Load().Version);
    }

    /// <summary>Asks for all symbols, some at a time.</summary>
    private async Task Ask(IReadOnlyList<SymbolPlan> plans, ChannelWriter<Fetched> answers, CancellationToken cancel)
    {
        var fetcher = new SymbolFetcher(_request.Bars, _request.Interval);
        Exception? failure = null;
        try
        {
            await Parallel.ForEachAsync(plans, new ParallelOptions { MaxDegreeOfParallelism = _request.Parallel, CancellationToken = cancel }, async (plan, end) =>
            {
                if (_patience.Ended is null)
                {
                    var fetched = await fetcher.Fetch(plan, end).ConfigureAwait(false);
                    _patience.Met(fetched.Failure);
                    await answers.WriteAsync(fetched, end).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = e;
        }
        catch (OperationCanceledException)
        {
            // whoever cancelled says so
        }

        answers.Complete(failure);
    }

    /// <summary>Takes answers as they come, and commits them in batches.</summary>
    private async Task Take(ChannelReader<Fetched> answers, int count, JobRun run)
    {
        var batch = new FetchBatch(_lake, _request);
        var taken = 0;
        try
        {
            await foreach (var fetched in answers.ReadAllAsync().ConfigureAwait(false))
            {
                _progress(++taken, count);
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

    private FetchResult End(JobRun run, IReadOnlyList<SymbolPlan> plans, long version)
    {
        var planned = plans.Select(p => p.Symbol).ToHashSet(StringComparer.Ordinal);
        var symbols = _request.Symbols
            .Select(s => _done.GetValueOrDefault(s) ?? (planned.Contains(s) ? new SymbolFetch(s, FetchState.NotAsked) { Reason = _patience.Ended } : new(s, FetchState.Complete)))
            .ToList();
        var failed = symbols.Where(s => s.State is FetchState.Failed or FetchState.NotAsked).ToList();
        if (failed.Count > 0 && failed.Count == planned.Count && _unreachable)
        {
            throw new ServiceDownException(failed[0].Reason!);
        }

        var result = new FetchResult(run.Id, symbols, _quarantined, version, _watch.Timings);
        run.End(result.Added + result.Changed, failed.Count == 0 ? "done" : $"done but for {failed.Count} of {symbols.Count} symbols");
        return result with { Timings = _watch.Timings };
    }
}
