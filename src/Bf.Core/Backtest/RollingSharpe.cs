namespace Bf.Core.Backtest;

/// <summary>The Sharpe ratio of the last dates, by date: whether a record rests on a few good years.</summary>
public static class RollingSharpe
{
    /// <summary>The usual window: a year of returns.</summary>
    public const int Window = 252;

    /// <summary>
    /// <see cref="EquityMetrics.Sharpe"/> of the last returns, a value a date; NaN until there are so many, and where they do not vary.
    /// Each window is summed anew, so a value depends on nothing outside its window.
    /// </summary>
    /// <param name="equity">A value a date.</param>
    /// <param name="datesPerYear">The dates of a year: <see cref="MarketYear"/>.</param>
    /// <param name="window">The returns in a window, at least 2.</param>
    public static double[] Of(ReadOnlySpan<double> equity, double datesPerYear = EquityMetrics.DatesPerYear, int window = Window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 2);
        var sharpe = new double[equity.Length];
        for (var i = 0; i < sharpe.Length; i++)
        {
            sharpe[i] = i < window ? double.NaN : EquityMetrics.Sharpe(equity.Slice(i - window, window + 1), datesPerYear) ?? double.NaN;
        }

        return sharpe;
    }
}
