namespace Bf.Core.Backtest;

/// <summary>
/// The figures of an equity curve, each a function of its own. Shape of <c>equity</c>: a value a date, in order of time, all above 0.
/// Undefined is null, never 0: too few dates, a value that is not above 0, or a division by nothing.
/// Returns are close to close, simple; ratios are taken against a rate of 0, so they flatter years of high interest.
/// </summary>
public static class EquityMetrics
{
    /// <summary>Trading dates of a year of daily bars, by convention; for bars within the day see <see cref="MarketYear"/>.</summary>
    public const double DatesPerYear = MarketYear.Days;

    /// <summary>Days of a year in the Julian sense, leap years included.</summary>
    public const double DaysPerYear = 365.25;

    private const double MicrosecondsPerDay = 86_400_000_000;

    // A return is right to a few 1e-16, so a deviation below this is rounding; dividing by it would make a ratio of noise.
    private const double Noise = 1e-14;

    /// <summary>
    /// The curve to measure where something may be filled on the first date already: the capital in place of its first value, so that
    /// the first return contains what those fills cost. A single value stays as it is.
    /// </summary>
    /// <param name="equity">The values by date.</param>
    /// <param name="capital">What there was before the first fill.</param>
    public static double[] FromCapital(ReadOnlySpan<double> equity, double capital)
    {
        double[] curve = [.. equity];
        if (curve.Length > 1)
        {
            curve[0] = capital;
        }

        return curve;
    }

    /// <summary>Last value / first value - 1. Null below two dates.</summary>
    public static double? TotalReturn(ReadOnlySpan<double> equity) =>
        equity.Length >= 2 && AllPositive(equity) ? (equity[^1] / equity[0]) - 1 : null;

    /// <summary>The years between two times, of <see cref="DaysPerYear"/> days each (actual / 365.25).</summary>
    public static double Years(long from, long to) => (to - from) / (MicrosecondsPerDay * DaysPerYear);

    /// <summary>
    /// Compound annual growth rate: (last / first) ^ (1 / years) - 1, years = actual days / 365.25. Null below two dates.
    /// Source: the compound annual return of Bacon, Practical Portfolio Performance Measurement and Attribution (2008), ch. 2.
    /// </summary>
    /// <param name="ts">The dates, microseconds since 1970-01-01 UTC.</param>
    /// <param name="equity">The values.</param>
    public static double? Cagr(ReadOnlySpan<long> ts, ReadOnlySpan<double> equity) =>
        TotalReturn(equity) is { } total && Years(ts[0], ts[^1]) is > 0 and var years ? Math.Pow(1 + total, 1 / years) - 1 : null;

    /// <summary>The returns from each date to the next, one fewer than dates. Null below two dates.</summary>
    public static double[]? Returns(ReadOnlySpan<double> equity)
    {
        if (equity.Length < 2 || !AllPositive(equity))
        {
            return null;
        }

        var returns = new double[equity.Length - 1];
        for (var i = 0; i < returns.Length; i++)
        {
            returns[i] = (equity[i + 1] / equity[i]) - 1;
        }

        return returns;
    }

    /// <summary>Annual volatility: sample standard deviation (n - 1) of the returns x sqrt of the dates a year. Null below three dates; 0 for a curve that never moves.</summary>
    public static double? AnnualVolatility(ReadOnlySpan<double> equity, double datesPerYear = DatesPerYear) =>
        Deviation(Returns(equity)) is { } deviation ? deviation * Math.Sqrt(datesPerYear) : null;

    /// <summary>
    /// Sharpe ratio: mean of the returns / their sample standard deviation x sqrt of the dates a year, at a rate of 0. Null where the returns do not vary.
    /// Source: Sharpe, The Sharpe Ratio, Journal of Portfolio Management 21(1), 1994.
    /// </summary>
    public static double? Sharpe(ReadOnlySpan<double> equity, double datesPerYear = DatesPerYear) =>
        Returns(equity) is { } returns && Deviation(returns) is > Noise and var deviation
            ? returns.Average() / deviation * Math.Sqrt(datesPerYear)
            : null;

    /// <summary>
    /// Sortino ratio: mean of the returns / downside deviation x sqrt of the dates a year; the downside deviation is the root of the mean, over all
    /// returns, of the square of those below 0. Null where none is below 0.
    /// Source: Sortino and Price, Performance Measurement in a Downside Risk Framework, Journal of Investing 3(3), 1994, target 0.
    /// </summary>
    public static double? Sortino(ReadOnlySpan<double> equity, double datesPerYear = DatesPerYear)
    {
        if (Returns(equity) is not { } returns)
        {
            return null;
        }

        var squares = 0.0;
        foreach (var r in returns)
        {
            squares += r < 0 ? r * r : 0;
        }

        var downside = Math.Sqrt(squares / returns.Length);
        return downside > Noise ? returns.Average() / downside * Math.Sqrt(datesPerYear) : null;
    }

    private static double? Deviation(double[]? returns)
    {
        if (returns is null || returns.Length < 2)
        {
            return null;
        }

        // in two passes: the one-pass formula loses its digits where the mean is large beside the deviation
        var mean = returns.Average();
        var squares = 0.0;
        foreach (var r in returns)
        {
            squares += (r - mean) * (r - mean);
        }

        return Math.Sqrt(squares / (returns.Length - 1));
    }

    private static bool AllPositive(ReadOnlySpan<double> equity)
    {
        foreach (var value in equity)
        {
            if (!(value > 0 && double.IsFinite(value)))
            {
                return false;
            }
        }

        return true;
    }
}
