using Bf.Core.Market;

namespace Bf.Core.Backtest.Grid;

/// <summary>
/// Simple moving averages of closes, compared without error. Sums are integers, of ticks. While every sum is below 2^53, a mean is one
/// rounded division of an exact number, which never turns an order round: of two means that differ as doubles the greater is truly
/// greater, and only equal ones have to be compared by their sums.
/// </summary>
internal sealed class MovingAverages
{
    private const long ExactDouble = 1L << 53;

    private readonly long[] _sums;

    /// <exception cref="ArgumentException">A sum of so many ticks is beyond 63 bits.</exception>
    public MovingAverages(double[] closes, int longest)
    {
        var most = 0L;
        _sums = new long[closes.Length + 1];
        for (var i = 0; i < closes.Length; i++)
        {
            var ticks = Ticks.FromPrice(closes[i]);
            most = Math.Max(most, ticks);
            // may wrap around on the way; a difference of two is right again, as long as a window's own sum fits
            _sums[i + 1] = unchecked(_sums[i] + ticks);
        }

        var window = Math.Min(longest, closes.Length);
        if (window > 0 && most > long.MaxValue / window)
        {
            throw new ArgumentException($"the sum of {window} closes of {Ticks.ToPrice(most)} is too large; take shorter averages", nameof(longest));
        }

        AreMeansOrdered = window == 0 || most <= ExactDouble / window;
    }

    /// <summary>Whether unequal means are in their true order.</summary>
    public bool AreMeansOrdered { get; }

    /// <summary>
    /// The means of a length on 64 bars; where undefined, a number that no other length has, so that it ties with nothing.
    /// </summary>
    public void Means(int length, int first, double[] room, int at)
    {
        var sums = _sums;
        var defined = Math.Clamp(length - 1 - first, 0, 64);
        var end = Math.Clamp(sums.Length - 1 - first, defined, 64);
        // no Span.Fill, here or elsewhere on this path: a generic method over doubles would be compiled when first used
        for (var i = 0; i < defined; i++)
        {
            room[at + i] = -length;
        }

        double divisor = length;
        for (int i = defined, bar = first + defined + 1; i < end; i++, bar++)
        {
            room[at + i] = unchecked(sums[bar] - sums[bar - length]) / divisor;
        }

        for (var i = end; i < 64; i++)
        {
            room[at + i] = -length;
        }
    }

    /// <summary>The sign of fast - slow at a bar where both are defined, from integers only.</summary>
    public int Compare(SmaPair pair, int bar)
    {
        var fastSum = unchecked(_sums[bar + 1] - _sums[bar + 1 - pair.Fast]);
        var slowSum = unchecked(_sums[bar + 1] - _sums[bar + 1 - pair.Slow]);
        var high = Math.BigMul(fastSum, (long)pair.Slow, out var low);
        var slowHigh = Math.BigMul(slowSum, (long)pair.Fast, out var slowLow);
        return high != slowHigh ? high.CompareTo(slowHigh) : ((ulong)low).CompareTo((ulong)slowLow);
    }
}
