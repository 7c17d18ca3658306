using Bf.Core.Backtest.Strategies;

namespace Bf.Core.Backtest;

/// <summary>Which symbols a signal orders and how much of each: members with a bar on its date, the most traded first.</summary>
internal sealed class EntrySelection(BacktestMarket market, BacktestSettings settings)
{
    private readonly PriceCursor[] _cursors = [.. market.Histories.Select(h => new PriceCursor(h))];

    /// <summary>The orders of a signal at the close of a date, by symbol.</summary>
    /// <param name="entry">The signal.</param>
    /// <param name="date">The date, an index into the calendar.</param>
    /// <param name="equity">The equity at that close.</param>
    /// <param name="firstFill">The first date on which they may be filled.</param>
    public List<Order> OrdersFor(Entry entry, int date, double equity, int firstFill)
    {
        var ts = market.Calendar[date];
        var sizing = new EntrySizing(settings, equity);
        List<PriceCursor> chosen = [.. _cursors.Where(c => c.CloseAt(ts) && market.IsMember(c.Symbol, ts) && sizing.CanSize(c))];
        if (chosen.Count == 0 || !(equity > 0))
        {
            return [];
        }

        if (chosen.Count > sizing.Most)
        {
            chosen =
            [
                .. chosen.Select(c => (Cursor: c, Turnover: c.MedianTurnover(BacktestSettings.TurnoverBars)))
                    .OrderByDescending(c => c.Turnover).ThenBy(c => c.Cursor.Symbol, StringComparer.Ordinal)
                    .Take((int)sizing.Most).Select(c => c.Cursor).OrderBy(c => c.Symbol, StringComparer.Ordinal),
            ];
        }

        var budgets = sizing.Budgets(chosen, MarketYear.DatesOf(market.Calendar.AsSpan(0, date + 1)));
        return [.. chosen.Select((c, i) => new Order(c, entry, ts, budgets[i], firstFill))];
    }
}
