namespace Bf.Core.Breadth;

/// <summary>The parts of the kernel that differ between its forms. All work on one <see cref="KernelScratch"/>.</summary>
internal abstract class KernelEngine
{
    /// <summary>Converts prices to ticks, into the scratch from index <paramref name="at"/> on.</summary>
    /// <returns>False when a price is not a number above 0 within the limit; the ticks are then undefined.</returns>
    public abstract bool TryConvert(ReadOnlySpan<double> prices, int at);

    /// <summary>All volumes, or-ed: negative when one is negative, else not less than the largest.</summary>
    public abstract long VolumeBits(ReadOnlySpan<long> volumes);

    /// <summary>Computes flags and returns of the ticks from index <paramref name="from"/> up to <paramref name="to"/>.</summary>
    public abstract void Measure(int from, int to);

    /// <summary>Adds flags, volumes and returns of a run of bars to a universe's counters.</summary>
    /// <param name="run">The run; its <see cref="DateRun.Bar"/> indexes <paramref name="volumes"/>.</param>
    /// <param name="offset">Index of bar 0 in the scratch.</param>
    /// <param name="volumes">The volumes of the bars.</param>
    /// <param name="sums">The universe's counters, by date.</param>
    public abstract void Accumulate(DateRun run, int offset, ReadOnlySpan<long> volumes, DateSums sums);
}
