namespace Bf.Core.Breadth;

/// <summary>
/// The kernel's working memory for one symbol, reused from symbol to symbol. Index 0 is the oldest tick of the symbol's
/// context, or its first bar when it has none.
/// </summary>
internal sealed class KernelScratch
{
    /// <summary>Adjusted closes in ticks: the context's, then those of the bars being added.</summary>
    public PaddedBuffer<long> Ticks { get; } = new(0);

    /// <summary>What is true of each bar, see <see cref="BarFlags"/>.</summary>
    public PaddedBuffer<long> Flags { get; } = new(0);

    /// <summary>The return of each bar, see <see cref="BarReturn"/>; 0 for an outlier.</summary>
    public PaddedBuffer<long> Returns { get; } = new(0);

    /// <summary>Whether there is room for so many bars already: then what is there stays.</summary>
    public bool Holds(int length) => Ticks.Holds(length) && Flags.Holds(length) && Returns.Holds(length);

    /// <summary>Makes room for so many bars; what the buffers held is lost when they have to grow.</summary>
    public void Reserve(int length)
    {
        Ticks.Reserve(length);
        Flags.Reserve(length);
        Returns.Reserve(length);
    }
}
