namespace Bf.Core.Backtest;

/// <summary>
/// Simulates a portfolio that buys a universe on a market-wide signal and holds it for a fixed time.
/// A signal at the close of t buys at each symbol's next open; prices reach the simulation date by date through a cursor that shows
/// nothing later, so cutting the data after t leaves everything up to t as it was. One signal at a time: while anything is held or
/// ordered, further ones change nothing. Cash earns nothing.
/// </summary>
public static class Backtester
{
    /// <summary>Runs one backtest. The same input gives the same result, bit for bit, in whatever order symbols and signals come.</summary>
    /// <param name="market">The market.</param>
    /// <param name="signals">The signals, in any order; those outside the settings' span are left out, of several on one date the first by name is taken.</param>
    /// <param name="settings">How to trade.</param>
    /// <exception cref="ArgumentException">A setting is out of its range, or the span has no date.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A signal's date is not one of the calendar's.</exception>
    public static BacktestResult Run(BacktestMarket market, IEnumerable<BuySignal> signals, BacktestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var (first, last) = market.SpanOf(settings);
        var byDate = InOrder(signals, market.Calendar.Length).ToLookup(s => s.Date);
        var portfolio = new Portfolio(settings);
        var selection = new EntrySelection(market, settings);
        var equity = new EquityPoint[last - first + 1];
        var uses = new List<(BuySignal Signal, SignalUse Use, int Ordered)>();

        for (var date = first; date <= last; date++)
        {
            var ts = market.Calendar[date];
            portfolio.Open(date, ts);
            var point = equity[date - first] = portfolio.Close(date, ts, SilentBefore(market.Calendar, date));
            foreach (var signal in byDate[date])
            {
                var orders = portfolio.IsInvested ? null : selection.OrdersFor(signal, point.Equity);
                portfolio.Place(orders ?? []);
                uses.Add((signal, orders switch { null => SignalUse.AlreadyInvested, [] => SignalUse.NothingToBuy, _ => SignalUse.Taken }, orders?.Count ?? 0));
            }
        }

        var trades = portfolio.Trades();
        var index = IndexHolding.Equity(market.Index.AsSpan(first, equity.Length), settings.InitialCapital);
        var basket = HeldBasket.Equity(market, first, last, settings.InitialCapital);
        var episodes = Episodes(uses, trades, market.Calendar);
        var dates = market.Calendar.AsSpan(first, equity.Length);
        var metrics = new BacktestMetrics(
            Performance.Of(dates, [.. equity.Select(p => p.Equity)]),
            TradeStatistics.Of(trades, episodes, equity),
            index is null ? null : Performance.Of(dates, index),
            basket is null ? null : Performance.Of(dates, basket));
        return new(settings, market.Universe.Name, dates[0], dates[^1], trades, episodes, portfolio.Unfilled(), equity, index, basket, metrics);
    }

    private static long SilentBefore(long[] calendar, int date) =>
        date > BacktestSettings.SilentDates ? calendar[date - BacktestSettings.SilentDates] : long.MinValue;

    private static BuySignal[] InOrder(IEnumerable<BuySignal> signals, int dates)
    {
        BuySignal[] sorted = [.. signals.OrderBy(s => s.Date).ThenBy(s => s.Name, StringComparer.Ordinal)];
        return sorted.Length == 0 || (sorted[0].Date >= 0 && sorted[^1].Date < dates)
            ? sorted
            : throw new ArgumentOutOfRangeException(nameof(signals), $"a signal's date is outside the calendar's {dates} dates");
    }

    private static SignalEpisode[] Episodes(List<(BuySignal Signal, SignalUse Use, int Ordered)> uses, Trade[] trades, long[] calendar)
    {
        // at most one signal of a date is taken, so its date names its trades
        var bySignal = trades.ToLookup(t => t.SignalTs);
        return [.. uses.Select(u =>
        {
            var ts = calendar[u.Signal.Date];
            Trade[] own = u.Use == SignalUse.Taken ? [.. bySignal[ts]] : [];
            return new SignalEpisode(u.Signal.Name, ts, u.Use, u.Ordered, own.Length, own.Count(t => !t.IsClosed), own.Sum(t => t.Outlay), own.Sum(t => t.Pnl));
        })];
    }
}
