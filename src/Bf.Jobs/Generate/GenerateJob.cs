using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs.Counts;
using Bf.Jobs.Engines;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Runs;
using Bf.Jobs.Spark;

namespace Bf.Jobs.Generate;

/// <summary>
/// <c>bf signals generate</c>: bars (or imported counts) to breadth, thrusts and score, of any number of universes in one pass over the
/// bars. Computes what is new from the table <c>state</c>, or everything when something else changed; the result is the same, bit for bit.
/// </summary>
public sealed class GenerateJob
{
    private readonly DataLake _lake;
    private readonly GenerateRequest _request;
    private readonly Stopwatches _watch = new("read_ms", "kernel_ms", "series_ms", "write_ms");
    private readonly StateStore _states;
    private readonly DeltaTable[] _results;
    private readonly SparkCluster? _cluster;
    private readonly CancellationToken _cancel;
    private readonly JobRun _run;
    private long _rows;
    private int _symbols;

    private GenerateJob(DataLake lake, GenerateRequest request, JobRun run, SparkCluster? cluster, CancellationToken cancel)
    {
        (_lake, _request, _run, _cluster, _cancel) = (lake, request, run, cluster, cancel);
        _states = new(lake, request.Interval);
        _results = [lake.Table(Tables.BreadthWith(request.Settings.Indicators)), lake.Table(Tables.Signals), lake.Table(Tables.Thrusts)];
    }

    /// <summary>Computes and commits.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="cluster">Where all bars are counted; null for this process. What is new since the last run is counted here in any case: it is little, and read in less time than a cluster takes to begin.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="JobException">There are no bars, or none of any of the universes.</exception>
    public static GenerateResult Run(DataLake lake, GenerateRequest request, string arguments, SparkCluster? cluster = null, CancellationToken cancel = default) =>
        JobRun.Do(lake, "signals generate", arguments, run => new GenerateJob(run.Lake, request, run, cluster, cancel).Run());

    private GenerateResult Run()
    {
        // bars first: all universes made from them share one pass, and each of imported counts has its own
        var works = new UniverseWork[_request.Universes.Count];
        foreach (var counted in (bool[])[false, true])
        {
            RunAll(works, counted);
        }

        if (Array.TrueForAll(works, w => w.Mode == GenerateMode.Empty))
        {
            throw Nobody(works[0].Universe, _lake.Source(works[0].Universe, _request.Interval));
        }

        var results = Array.ConvertAll(works, w => w.Result());
        var result = new GenerateResult(_run.Id, results, _rows, _symbols, _watch.Timings);
        _run.End(result.Rows);
        return result with { Timings = _watch.Timings };
    }

    /// <summary>Computes the universes that are made from bars, or those made from counts.</summary>
    private void RunAll(UniverseWork[] all, bool counted)
    {
        DeltaTable? source = null;
        Snapshot? snapshot = null;
        List<UniverseWork> works = [];
        for (var i = 0; i < all.Length; i++)
        {
            var universe = _request.Universes[i];
            if (universe.IsCounts == counted)
            {
                source ??= _lake.Source(universe, _request.Interval);
                snapshot ??= Existing(source);
                works.Add(all[i] = new UniverseWork(universe, _request, snapshot));
            }
        }

        if (source is null)
        {
            return;
        }

        var plan = new IncrementPlan(_request, source, snapshot!, _results, _states, _watch);
        plan.Decide(works);
        var scans = counted ? Count(source, snapshot!, works) : Scan(source, snapshot!, works, plan);
        Compute(scans);
        _cancel.ThrowIfCancellationRequested();
        var written = works.FindAll(w => w.IsComputed);
        if (written.Count == 0)
        {
            return;
        }

        // one that waits for DuckDB's threads would keep asking, at the cost of the others
        _watch.Time("write_ms", () => DuckDatabase.OnOwnThreads(() => Write(source, snapshot!, scans, plan, written)));
    }

    /// <summary>One commit a table, the states' first: a run that dies between two leaves results of before, which the next run completes.</summary>
    private void Write(DeltaTable source, Snapshot snapshot, List<Scanned> scans, IncrementPlan plan, List<UniverseWork> works)
    {
        using var states = new Milestone();
        var writer = new ResultWriter(_request.Interval, _request.Settings, works.ConvertAll(w => w.Results()), _run.Id, RunTerms.Of(_request, works, states.Wait));
        Threads.Run(
            () => states.Reach(() => WriteStates(source, snapshot, scans, plan, works)),
            () => writer.Write(_results[0], Tables.BreadthFilled(_request.Settings.Indicators), rows => rows.Breadth),
            () => writer.Write(_results[1], Tables.Signals, rows => rows.Signals),
            () => writer.Write(_results[2], Tables.Thrusts, rows => rows.Thrusts));
    }

