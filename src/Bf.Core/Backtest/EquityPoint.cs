namespace Bf.Core.Backtest;

/// <summary>The books at the close of a date.</summary>
/// <param name="Ts">The date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Equity">Cash and the positions at their latest adjusted closes at or before the date, shorts as debts, in the currency of the prices.</param>
/// <param name="Cash">Cash, what short sales brought included; without shorts never below 0.</param>
/// <param name="Exposure">The value of all positions, shorts counted as much as longs, as a fraction of the equity; NaN where that is not above 0.</param>
/// <param name="Interest">The interest that cash has earned up to the date.</param>
public sealed record EquityPoint(long Ts, double Equity, double Cash, double Exposure, double Interest = 0);
