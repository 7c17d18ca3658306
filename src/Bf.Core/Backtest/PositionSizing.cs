namespace Bf.Core.Backtest;

/// <summary>How much of the equity a position gets.</summary>
public enum PositionSizing
{
    /// <summary>Equal shares of all that are ordered, none above <see cref="BacktestSettings.PositionSize"/>.</summary>
    Equal,
    /// <summary>
    /// The fraction <see cref="BacktestSettings.PositionSize"/> each. The same as equal shares that are capped there, because no more
    /// are ordered than such fractions fit into the equity.
    /// </summary>
    Fixed,
    /// <summary>
    /// <see cref="BacktestSettings.TargetVolatility"/> / the symbol's own volatility / the number ordered: calm symbols get more.
    /// What a market-wide signal buys falls together; if all moved as one, the portfolio's volatility would be the target.
    /// </summary>
    Volatility,
}
