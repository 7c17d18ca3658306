using Bf.Core.Breadth;

namespace Bf.Jobs.Streaming.Combine;

/// <summary>
/// Adds the partial tallies of all partitions, and tells which times are final: those before the watermark, the least of the partitions' clocks.
/// Times before <see cref="Firm"/> can't change any more, whatever is started again; the others are made of what the partitions say.
/// </summary>
internal sealed class Combiner
{
    private readonly int _universes;
    private readonly TimeSpan _idle;
    private readonly PartitionView[] _partitions;
    private readonly SortedDictionary<long, Window> _windows = [];
    private readonly TallyHistory[] _histories;
    private long _changed = long.MaxValue;
    private long _closed = long.MinValue;

    /// <summary>A combiner that goes on from what is firm.</summary>
    /// <param name="partitions">The number of partitions of the topic.</param>
    /// <param name="idle">A partition at its end that was quiet for so long holds up nobody.</param>
    /// <param name="firm">Up to where the histories go, exclusive.</param>
    /// <param name="histories">The counts of each universe before that.</param>
    public Combiner(int partitions, TimeSpan idle, long firm, TallyHistory[] histories)
    {
        (_universes, _idle, _histories, Firm) = (histories.Length, idle, histories, firm);
        _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new PartitionView())];
    }

    /// <summary>Nothing before this can change any more.</summary>
    public long Firm { get; private set; }

    /// <summary>All times before it are final; <see cref="long.MinValue"/> while a partition has not been heard of.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Whether every partition has been heard of.</summary>
    public bool IsComplete => Array.TrueForAll(_partitions, p => p.IsKnown);

    /// <summary>How long nothing has come from any partition, all of them read to their ends; null where there is more to read.</summary>
    public TimeSpan? Quiet => IsComplete && Array.TrueForAll(_partitions, p => p.Newest.Quiet is not null) ? _partitions.Min(p => p.Newest.Quiet) : null;

    /// <summary>Whether everything before some offsets is counted, one a partition.</summary>
    public bool HasCounted(IReadOnlyList<long> ends) => IsComplete && _partitions.Select((p, i) => p.Last.Next >= ends[i]).All(c => c);

    /// <summary>What is kept in checkpoints rules out a change before this time.</summary>
    public long KeptHorizon => IsComplete ? _partitions.Min(p => p.Last.KeptHorizon) : long.MinValue;

    /// <summary>The second time before the watermark: a partition that has nothing to say for long need keep nothing older.</summary>
    public long Horizon
    {
        get
        {
            var before = _windows.Keys.TakeWhile(t => t < Watermark).TakeLast(2).ToList();
            return before.Count == 2 ? before[0] : Firm;
        }
    }

    /// <summary>Takes a report.</summary>
    /// <returns>False where the partition has to be asked for all its tallies.</returns>
    public bool Take(PartitionReport report)
    {
        var known = _partitions[report.Partition].Take(report, Change);
        Watermark = Math.Max(Watermark, LeastClock());
        return known;
    }

    /// <summary>
    /// Brings the histories up to the watermark.
    /// </summary>
    /// <param name="close">Whether nothing more comes: then every time is final.</param>
    /// <returns>The first time whose counts are new or have changed; null where none is.</returns>
    public long? Advance(bool close = false)
    {
        if (close && _windows.Count > 0)
        {
            _closed = Math.Max(_closed, _windows.Keys.Last());
        }

        var from = _changed;
        foreach (var (ts, window) in _windows)
        {
            if (!window.Counted && IsFinal(ts))
            {
                from = Math.Min(from, ts);
                break;
            }
        }

        if (from == long.MaxValue)
        {
            return null;
        }

        Array.ForEach(_histories, h => h.Truncate(from));
        foreach (var (ts, window) in _windows.Where(w => w.Key >= from && IsFinal(w.Key)))
        {
            window.Counted = true;
            for (var u = 0; u < _universes; u++)
            {
                _histories[u].Append(ts, window.Sums[u]);
            }
        }

        _changed = long.MaxValue;
        return from;
    }

    /// <summary>The counts of a universe at all final times.</summary>
    public BreadthTally Tally(int universe) => _histories[universe].ToTally();

    /// <summary>The first time that is not final, and a universe's counts up to it; null where there is none, or no member has a bar.</summary>
    public BreadthTally? Open(int universe)
    {
        foreach (var (ts, window) in _windows)
        {
            if (!IsFinal(ts))
            {
                return window.Sums[universe][(int)TallyColumn.Bars] == 0 ? null : _histories[universe].ToTally(ts, window.Sums[universe]);
            }
        }

        return null;
    }

    /// <summary>What is to be kept so that a combiner can go on when nothing before a time can change any more.</summary>
    public byte[] Encode(long firm)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(_universes);
        Array.ForEach(_histories, h => h.Write(writer, firm));
        return stream.ToArray();
    }

    /// <summary>The histories of what <see cref="Encode"/> gave.</summary>
    /// <exception cref="FormatException">The bytes are not that.</exception>
    public static TallyHistory[] Decode(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes));
            return [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => TallyHistory.Read(reader))];
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException)
        {
            throw new FormatException("the counts of a checkpoint can't be read", e);
        }
    }

    /// <summary>Makes the times before one firm.</summary>
    public void Settle(long firm)
    {
        Firm = firm;
        _changed = Math.Max(_changed, firm); // what was said again of firm times is in the histories, and their windows go
        foreach (var ts in _windows.Keys.Where(t => t < firm).ToList())
        {
            _windows.Remove(ts);
        }

        Array.ForEach(_partitions, p => p.Forget(firm));
    }

    private bool IsFinal(long ts) => ts < Watermark || ts <= _closed;

    private long LeastClock()
    {
        if (!IsComplete)
        {
            return long.MinValue;
        }

        var awake = Array.FindAll(_partitions, p => !(p.Last.Quiet >= _idle));
        return awake.Length > 0 ? awake.Min(p => p.Last.Clock) : _partitions.Max(p => p.Last.Clock);
    }

    private void Change(long ts, long[][]? was, long[][]? now)
    {
        if (ts < Firm)
        {
            return; // said again by one who has not heard that it is firm; it is counted
        }

        if (!_windows.TryGetValue(ts, out var window))
        {
            _windows[ts] = window = new(_universes);
        }

        if (was is not null && now is not null && Equal(was, now))
        {
            return; // said again, as by one who takes a partition over
        }

        window.Add(was, -1);
        window.Add(now, 1);
        if (window.Counted || IsFinal(ts))
        {
            _changed = Math.Min(_changed, ts);
        }
    }

    private static bool Equal(long[][] a, long[][] b)
    {
        var equal = true;
        for (var u = 0; u < a.Length; u++)
        {
            equal &= a[u].AsSpan().SequenceEqual(b[u]);
        }

        return equal;
    }

    /// <summary>One time: the sums over all partitions, by universe and column.</summary>
    private sealed class Window(int universes)
    {
        public long[][] Sums { get; } = [.. Enumerable.Range(0, universes).Select(_ => new long[BreadthTally.ColumnCount])];

        public bool Counted { get; set; }

        public void Add(long[][]? counts, long sign)
        {
            for (var u = 0; counts is not null && u < Sums.Length; u++)
            {
                for (var c = 0; c < Sums[u].Length; c++)
                {
                    Sums[u][c] = checked(Sums[u][c] + (sign * counts[u][c]));
                }
            }
        }
    }
}
