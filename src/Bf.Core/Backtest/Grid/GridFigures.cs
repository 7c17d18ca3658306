namespace Bf.Core.Backtest.Grid;

/// <summary>What one setting of a grid came to.</summary>
/// <param name="Orders">Fills, bought and sold.</param>
/// <param name="FinalValue">The equity at the last date; an open position counts at its last close, without a fee.</param>
/// <param name="TotalReturn">Final value / capital - 1.</param>
/// <param name="Sharpe">As <see cref="EquityMetrics.Sharpe"/> of the equity by date; NaN where undefined.</param>
/// <param name="MaxDrawdown">As <see cref="Performance.MaxDrawdown"/>: a fraction below 0, or 0 when the equity never falls.</param>
public readonly record struct GridFigures(int Orders, double FinalValue, double TotalReturn, double Sharpe, double MaxDrawdown);
