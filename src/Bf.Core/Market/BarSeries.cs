namespace Bf.Core.Market;

/// <summary>The bars of one symbol, column by column: arrays of one length, an entry a bar.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Ts">Times, microseconds since 1970-01-01 UTC, strictly ascending.</param>
/// <param name="Open">Opens, as quoted.</param>
/// <param name="Close">Closes, as quoted.</param>
/// <param name="AdjClose">Closes adjusted for splits and dividends.</param>
/// <param name="Volume">Shares traded.</param>
public sealed record BarSeries(string Symbol, long[] Ts, double[] Open, double[] Close, double[] AdjClose, long[] Volume)
{
    /// <summary>The number of bars.</summary>
    public int Count => Ts.Length;
}
