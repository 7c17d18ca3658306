using System.Numerics;

namespace Bf.Core.Backtest.Grid;

/// <summary>
/// Walks a held position through any range of bars in at most four steps: bars lie in blocks of 16, of which the beginnings and ends are
/// known, and whole blocks in a disjoint sparse table, each level of which holds, for each block, the range from it to the middle of
/// its group. Sums of few parts, unlike differences of running sums, lose no digits.
/// </summary>
internal sealed class PriceRanges
{
    private const int Bits = 4;
    private const int Block = 1 << Bits;

    private readonly double[] _closes;
    private readonly PriceRange[] _toEnd;
    private readonly PriceRange[] _fromStart;
    private readonly PriceRange[][] _levels;

    public PriceRanges(double[] closes)
    {
        _closes = closes;
        _toEnd = new PriceRange[closes.Length];
        _fromStart = new PriceRange[closes.Length];
        for (var start = 0; start < closes.Length; start += Block)
        {
            var end = Math.Min(start + Block, closes.Length);
            _fromStart[start] = Single(start);
            for (var i = start + 1; i < end; i++)
            {
                _fromStart[i] = PriceRange.Join(_fromStart[i - 1], Single(i));
            }

            _toEnd[end - 1] = Single(end - 1);
            for (var i = end - 2; i >= start; i--)
            {
                _toEnd[i] = PriceRange.Join(Single(i), _toEnd[i + 1]);
            }
        }

        // the last block, when it is not whole, is never in the middle of a range
        var whole = new PriceRange[closes.Length >> Bits];
        for (var b = 0; b < whole.Length; b++)
        {
            whole[b] = _toEnd[b << Bits];
        }

        _levels = new PriceRange[Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(0, whole.Length - 1)))][];
        _levels[0] = whole;
        for (var level = 1; level < _levels.Length; level++)
        {
            _levels[level] = Level(whole, 1 << level);
        }
    }

    /// <summary>Holds shares from one bar to another, both inclusive.</summary>
    public void Hold(ref EquityWalk walk, double shares, int from, int to)
    {
        var (first, last) = (from >> Bits, to >> Bits);
        if (first == last)
        {
            for (var i = from; i <= to; i++)
            {
                walk.Hold(Single(i), shares);
            }

            return;
        }

        walk.Hold(_toEnd[from], shares);
        first++;
        last--;
        if (first == last)
        {
            walk.Hold(_levels[0][first], shares);
        }
        else if (first < last)
        {
            // the highest bit in which the two differ names the level in whose middle they part
            var level = _levels[BitOperations.Log2((uint)(first ^ last))];
            walk.Hold(level[first], shares);
            walk.Hold(level[last], shares);
        }

        walk.Hold(_fromStart[to], shares);
    }

    private PriceRange Single(int bar)
    {
        var close = _closes[bar];
        var r = bar == 0 ? 0 : (close / _closes[bar - 1]) - 1;
        return new(close, close, 0, r, r * r);
    }

    private static PriceRange[] Level(PriceRange[] whole, int half)
    {
        var level = new PriceRange[whole.Length];
        for (var middle = half; middle < whole.Length; middle += 2 * half)
        {
            level[middle - 1] = whole[middle - 1];
            for (var i = middle - 2; i >= middle - half; i--)
            {
                level[i] = PriceRange.Join(whole[i], level[i + 1]);
            }

            level[middle] = whole[middle];
            var end = Math.Min(middle + half, whole.Length);
            for (var i = middle + 1; i < end; i++)
            {
                level[i] = PriceRange.Join(level[i - 1], whole[i]);
            }
        }

        return level;
    }
}