    private Snapshot Existing(DeltaTable source)
    {
        var snapshot = source.Load();
        if (!snapshot.Exists || snapshot.Files.Count == 0)
        {
            throw new JobException($"there are no bars in {source.Place}; bring some with: bf data import FILE");
        }

        _run.Read(source.Schema.Name, snapshot.Version);
        return snapshot;
    }

    private JobException Nobody(Universe universe, DeltaTable source) => new(universe.IsCounts
        ? $"{source.Place} has no counts of universe {universe.Name} at interval {_request.Interval}; bring some with: bf data import-counts FILE"
        : $"{source.Place} has no bars of universe {universe.Name}; see what there is with: bf data list");

    /// <summary>One pass over the new bars for those who go on, one over all bars for the others.</summary>
    private List<Scanned> Scan(DeltaTable source, Snapshot snapshot, List<UniverseWork> works, IncrementPlan plan)
    {
        List<Scanned> scans = [];
        var (later, anew) = (works.FindAll(w => w.Mode == GenerateMode.Incremental), works.FindAll(w => w.Mode == GenerateMode.Full));
        if (later.Count > 0)
        {
            scans.Add(new(later, Local(later).ScanNew(snapshot, plan.After, symbol => plan.States.GetValueOrDefault(symbol)?.State, _cancel)));
        }

        if (anew.Count > 0)
        {
            scans.Add(new(anew, _cluster is null ? Local(anew).ScanAll(snapshot, cancel: _cancel) : OnSpark(_cluster, anew)));
        }

        return scans;

        LocalEngine Local(List<UniverseWork> some) => new(source, some.ConvertAll(w => w.Universe), _watch, _request.Settings.Indicators);

        ScanResult OnSpark(SparkCluster cluster, List<UniverseWork> some)
        {
            _run.Engine = "spark";
            cluster.WorkFor(_run.Id);
            return new SparkEngine(cluster, source, new(some.ConvertAll(w => w.Universe), _request.Settings.Indicators), _watch).ScanAll(snapshot, _cancel);
        }
    }

    private List<Scanned> Count(DeltaTable source, Snapshot snapshot, List<UniverseWork> works) =>
        works.FindAll(w => w.IsComputed).ConvertAll(work =>
        {
            var counts = _watch.Time("read_ms", () => CountReader.Read(source, snapshot, work.Universe.Name, _request.Interval));
            return new Scanned([work], new([counts], new Dictionary<string, PackedState>(StringComparer.Ordinal), counts.Count));
        });

    private void Compute(List<Scanned> scans)
    {
        List<Action> work = [];
        foreach (var scan in scans)
        {
            _rows += scan.Result.Rows;
            _symbols += scan.Result.States.Count;
            for (var u = 0; u < scan.Works.Count; u++)
            {
                var (one, tally) = (scan.Works[u], scan.Result.Tallies[u]);
                if (one.Mode == GenerateMode.Full && tally.Count == 0)
                {
                    one.Nobody();
                }
                else
                {
                    work.Add(() => one.Compute(tally));
                }
            }
        }

        _watch.Time("series_ms", () => Threads.Share(work));
    }

    private void WriteStates(DeltaTable source, Snapshot bars, List<Scanned> scans, IncrementPlan plan, List<UniverseWork> works)
    {
        if (works[0].Universe.IsCounts)
        {
            return;
        }

        // what covers more stays, since a run for all symbols goes on from it; what is newer stays in any case
        var scope = Universe.Union(works.ConvertAll(w => w.Universe));
        var broader = Fingerprint.Scope(bars.MetaData!.Id, Universe.All);
        bool Stays(Progress stored) =>
            !(_request.Force && scope.IsAll)
            && ((stored.BarsVersion > bars.Version && stored.BarsVersion <= source.Load().Version)
            || (!scope.IsAll && stored.Fingerprint == broader && (stored.BarsVersion == bars.Version || plan.States.Count > 0)));
        if (Stays(_states.Progress()))
        {
            return;
        }

        var states = new Dictionary<string, PackedState>(StringComparer.Ordinal);
        foreach (var scan in scans)
        {
            foreach (var (symbol, state) in scan.Result.States)
            {
                states[symbol] = state;
            }
        }

        foreach (var (symbol, known) in plan.States)
        {
            states.TryAdd(symbol, known.Packed);
        }

        using var connection = DuckDatabase.Connect();
        _states.Write(connection, states, bars.Version, Fingerprint.Scope(bars.MetaData!.Id, scope), _run.Id, Stays);
    }

    /// <summary>Universes that shared a pass, and what it gave.</summary>
    private sealed record Scanned(List<UniverseWork> Works, ScanResult Result);
}
