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
    /// <returns>The highest and lowest; where a newer tick is above (below) this one, that of the newer ones: it is enough to tell that this one is not the highest (lowest), and what lies far off is not asked for.</returns>
    public (long High, long Low) Push(long[] ring, long bar, long tick)
    {
        var high = _high = Math.Max(_high, tick);
        var low = _low = Math.Min(_low, tick);
        var first = Math.Max(0, bar - SymbolState.Window + 1);
        if (first >= _to)
        {
            Rebuild(ring, bar);
            (high, low) = (_older[0], _older[1]);
        }
        else if (tick == high || tick == low)
        {
            var at = (int)(first - _from) * 2;
            (high, low) = (Math.Max(high, _older[at]), Math.Min(low, _older[at + 1]));
        }

        return (high, low);
    }

    /// <summary>Begins anew after a bar, from the ticks in the ring; after none where it is -1.</summary>
    public void Rebuild(long[] ring, long bar)
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
