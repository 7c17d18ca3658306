namespace Bf.Core.Breadth;

/// <summary>What the vector form needs besides <see cref="KernelScratch"/>; all indexed by bar like it.</summary>
internal sealed unsafe class VectorScratch
{
    /// <summary>Ticks in coarse units, of symbols whose prices spread far.</summary>
    public PaddedBuffer<long> Coarse { get; } = new(0);

    /// <summary>Ticks less a base.</summary>
    public PaddedBuffer<int> Codes { get; } = new(0);

    /// <summary>
    /// Sums of the codes from the first bar on. A window that begins before the first bar meets a sum so low that the
    /// window's own is above whatever a mean is compared with: not yet eligible is never above.
    /// </summary>
    public PaddedBuffer<long> Sums { get; } = new(-1L << 61);

    /// <summary>Highest codes of 4, 16 and 64 bars. Before the first bar stands what no code equals: not yet eligible is never a new high.</summary>
    public PaddedBuffer<int>[] Highs { get; } = [new(int.MaxValue), new(int.MaxValue), new(int.MaxValue)];

    /// <summary>Lowest codes, likewise.</summary>
    public PaddedBuffer<int>[] Lows { get; } = [new(int.MinValue), new(int.MinValue), new(int.MinValue)];

    /// <summary>The flags that follow from the order of codes: the lower half of <see cref="BarFlags"/>.</summary>
    public PaddedBuffer<int> Order { get; } = new(0);

    public void Reserve(int length)
    {
        Coarse.Reserve(length);
        Codes.Reserve(length);
        Sums.Reserve(length);
        Order.Reserve(length);
        foreach (var extremes in (ReadOnlySpan<PaddedBuffer<int>[]>)[Highs, Lows])
        {
            extremes[0].Reserve(length);
            extremes[1].Reserve(length);
            extremes[2].Reserve(length);
        }

        Sums.Start[-1] = 0;
    }
}
