using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Counts;
using Bf.Jobs.Engines;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Runs;

namespace Bf.Jobs.Generate;

/// <summary>What to compute.</summary>
/// <param name="Universe">The universe.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="From">Rows are written from here on, microseconds; null for all.</param>
/// <param name="To">Rows are written up to here, inclusive; null for all.</param>
/// <param name="Force">Whether to compute everything anew.</param>
public sealed record GenerateRequest(Universe Universe, Interval Interval, long? From = null, long? To = null, bool Force = false);

/// <summary>How a result came about.</summary>
public enum GenerateMode
{
    /// <summary>All bars were read.</summary>
    Full,
    /// <summary>Only new bars were read.</summary>
    Incremental,
    /// <summary>There was nothing new.</summary>
    Nothing,
}

/// <summary>What was computed.</summary>
/// <param name="Run">The run's name.</param>
/// <param name="Mode">How.</param>
/// <param name="Why">Why everything was computed anew, when it was.</param>
/// <param name="Rows">Dates written.</param>
/// <param name="Thrusts">Thrusts written.</param>
/// <param name="BarsRead">Bars read; of imported counts, dates.</param>
/// <param name="Symbols">Symbols read.</param>
/// <param name="Thin">The dates written that have too few symbols.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record GenerateResult(
    string Run, GenerateMode Mode, string? Why, int Rows, int Thrusts, long BarsRead, int Symbols, IReadOnlyList<ThinDate> Thin, IReadOnlyDictionary<string, double> Timings);

/// <summary>
/// <c>bf signals generate</c>: bars (or imported counts) to breadth, thrusts and score. Computes what is new from the table <c>state</c>, or everything when
/// something else changed; the result is the same, bit for bit.
/// </summary>
public sealed class GenerateJob
{
    private readonly DataLake _lake;
    private readonly GenerateRequest _request;
    private readonly Stopwatches _watch = new("read_ms", "kernel_ms", "series_ms", "write_ms");
    private readonly StateStore _states;
    private readonly DeltaTable _source;
    private readonly DeltaTable[] _results;
    private readonly CancellationToken _cancel;

    private GenerateJob(DataLake lake, GenerateRequest request, CancellationToken cancel)
    {
        (_lake, _request, _cancel) = (lake, request, cancel);
        _states = new(lake, request.Interval);
        _source = lake.Source(request.Universe, request.Interval);
        _results = [lake.Table(Tables.Breadth), lake.Table(Tables.Signals), lake.Table(Tables.Thrusts)];
    }

    /// <summary>Computes and commits.</summary>
    /// <exception cref="JobException">There are no bars, or none of the universe.</exception>
    public static GenerateResult Run(DataLake lake, GenerateRequest request, string arguments, CancellationToken cancel = default) =>
        JobRun.Do(lake, "signals generate", arguments, run => new GenerateJob(run.Lake, request, cancel).Run(run));

    private GenerateResult Run(JobRun run)
    {
        var snapshot = _source.Load();
        if (!snapshot.Exists || snapshot.Files.Count == 0)
        {
            throw new JobException($"there are no bars in {_source.Place}; bring some with: bf data import FILE");
        }

        run.Read(_source.Schema.Name, snapshot.Version);
        var fingerprint = Fingerprint.Of(snapshot.MetaData!.Id, _request.Universe, _request.From, _request.To);
        var plan = new IncrementPlan(_request, _source, _results, _states, _watch).Find(snapshot, fingerprint, out var why);
        if (plan is { Nothing: true })
        {
            run.End(0);
            return new(run.Id, GenerateMode.Nothing, null, 0, 0, 0, 0, [], _watch.Timings);
        }

        var scan = Scan(snapshot, plan);
        if (plan is null && scan.Rows == 0)
        {
            throw new JobException(_request.Universe.IsCounts
                ? $"{_source.Place} has no counts of universe {_request.Universe.Name} at interval {_request.Interval}; bring some with: bf data import-counts FILE"
                : $"{_source.Place} has no bars of universe {_request.Universe.Name}; see what there is with: bf data list");
        }

        _cancel.ThrowIfCancellationRequested();
        var (panel, score, memory) = _watch.Time("series_ms", () =>
        {
            var p = new BreadthPanel(plan is null ? scan.Tallies[0] : BreadthTally.Add(plan.Before, scan.Tallies[0]));
            return (p, new BreadthScore(p, plan?.Before.Count ?? 0), new ThrustMemory(p));
        });
        var after = plan?.Before.Ts is { Length: > 0 } known ? known[^1] : long.MinValue;
        bool Chosen(long ts) => ts > after && ts >= (_request.From ?? long.MinValue) && ts <= (_request.To ?? long.MaxValue);
        var rows = new ResultRows(_request.Universe.Name, _request.Interval, run.Id, panel, score, memory);
        var thin = Array.FindAll([.. Coverage.Thin(panel.Tally, plan?.Before.Count ?? 0)], d => Chosen(d.Ts));
        var thrusts = memory.Fires.Sum(fires => fires.Count(f => Chosen(panel.Ts[f.Index])));
        var writer = new ResultWriter(_request, plan?.From, new(snapshot.Version, fingerprint), Chosen);
        _watch.Time("write_ms", () =>
        {
            // one commit a table; a run that dies between two is completed by the next, so their order is free
            Threads.Run(
                () => writer.Write(_results[0], rows.Breadth),
                () => writer.Write(_results[1], rows.Signals),
                () => writer.Write(_results[2], rows.Thrusts),
                () => WriteStates(scan, plan, snapshot, run.Id));
            run.End(panel.Ts.Count(Chosen));
        });
        return new(run.Id, plan is null ? GenerateMode.Full : GenerateMode.Incremental, why, panel.Ts.Count(Chosen), thrusts, scan.Rows, scan.States.Count, thin, _watch.Timings);
    }

    private ScanResult Scan(Snapshot snapshot, Increment? plan)
    {
        if (_request.Universe.IsCounts)
        {
            var counts = _watch.Time("read_ms", () => CountReader.Read(_source, snapshot, _request.Universe.Name, _request.Interval));
            return new([counts], new Dictionary<string, PackedState>(StringComparer.Ordinal), counts.Count);
        }

        var engine = new LocalEngine(_source, [_request.Universe], _watch);
        return plan is null ? engine.ScanAll(snapshot, cancel: _cancel) : engine.ScanNew(snapshot, plan.After, symbol => plan.States.GetValueOrDefault(symbol)?.State, _cancel);
    }

    private void WriteStates(ScanResult scan, Increment? plan, Snapshot bars, string run)
    {
        if (_request.Universe.IsCounts)
        {
            return;
        }

        // what covers more stays, since a run for all symbols goes on from it; what is newer stays in any case
        var broader = Fingerprint.Scope(bars.MetaData!.Id, Universe.All);
        bool Stays(Progress stored) =>
            !(_request.Force && _request.Universe.IsAll)
            && ((stored.BarsVersion > bars.Version && stored.BarsVersion <= _source.Load().Version)
            || (!_request.Universe.IsAll && stored.Fingerprint == broader && (stored.BarsVersion == bars.Version || plan is not null)));
        if (Stays(_states.Progress()))
        {
            return;
        }

        var states = new Dictionary<string, PackedState>(scan.States, StringComparer.Ordinal);
        foreach (var (symbol, known) in plan?.States ?? [])
        {
            states.TryAdd(symbol, known.Packed);
        }

        using var connection = DuckDatabase.Connect();
        _states.Write(connection, states, bars.Version, Fingerprint.Scope(bars.MetaData!.Id, _request.Universe), run, Stays);
    }
}
