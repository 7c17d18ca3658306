using System.Runtime.CompilerServices;
using Bf.Core.Market;

namespace Bf.Core.Breadth;

/// <summary>
/// The kernel a register of bars at a time, without a branch per bar. It works on codes: ticks less a base, so that they
/// fit 32 bits, which keeps their order. A symbol whose prices spread too far for that goes the scalar way.
/// </summary>
/// <typeparam name="TLanes">The operations of a width.</typeparam>
/// <typeparam name="TRegister">The register of that width.</typeparam>
internal sealed unsafe partial class VectorEngine<TLanes, TRegister>(KernelScratch scratch) : KernelEngine
    where TLanes : struct, ILanes<TRegister>
    where TRegister : struct
{
    /// <summary>Up to here ticks convert to doubles and back by the operations of <see cref="ILanes{T}"/>.</summary>
    private const long MostTicks = 1L << 51;

    /// <summary>Ticks may spread so far; the two outermost codes stand for "no bar".</summary>
    private const long MostSpread = (1L << 32) - 4;

    /// <summary>Prices of high-priced symbols have two decimals, or four: their spread may fit in units of so many ticks.</summary>
    private const long CoarseUnit = 100;

    /// <summary>The largest double below a half. Added before truncation it rounds half away from zero, without a half's errors.</summary>
    private const double BelowHalf = 0.49999999999999994;

    private readonly ScalarEngine _scalar = new(scratch);
    private readonly VectorScratch _vectors = new();
    private long _lowest;
    private long _highest;

    public override bool TryConvert(ReadOnlySpan<double> prices, int at)
    {
        var ticks = scratch.Ticks.Start + at;
        var whole = prices.Length / TLanes.Count * TLanes.Count;
        var range = new PriceRange(MostTicks, 0, 0);
        if (whole > 0)
        {
            fixed (double* price = prices)
            {
                range = ConvertWhole(price, ticks, whole);
            }
        }

        for (var i = whole; i < prices.Length; i++)
        {
            ticks[i] = Ticks.FromPrice(prices[i]);
            range = range.With(double.IsNaN(prices[i]) ? double.NaN : ticks[i]);
        }

        if (double.IsNaN(range.Sum) || range.Lowest < 1 || range.Highest >= MostTicks)
        {
            (_lowest, _highest) = (1, MostTicks);
            return _scalar.TryConvert(prices, at);
        }

        (_lowest, _highest) = ((long)range.Lowest, (long)range.Highest);
        return true;
    }

    /// <summary>Converts whole registers; in a method of its own, because a call beside the loop would push its registers to the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static PriceRange ConvertWhole(double* price, long* ticks, int whole)
    {
        var perUnit = TLanes.AllF64(Ticks.PerUnit);
        var half = TLanes.AllF64(BelowHalf);
        var low = TLanes.AllF64(MostTicks);
        var high = TLanes.AllF64(0);
        var sum = TLanes.AllF64(0);
        for (var i = 0; i < whole; i += TLanes.Count)
        {
            var product = TLanes.MulF64(TLanes.Load(price + i), perUnit);
            var rounded = TLanes.TruncateF64(TLanes.AddF64(product, half));
            TLanes.Store(TLanes.ToI64(rounded), ticks + i);
            low = TLanes.MinF64(low, rounded);
            high = TLanes.MaxF64(high, rounded);
            sum = TLanes.AddF64(sum, rounded);
        }

        var lanes = stackalloc double[3 * TLanes.Count];
        TLanes.Store(low, lanes);
        TLanes.Store(high, lanes + TLanes.Count);
        TLanes.Store(sum, lanes + (2 * TLanes.Count));
        var range = new PriceRange(lanes[0], lanes[TLanes.Count], lanes[2 * TLanes.Count]);
        for (var i = 1; i < TLanes.Count; i++)
        {
            range = new(
                Math.Min(range.Lowest, lanes[i]),
                Math.Max(range.Highest, lanes[TLanes.Count + i]),
                range.Sum + lanes[(2 * TLanes.Count) + i]);
        }

        return range;
    }

    public override long VolumeBits(ReadOnlySpan<long> volumes)
    {
        var whole = volumes.Length / TLanes.Count * TLanes.Count;
        fixed (long* volume = volumes)
        {
            return OrWhole(volume, whole) | _scalar.VolumeBits(volumes[whole..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long OrWhole(long* volume, int whole)
    {
        var bits = TLanes.AllI64(0);
        for (var i = 0; i < whole; i += TLanes.Count)
        {
            bits = TLanes.Or(bits, TLanes.Load(volume + i));
        }

        var lanes = stackalloc long[TLanes.Count];
        TLanes.Store(bits, lanes);
        var all = 0L;
        for (var i = 0; i < TLanes.Count; i++)
        {
            all |= lanes[i];
        }

        return all;
    }

    public override void Measure(int from, int to)
    {
        foreach (var tick in scratch.Ticks.Span(0, from))
        {
            (_lowest, _highest) = (Math.Min(_lowest, tick), Math.Max(_highest, tick));
        }

        var ticks = scratch.Ticks.Start;
        var unit = 1L;
        _vectors.Reserve(to);
        if (_highest - _lowest > MostSpread)
        {
            if ((_highest - _lowest) / CoarseUnit > MostSpread || _highest >= MostTicks || !TryCoarsen(to))
            {
                _scalar.Measure(from, to);
                return;
            }

            ticks = _vectors.Coarse.Start;
            unit = CoarseUnit;
        }

        // The middle of the 32-bit range for the middle of the spread.
        var origin = (_lowest / unit) + (1L << 31) - 2;
        Encode(ticks, origin, to);
        MarkOrder(from, to);
        MarkMeans(ticks, origin, from, to);
    }

    private bool TryCoarsen(int to)
    {
        var ticks = scratch.Ticks.Start;
        var coarse = _vectors.Coarse.Start;
        for (var i = 0; i < to; i++)
        {
            coarse[i] = ticks[i] / CoarseUnit;
            if (coarse[i] * CoarseUnit != ticks[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What a look at all prices tells: only a sum is sure to show that one of them is not a number.</summary>
    private readonly record struct PriceRange(double Lowest, double Highest, double Sum)
    {
        public PriceRange With(double ticks) => new(Math.Min(Lowest, ticks), Math.Max(Highest, ticks), Sum + ticks);
    }
}
