using Bf.Core.Backtest.Strategies;

namespace Bf.Core.Backtest;

/// <summary>Carries out what a strategy decides, as far as the portfolio allows, and keeps book of every signal and what became of it.</summary>
internal sealed class DecisionBook(Portfolio portfolio, EntrySelection selection)
{
    private readonly List<Line> _lines = [];

    /// <summary>Follows the decision of a close.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="date">The date, an index into the calendar.</param>
    /// <param name="equity">The equity at its close.</param>
    public void Follow(Decision decision, int date, double equity)
    {
        TradeSide? left = null;
        if (portfolio.Side is { } side && decision.Exits(side))
        {
            portfolio.Leave(date);
            left = side;
        }

        foreach (var entry in decision.Entries)
        {
            var (use, ordered) = Use(entry, decision, date, equity, left);
            _lines.Add(new(entry, date, use, ordered));
        }
    }

    /// <summary>Every signal with what followed from it, in order of time. At most one signal of a date is taken, so its date names its trades.</summary>
    public SignalEpisode[] Episodes(Trade[] trades, long[] calendar)
    {
        var bySignal = trades.ToLookup(t => t.SignalTs);
        return [.. _lines.Select(line =>
        {
            var ts = calendar[line.Date];
            Trade[] own = line.Use == SignalUse.Taken ? [.. bySignal[ts]] : [];
            return new SignalEpisode(line.Entry.Signal, ts, line.Use, line.Ordered, own.Length, own.Count(t => !t.IsClosed), own.Sum(t => t.Outlay), own.Sum(t => t.Pnl), line.Entry.Side);
        })];
    }

    private (SignalUse Use, int Ordered) Use(Entry entry, Decision decision, int date, double equity, TradeSide? left)
    {
        if (decision.Exits(entry.Side))
        {
            return (SignalUse.Contradicted, 0);
        }

        // positions that have just been told to close make way for the other side
        if (portfolio.Side is { } held && held != left)
        {
            return (SignalUse.AlreadyInvested, 0);
        }

        var orders = selection.OrdersFor(entry, date, equity, portfolio.FillDate(date));
        portfolio.Place(orders);
        return (orders.Count == 0 ? SignalUse.NothingToBuy : SignalUse.Taken, orders.Count);
    }

    private sealed record Line(Entry Entry, int Date, SignalUse Use, int Ordered);
}
