using System.Runtime.CompilerServices;

namespace Bf.Core.Breadth;

internal sealed unsafe partial class VectorEngine<TLanes, TRegister>
{
    /// <summary>Ticks to codes and their running sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Encode(long* ticks, long origin, int to)
    {
        var codes = _vectors.Codes.Start;
        var sums = _vectors.Sums.Start;
        var less = TLanes.AllI64(origin);
        var carry = TLanes.AllI64(0);
        for (var i = 0; i < to; i += 2 * TLanes.Count)
        {
            var a = TLanes.SubI64(TLanes.Load(ticks + i), less);
            var b = TLanes.SubI64(TLanes.Load(ticks + i + TLanes.Count), less);
            TLanes.Store(TLanes.NarrowI64(a, b), codes + i);
            var sumA = TLanes.ScanI64(a);
            var sumB = TLanes.ScanI64(b);
            TLanes.Store(TLanes.AddI64(carry, sumA), sums + i);
            carry = TLanes.AddI64(carry, TLanes.SpreadLastI64(sumA));
            TLanes.Store(TLanes.AddI64(carry, sumB), sums + i + TLanes.Count);
            carry = TLanes.AddI64(carry, TLanes.SpreadLastI64(sumB));
        }
    }

    /// <summary>
    /// Advances, declines, new highs and new lows. The extreme of 252 bars is that of four windows of 64, the last two of
    /// which overlap; each of 64 comes from four of 16, and so on. Doubling instead (2, 4, ..., 128) measured the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MarkOrder(int from, int to)
    {
        Widen(_vectors.Codes, _vectors.Highs[0], _vectors.Lows[0], 1, to);
        for (var i = 0; i < 3; i++)
        {
            _vectors.Highs[0].Start[i] = int.MaxValue;
            _vectors.Lows[0].Start[i] = int.MinValue;
        }

        Widen(_vectors.Highs[0], _vectors.Lows[0], _vectors.Highs[1], _vectors.Lows[1], 4, to);
        Widen(_vectors.Highs[1], _vectors.Lows[1], _vectors.Highs[2], _vectors.Lows[2], 16, to);

        var codes = _vectors.Codes.Start;
        var high = _vectors.Highs[2].Start;
        var low = _vectors.Lows[2].Start;
        var order = _vectors.Order.Start;
        var adv = TLanes.AllI32((int)BarFlags.Adv);
        var dec = TLanes.AllI32((int)BarFlags.Dec);
        var newHigh = TLanes.AllI32((int)BarFlags.Nh252);
        var newLow = TLanes.AllI32((int)BarFlags.Nl252);
        for (var i = Floor(from); i < to; i += 2 * TLanes.Count)
        {
            var code = TLanes.Load(codes + i);
            var before = TLanes.Load(codes + i - 1);
            var highest = TLanes.MaxI32(
                TLanes.MaxI32(TLanes.Load(high + i), TLanes.Load(high + i - 64)),
                TLanes.MaxI32(TLanes.Load(high + i - 128), TLanes.Load(high + i - 188)));
            var lowest = TLanes.MinI32(
                TLanes.MinI32(TLanes.Load(low + i), TLanes.Load(low + i - 64)),
                TLanes.MinI32(TLanes.Load(low + i - 128), TLanes.Load(low + i - 188)));
            var flags = TLanes.Or(
                TLanes.Or(TLanes.IfGreaterI32(code, before, adv), TLanes.IfGreaterI32(before, code, dec)),
                TLanes.Or(TLanes.IfEqualI32(code, highest, newHigh), TLanes.IfEqualI32(code, lowest, newLow)));
            TLanes.Store(flags, order + i);
        }
    }

    /// <summary>Extremes of windows four times as long; of single codes both come from one source.</summary>
    private static void Widen(PaddedBuffer<int> codes, PaddedBuffer<int> high, PaddedBuffer<int> low, int step, int to) =>
        Widen(codes, codes, high, low, step, to);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(
        PaddedBuffer<int> highs, PaddedBuffer<int> lows, PaddedBuffer<int> widerHighs, PaddedBuffer<int> widerLows, int step, int to)
    {
        var high = highs.Start;
        var low = lows.Start;
        var widerHigh = widerHighs.Start;
        var widerLow = widerLows.Start;
        for (var i = 0; i < to; i += 2 * TLanes.Count)
        {
            TLanes.Store(
                TLanes.MaxI32(
                    TLanes.MaxI32(TLanes.Load(high + i), TLanes.Load(high + i - step)),
                    TLanes.MaxI32(TLanes.Load(high + i - (2 * step)), TLanes.Load(high + i - (3 * step)))),
                widerHigh + i);
            TLanes.Store(
                TLanes.MinI32(
                    TLanes.MinI32(TLanes.Load(low + i), TLanes.Load(low + i - step)),
                    TLanes.MinI32(TLanes.Load(low + i - (2 * step)), TLanes.Load(low + i - (3 * step)))),
                widerLow + i);
        }
    }

