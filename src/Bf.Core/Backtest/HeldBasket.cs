namespace Bf.Core.Backtest;

/// <summary>
/// An equal-weight basket of the universe's members, bought at the close of one date and held without rebalancing and without costs.
/// What an index of daily rebalanced weights cannot be: a portfolio that someone could have had by doing nothing. A symbol that
/// vanishes stays at its last close, as cash would; symbols that join the universe later are never bought.
/// </summary>
public static class HeldBasket
{
    /// <summary>The basket's value, a value a date from the first date to the last; null when no member has a bar on the first.</summary>
    /// <param name="market">The market.</param>
    /// <param name="first">The date of the purchase, an index into the calendar.</param>
    /// <param name="last">The last date, likewise, inclusive.</param>
    /// <param name="capital">What is invested, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dates are not in the calendar or out of order, or the capital is not above 0.</exception>
    public static double[]? Equity(BacktestMarket market, int first, int last, double capital)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, last);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(last, market.Calendar.Length);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capital);
        var dates = market.Calendar.AsSpan(first, last - first + 1);
        var equity = new double[dates.Length];
        var count = 0;
        foreach (var history in market.Histories)
        {
            var cursor = new PriceCursor(history);
            if (market.IsMember(history.Symbol, dates[0]) && cursor.CloseAt(dates[0]))
            {
                count++;
                var bought = cursor.LastClose;
                for (var i = 0; i < dates.Length; i++)
                {
                    cursor.CloseAt(dates[i]);
                    equity[i] += cursor.LastClose / bought;
                }
            }
        }

        for (var i = 0; i < equity.Length; i++)
        {
            // the mean first: on the first date it is exactly 1, and the value exactly the capital
            equity[i] = capital * (equity[i] / count);
        }

        return count == 0 ? null : equity;
    }
}
