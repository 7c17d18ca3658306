using Bf.Core.Backtest.Strategies;

namespace Bf.Core.Backtest;

/// <summary>
/// Simulates a portfolio that trades a universe on market-wide signals, date by date: what is decided at the close of t is filled at
/// each symbol's next open. No look-ahead by construction: a strategy sees the signals through a view that ends at t, the portfolio
/// sees prices through cursors that show nothing later, so cutting the data after t leaves everything up to t as it was.
/// One signal is worked off at a time: while anything is held or ordered, further ones of its side change nothing.
/// </summary>
public static class Backtester
{
    /// <summary>Runs one backtest that buys on listed signals. The same input gives the same result, bit for bit, in whatever order symbols and signals come.</summary>
    /// <param name="market">The market.</param>
    /// <param name="signals">The signals, in any order; those outside the settings' span are left out, of several on one date the first by name is taken.</param>
    /// <param name="settings">How to trade.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or the span has no date.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A signal's date is not one of the calendar's.</exception>
    public static BacktestResult Run(BacktestMarket market, IEnumerable<BuySignal> signals, BacktestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(signals);
        var board = SignalBoard.Of(market.Calendar.Length, signals);
        return Run(market, board, new SignalStrategy([.. board.Signals.Select(s => new Fire(s))], null, StrategySide.Long), settings);
    }

    /// <summary>Runs one backtest. The same input gives the same result, bit for bit, on any number of threads that share market and board.</summary>
    /// <param name="market">The market.</param>
    /// <param name="board">The signals that the strategy watches, over the market's dates.</param>
    /// <param name="strategy">What to do when.</param>
    /// <param name="settings">How to trade.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, the span has no date, the board has other dates, or the strategy asks for a signal that it does not have.</exception>
    public static BacktestResult Run(BacktestMarket market, SignalBoard board, IStrategy strategy, BacktestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var calendar = market.Calendar;
        if (board.Dates != calendar.Length)
        {
            throw new ArgumentException($"the board has {board.Dates} dates, the market {calendar.Length}", nameof(board));
        }

        var (first, last) = market.SpanOf(settings);
        var portfolio = new Portfolio(settings);
        var followed = new DecisionBook(portfolio, new EntrySelection(market, settings));
        var equity = new EquityPoint[last - first + 1];
        for (var date = first; date <= last; date++)
        {
            var ts = calendar[date];
            portfolio.Accrue(date > first ? ts - calendar[date - 1] : 0);
            portfolio.Open(date, ts);
            var point = portfolio.Close(date, ts, SilentBefore(calendar, date));
            followed.Follow(strategy.Decide(new MarketView(board, date)), date, point.Equity);
            equity[date - first] = portfolio.AfterClose(date, ts, point);
        }

        var trades = portfolio.Trades();
        var index = IndexHolding.Equity(market.Index.AsSpan(first, equity.Length), settings.InitialCapital);
        var basket = HeldBasket.Equity(market, first, last, settings.InitialCapital);
        var episodes = followed.Episodes(trades, calendar);
        var dates = calendar.AsSpan(first, equity.Length);
        var metrics = new BacktestMetrics(
            Performance.Of(dates, EquityMetrics.FromCapital([.. equity.Select(p => p.Equity)], settings.InitialCapital)),
            TradeStatistics.Of(trades, episodes, equity),
            index is null ? null : Performance.Of(dates, index),
            basket is null ? null : Performance.Of(dates, basket));
        return new(settings, market.Universe.Name, dates[0], dates[^1], trades, episodes, portfolio.Unfilled(), equity, index, basket, metrics);
    }

    private static long SilentBefore(long[] calendar, int date) =>
        date > BacktestSettings.SilentDates ? calendar[date - BacktestSettings.SilentDates] : long.MinValue;
}