    /// <summary>Closes above their means, and returns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MarkMeans(long* ticks, long origin, int from, int to)
    {
        var sums = _vectors.Sums.Start;
        var order = _vectors.Order.Start;
        var words = scratch.Flags.Start;
        var returns = scratch.Returns.Start;
        var less = TLanes.AllI64(origin);
        var above20 = TLanes.AllI64(BarFlags.Above20);
        var above50 = TLanes.AllI64(BarFlags.Above50);
        var above200 = TLanes.AllI64(BarFlags.Above200);
        var outlier = TLanes.AllI64(BarFlags.Outlier);
        var unit = TLanes.AllF64(BarReturn.Unit);
        var lowest = TLanes.AllF64(BarReturn.Lowest);
        var highest = TLanes.AllF64(BarReturn.Highest);
        for (var i = Floor(from); i < to; i += TLanes.Count)
        {
            var tick = TLanes.Load(ticks + i);
            var before = TLanes.Load(ticks + i - 1);
            var change = TLanes.ToF64(TLanes.SubI64(tick, before));
            var gain = Round(TLanes.MulF64(TLanes.DivF64(change, TLanes.ToF64(before)), unit));
            TLanes.Store(TLanes.IfBetweenF64(gain, lowest, highest, TLanes.ToI64(gain)), returns + i);
            var word = TLanes.AndNot(outlier, TLanes.IfBetweenF64(gain, lowest, highest, outlier));

            // No multiplication of 64 bits in AVX2, and a slow one in AVX-512.
            var x = TLanes.SubI64(tick, less);
            var x5 = TLanes.AddI64(x, TLanes.ShiftI64(x, 2));
            var x25 = TLanes.AddI64(x5, TLanes.ShiftI64(x5, 2));
            var sum = TLanes.Load(sums + i);
            var sum20 = TLanes.SubI64(sum, TLanes.Load(sums + i - 20));
            var sum50 = TLanes.SubI64(sum, TLanes.Load(sums + i - 50));
            var sum200 = TLanes.SubI64(sum, TLanes.Load(sums + i - 200));
            word = TLanes.Or(word, TLanes.IfGreaterI64(TLanes.ShiftI64(x5, 2), sum20, above20));
            word = TLanes.Or(word, TLanes.IfGreaterI64(TLanes.ShiftI64(x25, 1), sum50, above50));
            word = TLanes.Or(word, TLanes.IfGreaterI64(TLanes.ShiftI64(x25, 3), sum200, above200));
            TLanes.Store(TLanes.Or(word, TLanes.LoadWide(order + i)), words + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Round(TRegister value)
    {
        var sign = TLanes.And(value, TLanes.AllF64(-0.0));
        return TLanes.TruncateF64(TLanes.AddF64(value, TLanes.Or(sign, TLanes.AllF64(BelowHalf))));
    }

    /// <summary>The start of the register that holds an index.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Floor(int index) => index / (2 * TLanes.Count) * (2 * TLanes.Count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Accumulate(DateRun run, int offset, ReadOnlySpan<long> volumes, DateSums sums)
    {
        if (run.Length < TLanes.Count)
        {
            _scalar.Accumulate(run, offset, volumes, sums);
            return;
        }

        var whole = run.Length / TLanes.Count * TLanes.Count;
        var adv = TLanes.AllI64(BarFlags.Adv);
        var dec = TLanes.AllI64(BarFlags.Dec);
        var moved = TLanes.Or(adv, dec);
        var word = scratch.Flags.Start + offset + run.Bar;
        var gain = scratch.Returns.Start + offset + run.Bar;
        fixed (long* volume = &volumes[run.Bar], flags = &sums.Flags[run.Date], returns = &sums.Returns[run.Date],
            up = &sums.UpVol[run.Date], down = &sums.DownVol[run.Date], unchanged = &sums.UnchVol[run.Date])
        {
            for (var i = 0; i < whole; i += TLanes.Count)
            {
                var w = TLanes.Load(word + i);
                var v = TLanes.Load(volume + i);
                TLanes.Store(TLanes.AddI64(TLanes.Load(flags + i), w), flags + i);
                TLanes.Store(TLanes.AddI64(TLanes.Load(returns + i), TLanes.Load(gain + i)), returns + i);
                TLanes.Store(TLanes.AddIfI64(TLanes.Load(up + i), v, w, adv), up + i);
                TLanes.Store(TLanes.AddIfI64(TLanes.Load(down + i), v, w, dec), down + i);
                TLanes.Store(TLanes.AddUnlessI64(TLanes.Load(unchanged + i), v, w, moved), unchanged + i);
            }
        }

        _scalar.Accumulate(run.FromBar(run.Bar + whole), offset, volumes, sums);
    }
}
