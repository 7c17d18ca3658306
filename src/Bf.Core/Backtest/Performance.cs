namespace Bf.Core.Backtest;

/// <summary>
/// The figures of one equity curve, of a strategy or of what it is compared with. Undefined is null; for the formulas and their
/// sources see <see cref="EquityMetrics"/> and <see cref="Drawdown"/>; the dates a year are the curve's own (<see cref="MarketYear"/>). Times are microseconds since 1970-01-01 UTC.
/// </summary>
/// <param name="Dates">The number of dates.</param>
/// <param name="TotalReturn">Last value / first value - 1.</param>
/// <param name="Cagr">Compound annual growth rate, a fraction.</param>
/// <param name="AnnualVolatility">Standard deviation of the returns by date x sqrt of the dates a year, a fraction.</param>
/// <param name="Sharpe">Mean / standard deviation of the returns by date x sqrt of the dates a year.</param>
/// <param name="Sortino">Mean / downside deviation of the returns by date x sqrt of the dates a year.</param>
/// <param name="MaxDrawdown">The deepest fall from a high, a fraction below 0; 0 when the curve never falls, null below two dates.</param>
/// <param name="DrawdownPeakTs">The date of that high; null without a fall.</param>
/// <param name="DrawdownTroughTs">The date of the low; null without a fall.</param>
/// <param name="DrawdownRecoveryTs">The first date back at the high; null when it is not reached.</param>
/// <param name="DrawdownDates">Dates from the high to the recovery, or to the last date; null without a fall.</param>
public sealed record Performance(
    int Dates,
    double? TotalReturn,
    double? Cagr,
    double? AnnualVolatility,
    double? Sharpe,
    double? Sortino,
    double? MaxDrawdown,
    long? DrawdownPeakTs,
    long? DrawdownTroughTs,
    long? DrawdownRecoveryTs,
    int? DrawdownDates)
{
    /// <summary>The figures of a curve.</summary>
    /// <param name="ts">The dates, strictly ascending.</param>
    /// <param name="equity">A value a date.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Performance Of(ReadOnlySpan<long> ts, ReadOnlySpan<double> equity)
    {
        if (ts.Length != equity.Length)
        {
            throw new ArgumentException($"{equity.Length} values for {ts.Length} dates", nameof(equity));
        }

        var total = EquityMetrics.TotalReturn(equity);
        var datesPerYear = MarketYear.DatesOf(ts);
        var fall = Drawdown.Maximum(equity);
        return new(
            ts.Length,
            total,
            EquityMetrics.Cagr(ts, equity),
            EquityMetrics.AnnualVolatility(equity, datesPerYear),
            EquityMetrics.Sharpe(equity, datesPerYear),
            EquityMetrics.Sortino(equity, datesPerYear),
            // a curve that has a return and no fall has truly fallen by 0
            fall?.Depth ?? (total is null ? null : 0),
            fall is null ? null : ts[fall.Value.Peak],
            fall is null ? null : ts[fall.Value.Trough],
            fall?.Recovery is { } recovery ? ts[recovery] : null,
            fall?.Length);
    }
}
