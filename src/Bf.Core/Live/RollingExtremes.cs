using Bf.Core.Breadth;

namespace Bf.Core.Live;

/// <summary>
/// The highest and lowest of a symbol's last 252 ticks, bar by bar, as a queue made of two stacks: of the older ticks there is, for each, the extreme of it
/// and those up to the youngest of them; of the newer ones the extreme of all. When no older ones are left all become older, once in 252 bars.
/// </summary>
internal struct RollingExtremes()
{
    private long[] _older = []; // high and low side by side: one cache line
    private long _from;
    private long _to;
    private long _high = long.MinValue;
    private long _low = long.MaxValue;

    /// <summary>Takes a symbol's next tick, which lies in the ring already.</summary>
    public (long High, long Low) Push(ReadOnlySpan<long> ring, long bar, long tick)
    {
        _high = Math.Max(_high, tick);
        _low = Math.Min(_low, tick);
        var first = Math.Max(0, bar - SymbolState.Window + 1);
        if (first >= _to)
        {
            Rebuild(ring, bar);
        }

        var at = (int)(first - _from) * 2;
        return (Math.Max(_high, _older[at]), Math.Min(_low, _older[at + 1]));
    }

    /// <summary>Begins anew after a bar, from the ticks in the ring; after none where it is -1.</summary>
    public void Rebuild(ReadOnlySpan<long> ring, long bar)
    {
        (_from, _to, _high, _low) = (Math.Max(0, bar - SymbolState.Window + 1), bar + 1, long.MinValue, long.MaxValue);
        var length = (int)(_to - _from) * 2;
        if (_older.Length < length)
        {
            _older = new long[length];
        }

        long high = long.MinValue, low = long.MaxValue;
        for (var at = length - 2; at >= 0; at -= 2, bar--)
        {
            var tick = ring[(int)bar & (ring.Length - 1)];
            _older[at] = high = Math.Max(high, tick);
            _older[at + 1] = low = Math.Min(low, tick);
        }
    }
}
