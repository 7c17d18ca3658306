namespace Bf.Core.Backtest;

/// <summary>All that a backtest found, with the settings that led to it.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Universe">The universe's name.</param>
/// <param name="From">The first date measured, microseconds since 1970-01-01 UTC.</param>
/// <param name="To">The last date measured, likewise.</param>
/// <param name="Trades">The trades, by entry and symbol; those still open have no exit.</param>
/// <param name="Episodes">Every signal of the span with what followed from it, in order of time.</param>
/// <param name="Unfilled">Orders that bought nothing, by signal and symbol.</param>
/// <param name="Equity">The books, a point a date of the span.</param>
/// <param name="IndexEquity">The capital held in the universe's index, a value a date; null when the index is undefined throughout.</param>
/// <param name="BasketEquity">The capital held in a basket bought on the first date (<see cref="HeldBasket"/>), a value a date; null when there was nothing to buy.</param>
/// <param name="Metrics">What it comes to.</param>
public sealed record BacktestResult(
    BacktestSettings Settings,
    string Universe,
    long From,
    long To,
    IReadOnlyList<Trade> Trades,
    IReadOnlyList<SignalEpisode> Episodes,
    IReadOnlyList<UnfilledOrder> Unfilled,
    IReadOnlyList<EquityPoint> Equity,
    IReadOnlyList<double>? IndexEquity,
    IReadOnlyList<double>? BasketEquity,
    BacktestMetrics Metrics);

/// <summary>The figures of a backtest beside those of doing nothing, over the same dates.</summary>
/// <param name="Strategy">The equity curve.</param>
/// <param name="Trading">Trades, exposure and costs.</param>
/// <param name="IndexHeld">Buy and hold of the universe's index: rebalanced to equal weights every date at no cost, which flatters it; null when undefined.</param>
/// <param name="BasketHeld">Buy and hold of an equal-weight basket, never rebalanced, at no cost; null when undefined.</param>
public sealed record BacktestMetrics(Performance Strategy, TradeStatistics Trading, Performance? IndexHeld, Performance? BasketHeld);
