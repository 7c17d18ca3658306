namespace Bf.Core.Backtest.Strategies;

/// <summary>
/// Decides at each close what the portfolio is to do. It sees the market through a view that ends there, and must remember nothing
/// from one call to the next: what it decides at t then follows from what was known at t.
/// </summary>
public interface IStrategy
{
    /// <summary>What to do after a close.</summary>
    /// <param name="view">The market as it was known at that close.</param>
    Decision Decide(MarketView view);
}
