using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Generate;

/// <summary>What an increment starts from.</summary>
/// <param name="From">What the stored results were made from.</param>
/// <param name="After">The last date that is counted already.</param>
/// <param name="Before">The counts so far.</param>
/// <param name="States">The kernel's states so far, by symbol.</param>
internal sealed record Increment(Progress From, long After, BreadthTally Before, Dictionary<string, KnownState> States)
{
    /// <summary>Whether there is nothing to compute.</summary>
    public bool Nothing { get; init; }
}

/// <summary>Finds whether a run can go on from what is stored, or has to compute everything, and why.</summary>
internal sealed class IncrementPlan(GenerateRequest request, DeltaTable source, DeltaTable[] results, StateStore states, Stopwatches watch)
{
    /// <summary>An increment, when what is stored allows one; null when everything has to be computed.</summary>
    public Increment? Find(Snapshot bars, long fingerprint, out string? why)
    {
        var snapshots = Array.ConvertAll(results, t => t.Load());
        var progress = Array.ConvertAll(snapshots, s => Progress.In(s, request.Interval, request.Universe.Name));
        why = null;
        if (request.Force)
        {
            why = "asked to";
        }
        else if (progress is not [{ BarsVersion: not null } done, ..] || Array.Exists(progress, p => p != done))
        {
            why = Array.TrueForAll(progress, p => p.BarsVersion is null) ? "first run" : "the last run did not end";
        }
        else if (done.Fingerprint != fingerprint && !(done.Fingerprint == Fingerprint.Of(bars.MetaData!.Id, request.Universe, null, null) && done.BarsVersion == bars.Version))
        {
            why = "members, dates or versions changed";
        }
        else
        {
            return Find(bars, done, snapshots[0], out why);
        }

        return null;
    }

    private Increment? Find(Snapshot bars, Progress done, Snapshot breadth, out string? why)
    {
        var from = done.BarsVersion!.Value;
        why = null;
        if (from > bars.Version)
        {
            // another run was faster; or newer versions are gone, since the newest entry of the log was taken away
            why = source.Load().Version >= from ? null : "the bars went back to an older version";
            return why is null ? new(done, 0, BreadthTally.Empty, []) { Nothing = true } : null;
        }

        var changes = BarChanges.Between(source, from, bars.Version);
        if (changes.Nothing)
        {
            return new(done, 0, BreadthTally.Empty, []) { Nothing = true };
        }

        if (request.Universe.IsCounts)
        {
            why = "the counts changed"; // there is no state to go on from, and nothing cheaper than all of them
            return null;
        }

        if (!changes.OnlyAppends)
        {
            why = "bars that were there changed";
            return null;
        }

        // what a range left out was not stored, so the counts can't be read back
        if (request.From is not null || request.To is not null)
        {
            why = "a range of dates";
            return null;
        }

        var stored = states.Progress();
        if (stored.BarsVersion != from || (stored.Fingerprint != Fingerprint.Scope(bars.MetaData!.Id, Universe.All) && stored.Fingerprint != Fingerprint.Scope(bars.MetaData!.Id, request.Universe)))
        {
            why = "no state to go on from";
            return null;
        }

        if (watch.Time("read_ms", states.TryRead) is not { } known)
        {
            why = "the state can't be read";
            return null;
        }

        return watch.Time("read_ms", () =>
        {
            var before = BreadthReader.Read(results[0], breadth, request.Universe.Name, request.Interval);
            var last = Math.Max(before.Count > 0 ? before.Ts[^1] : long.MinValue, known.Count > 0 ? known.Values.Max(s => s.State.LastTs) : long.MinValue);
            return changes.FirstTs > last ? new Increment(done, last, before, known) : null;
        }) ?? Late(out why);

        static Increment? Late(out string? why)
        {
            why = "bars were added before the last date";
            return null;
        }
    }
}
