namespace Bf.Core.Backtest;

/// <summary>The books at the close of a date.</summary>
/// <param name="Ts">The date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Equity">Cash and the positions at their latest adjusted closes at or before the date, in the currency of the prices.</param>
/// <param name="Cash">Cash; never below 0.</param>
/// <param name="Exposure">The invested fraction of the equity.</param>
public readonly record struct EquityPoint(long Ts, double Equity, double Cash, double Exposure);
