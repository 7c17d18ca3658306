using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Generate;

/// <summary>Finds which universes can go on from what is stored, and why the others have to be computed anew.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="source">The bars, or the counts.</param>
/// <param name="bars">Their snapshot.</param>
/// <param name="results">The tables of results; the first is <c>breadth</c>.</param>
/// <param name="states">The kernel's states.</param>
/// <param name="watch">Counts the time of reading.</param>
internal sealed class IncrementPlan(GenerateRequest request, DeltaTable source, Snapshot bars, DeltaTable[] results, StateStore states, Stopwatches watch)
{
    private readonly Snapshot[] _stored = Array.ConvertAll(results, t => t.Load());

    /// <summary>The kernel's states that the increments go on from, by symbol.</summary>
    public Dictionary<string, KnownState> States { get; private set; } = [];

    /// <summary>The last date that is counted already.</summary>
    public long After { get; private set; } = long.MinValue;

    /// <summary>Tells each universe how it is computed.</summary>
    public void Decide(IReadOnlyList<UniverseWork> works)
    {
        var scope = Universe.Union(request.Universes);
        var first = long.MaxValue;
        List<UniverseWork> later = [];
        foreach (var work in works)
        {
            if (MayGoOn(work, scope) is { } firstTs)
            {
                first = Math.Min(first, firstTs);
                later.Add(work);
            }
        }

        if (later.Count == 0)
        {
            return;
        }

        if (watch.Time("read_ms", states.TryRead) is not { } known)
        {
            later.ForEach(w => w.Anew("the state can't be read"));
            return;
        }

        var before = watch.Time("read_ms", () => BreadthReader.Read(results[0], _stored[0], later.ConvertAll(w => w.Universe.Name), request.Interval));
        (States, After) = (known, LastOf(before, known));
        foreach (var work in later)
        {
            if (first > After)
            {
                work.GoOnFrom(Stored(work)[0], before[work.Universe.Name]);
            }
            else
            {
                work.Anew("bars were added before the last date");
            }
        }
    }

    /// <summary>The first date added since, where a universe's results may go on from what is stored; else it is told what to do instead.</summary>
    private long? MayGoOn(UniverseWork work, Universe scope)
    {
        var progress = Stored(work);
        var done = progress[0];
        if (request.Force)
        {
            work.Anew("asked to");
        }
        else if (done.BarsVersion is null || Array.Exists(progress, p => p != done))
        {
            work.Anew(Array.TrueForAll(progress, p => p.BarsVersion is null) ? "first run" : "the last run did not end");
        }
        else if (done.Fingerprint != work.To.Fingerprint && !(done.BarsVersion == bars.Version && done.Fingerprint == Fingerprint.Of(bars.MetaData!.Id, work.Universe, request.Settings, null, null)))
        {
            work.Anew("members, dates, settings or versions changed");
        }
        else if (done.BarsVersion > bars.Version)
        {
            // another run was faster; or newer versions are gone, since the newest entry of the log was taken away
            if (source.Load().Version >= done.BarsVersion)
            {
                work.NothingNew();
            }
            else
            {
                work.Anew("the bars went back to an older version");
            }
        }
        else
        {
            return AddedSince(done.BarsVersion.Value, work, scope);
        }

        return null;
    }

    private long? AddedSince(long from, UniverseWork work, Universe scope)
    {
        var changes = BarChanges.Between(source, from, bars.Version);
        if (changes.Nothing)
        {
            work.NothingNew();
        }
        else if (work.Universe.IsCounts)
        {
            work.Anew("the counts changed"); // there is no state to go on from, and nothing cheaper than all of them
        }
        else if (!changes.OnlyAppends)
        {
            work.Anew("bars that were there changed");
        }
        else if (request.From is not null || request.To is not null)
        {
            work.Anew("a range of dates"); // what it left out was not stored, so the counts can't be read back
        }
        else if (request.Settings.Indicators.Counts.Count > 0)
        {
            work.Anew("indicators that are made from whole histories"); // the states hold what the usual ones need
        }
        else if (!states.StandsFor(from, bars.MetaData!.Id, [Universe.All, scope, work.Universe]))
        {
            work.Anew("no state to go on from");
        }
        else
        {
            return changes.FirstTs;
        }

        return null;
    }

    private Progress[] Stored(UniverseWork work) => Array.ConvertAll(_stored, s => Progress.In(s, request.Interval, work.Universe.Name));

    private static long LastOf(Dictionary<string, BreadthTally> before, Dictionary<string, KnownState> known)
    {
        var last = long.MinValue;
        foreach (var tally in before.Values)
        {
            last = tally.Count > 0 ? Math.Max(last, tally.Ts[^1]) : last;
        }

        foreach (var state in known.Values)
        {
            last = Math.Max(last, state.State.LastTs);
        }

        return last;
    }
}
