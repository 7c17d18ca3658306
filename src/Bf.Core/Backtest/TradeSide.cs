namespace Bf.Core.Backtest;

/// <summary>Which way a position earns.</summary>
public enum TradeSide
{
    /// <summary>Bought first, sold later: it earns when the price rises.</summary>
    Long,
    /// <summary>Borrowed and sold first, bought back later: it earns when the price falls.</summary>
    Short,
}
