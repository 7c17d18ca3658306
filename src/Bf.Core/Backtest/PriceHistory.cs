namespace Bf.Core.Backtest;

/// <summary>
/// A symbol's bars as a backtest trades them: prices adjusted for splits and dividends, so that a return between any two is what a
/// holder earned. Only ratios of adjusted prices mean anything; shares counted in them are fractional, and whole ones would be fiction.
/// Shape: arrays of one length, an entry a bar.
/// </summary>
public sealed class PriceHistory
{
    /// <summary>A history of adjusted prices; it takes the arrays over.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="ts">Times, microseconds since 1970-01-01 UTC, strictly ascending.</param>
    /// <param name="open">Adjusted opens; NaN where unknown, and then nothing is traded at that bar.</param>
    /// <param name="close">Adjusted closes, above 0.</param>
    /// <param name="turnover">Close x volume, not adjusted, in currency; NaN where unknown.</param>
    /// <exception cref="ArgumentException">The lengths differ, the times do not ascend or a price is not above 0.</exception>
    public PriceHistory(string symbol, long[] ts, double[] open, double[] close, double[] turnover)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        ArgumentNullException.ThrowIfNull(ts);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(close);
        ArgumentNullException.ThrowIfNull(turnover);
        if (open.Length != ts.Length || close.Length != ts.Length || turnover.Length != ts.Length)
        {
            throw new ArgumentException($"{symbol}: a history needs one open, close and turnover a bar");
        }

        for (var i = 0; i < ts.Length; i++)
        {
            if (i > 0 && ts[i] <= ts[i - 1])
            {
                throw new ArgumentException($"{symbol}: the times of its bars do not ascend at bar {i}", nameof(ts));
            }

            if (!IsPrice(close[i]))
            {
                throw new ArgumentException($"{symbol}: the adjusted close of bar {i} is {close[i]}, not a price", nameof(close));
            }

            if (!IsPrice(open[i]) && !double.IsNaN(open[i]))
            {
                throw new ArgumentException($"{symbol}: the adjusted open of bar {i} is {open[i]}, not a price", nameof(open));
            }
        }

        (Symbol, Ts, Open, Close, Turnover) = (symbol, ts, open, close, turnover);
    }

    /// <summary>The symbol.</summary>
    public string Symbol { get; }

    /// <summary>The bars' times, microseconds since 1970-01-01 UTC, strictly ascending.</summary>
    public long[] Ts { get; }

    /// <summary>Adjusted opens: open x adj_close / close; NaN where unknown.</summary>
    public double[] Open { get; }

    /// <summary>Adjusted closes.</summary>
    public double[] Close { get; }

    /// <summary>Close x volume as traded on the day, in currency; NaN where unknown.</summary>
    public double[] Turnover { get; }

    /// <summary>
    /// A history from bars as they stand in the lake. An open that is not a price becomes unknown; the turnover is made of
    /// unadjusted closes, because what was traded on a day does not change when a dividend is paid later.
    /// </summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="ts">Times, microseconds since 1970-01-01 UTC, strictly ascending; taken over.</param>
    /// <param name="open">Opens.</param>
    /// <param name="close">Closes.</param>
    /// <param name="adjClose">Closes adjusted for splits and dividends; taken over.</param>
    /// <param name="volume">Shares traded.</param>
    /// <exception cref="ArgumentException">The lengths differ, the times do not ascend or a close is not above 0.</exception>
    public static PriceHistory FromBars(string symbol, long[] ts, ReadOnlySpan<double> open, ReadOnlySpan<double> close, double[] adjClose, ReadOnlySpan<long> volume)
    {
        ArgumentNullException.ThrowIfNull(ts);
        ArgumentNullException.ThrowIfNull(adjClose);
        var n = ts.Length;
        if (open.Length != n || close.Length != n || adjClose.Length != n || volume.Length != n)
        {
            throw new ArgumentException($"{symbol}: a history needs one open, close, adjusted close and volume a bar");
        }

        var adjOpen = new double[n];
        var turnover = new double[n];
        for (var i = 0; i < n; i++)
        {
            if (!IsPrice(close[i]))
            {
                throw new ArgumentException($"{symbol}: the close of bar {i} is {close[i]}, not a price", nameof(close));
            }

            // the factor first: where nothing is adjusted it is exactly 1, and the open stays as it was quoted
            adjOpen[i] = IsPrice(open[i]) ? open[i] * (adjClose[i] / close[i]) : double.NaN;
            turnover[i] = close[i] * volume[i];
        }

        return new(symbol, ts, adjOpen, adjClose, turnover);
    }

    private static bool IsPrice(double price) => price > 0 && double.IsFinite(price);
}
