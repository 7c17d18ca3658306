namespace Bf.Core.Backtest.Grid;

/// <summary>The lengths of two simple moving averages.</summary>
/// <param name="Fast">Bars of the fast one.</param>
/// <param name="Slow">Bars of the slow one; more than of the fast one.</param>
public readonly record struct SmaPair(int Fast, int Slow);
