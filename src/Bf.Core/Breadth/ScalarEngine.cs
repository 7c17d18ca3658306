using Bf.Core.Market;

namespace Bf.Core.Breadth;

/// <summary>
/// The kernel one bar at a time. The vector form must give the same; it hands symbols over whose prices spread too far for it.
/// It is compiled ahead of time, so it also serves increments of few bars, which would wait longer for the vector form's compilation.
/// </summary>
internal sealed unsafe class ScalarEngine(KernelScratch scratch) : KernelEngine
{
    /// <summary>Up to so many bars each looks at its windows anew, which is quicker than preparing to carry them along.</summary>
    private const int FewBars = 3;

    public override bool TryConvert(ReadOnlySpan<double> prices, int at)
    {
        var ticks = scratch.Ticks.Span(at, prices.Length);
        for (var i = 0; i < prices.Length; i++)
        {
            ticks[i] = Ticks.FromPrice(prices[i]);
            if (!(prices[i] <= Ticks.MaxPrice) || ticks[i] <= 0)
            {
                return false;
            }
        }

        return true;
    }

    public override long VolumeBits(ReadOnlySpan<long> volumes)
    {
        var bits = 0L;
        foreach (var volume in volumes)
        {
            bits |= volume;
        }

        return bits;
    }

    public override void Measure(int from, int to)
    {
        var ticks = scratch.Ticks.Start;
        if (to - from <= FewBars)
        {
            for (var i = from; i < to; i++)
            {
                Measure(ticks, i, BarWindows.Of(ticks, i));
            }

            return;
        }

        // carried along from bar to bar, from the windows up to the bar before the first
        var before = BarWindows.Of(ticks, from - 1);
        long sum20 = before.Sum20, sum50 = before.Sum50, sum200 = before.Sum200;
        int high = Latest(ticks, from - 1, 1), low = Latest(ticks, from - 1, -1);
        for (var i = from; i < to; i++)
        {
            sum20 = Slide(sum20, ticks, i, 20);
            sum50 = Slide(sum50, ticks, i, 50);
            sum200 = Slide(sum200, ticks, i, 200);
            high = Latest(ticks, i, high, 1);
            low = Latest(ticks, i, low, -1);
            Measure(ticks, i, new(sum20, sum50, sum200, ticks[high], ticks[low]));
        }
    }

    private void Measure(long* ticks, int i, in BarWindows windows) =>
        scratch.Flags.Start[i] = BarStep.Flags(i, ticks[i - 1], ticks[i], windows, out scratch.Returns.Start[i]);

    public override void Accumulate(DateRun run, int offset, ReadOnlySpan<long> volumes, DateSums sums)
    {
        for (var k = 0; k < run.Length; k++)
        {
            var date = run.Date + k;
            var flags = scratch.Flags.Start[offset + run.Bar + k];
            sums.Flags[date] += flags;
            sums.Returns[date] = checked(sums.Returns[date] + scratch.Returns.Start[offset + run.Bar + k]);
            var side = (flags & BarFlags.Adv) != 0 ? sums.UpVol : (flags & BarFlags.Dec) != 0 ? sums.DownVol : sums.UnchVol;
            var sum = side[date] + volumes[run.Bar + k];
            side[date] = sum >= 0 ? sum : throw sums.Overflow(date);
        }
    }

    /// <summary>The sum of the last <paramref name="window"/> ticks up to <paramref name="i"/>, given that up to the tick before.</summary>
    private static long Slide(long sum, long* ticks, int i, int window) =>
        sum + ticks[i] - (i >= window ? ticks[i - window] : 0);

    /// <summary>The last index of the highest (<paramref name="sign"/> 1) or lowest (-1) of the 252 ticks up to <paramref name="i"/>, given that of the tick before.</summary>
    private static int Latest(long* ticks, int i, int best, int sign)
    {
        if (sign * ticks[i] >= sign * ticks[best])
        {
            return i;
        }

        if (best > i - SymbolState.Window)
        {
            return best;
        }

        return Latest(ticks, i, sign);
    }

    /// <summary>The same, from the ticks alone; 0 before the first.</summary>
    private static int Latest(long* ticks, int i, int sign)
    {
        var best = Math.Max(0, i - SymbolState.Window + 1);
        for (var j = best + 1; j <= i; j++)
        {
            best = sign * ticks[j] >= sign * ticks[best] ? j : best;
        }

        return best;
    }
}
