namespace Bf.Core.Live;

/// <summary>The times of accepted bars that are kept, ascending, each with its counts.</summary>
internal sealed class LiveCalendar(int universes)
{
    private readonly List<LiveTally> _times = [];
    private readonly List<LiveTally> _changed = [];
    private LiveTally? _latest; // bars come by time: the next one's is mostly the last one's

    /// <summary>The times, ascending.</summary>
    public IReadOnlyList<LiveTally> Times => _times;

    /// <summary>The counts of a time.</summary>
    /// <param name="ts">The time.</param>
    /// <param name="added">Whether it was not there before.</param>
    public LiveTally At(long ts, out bool added)
    {
        added = false;
        if (_latest?.Ts == ts)
        {
            return _latest;
        }

        var at = Before(ts);
        if (at == _times.Count || _times[at].Ts != ts)
        {
            added = true;
            _times.Insert(at, new(ts, universes));
        }

        return _latest = _times[at];
    }

    /// <summary>The second of the times before one; <see cref="long.MinValue"/> where there are not two.</summary>
    public long SecondBefore(long ts)
    {
        var before = Before(ts);
        return before < 2 ? long.MinValue : _times[before - 2].Ts;
    }

    /// <summary>Adds a time after all others.</summary>
    public void Append(LiveTally tally) => _times.Add(tally);

    /// <summary>Remembers that counts changed.</summary>
    public void Change(LiveTally tally)
    {
        if (!tally.Changed)
        {
            tally.Changed = true;
            _changed.Add(tally);
        }
    }

    /// <summary>What changed since the last call, ascending.</summary>
    public PartialTally[] TakeChanged()
    {
        _changed.Sort(static (a, b) => a.Ts.CompareTo(b.Ts));
        var changed = new PartialTally[_changed.Count];
        for (var i = 0; i < changed.Length; i++)
        {
            changed[i] = _changed[i].ToPartial();
            _changed[i].Changed = false;
        }

        _changed.Clear();
        return changed;
    }

    /// <summary>Drops the times before one, and their counts, but for those that were not told yet.</summary>
    public void Forget(long before)
    {
        _times.RemoveAll(t => t.Ts < before && !t.Changed);
        _latest = null;
    }

    /// <summary>How many times are before one.</summary>
    private int Before(long ts)
    {
        int from = 0, to = _times.Count;
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _times[middle].Ts < ts ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}
