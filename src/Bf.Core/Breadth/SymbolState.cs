namespace Bf.Core.Breadth;

/// <summary>
/// What the kernel remembers of a symbol after its last bar: enough to go on from there with the same result as from the first bar.
/// </summary>
/// <param name="LastTs">The last bar's time, microseconds since 1970-01-01 UTC.</param>
/// <param name="Bars">The number of bars so far.</param>
/// <param name="Ticks">The last adjusted closes in ticks, oldest first, at most <see cref="Window"/>.</param>
public sealed partial record SymbolState(long LastTs, long Bars, long[] Ticks)
{
    /// <summary>The longest window of the kernel, in bars.</summary>
    public const int Window = 252;
}
