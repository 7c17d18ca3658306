namespace Bf.Core.Backtest;

/// <summary>Which symbols a signal buys and how much of each: members with a bar on its date, the most traded first, in equal parts.</summary>
internal sealed class EntrySelection(BacktestMarket market, BacktestSettings settings)
{
    private readonly PriceCursor[] _cursors = [.. market.Histories.Select(h => new PriceCursor(h))];

    /// <summary>The orders of a signal at the close of its date, by symbol.</summary>
    public List<Order> OrdersFor(BuySignal signal, double equity)
    {
        var ts = market.Calendar[signal.Date];
        List<PriceCursor> chosen = [.. _cursors.Where(c => c.CloseAt(ts) && market.IsMember(c.Symbol, ts))];
        var most = Math.Min(settings.MaxPositions ?? int.MaxValue, MostOfSize());
        if (chosen.Count > most)
        {
            chosen =
            [
                .. chosen.Select(c => (Cursor: c, Turnover: c.MedianTurnover(BacktestSettings.TurnoverBars)))
                    .OrderByDescending(c => c.Turnover).ThenBy(c => c.Cursor.Symbol, StringComparer.Ordinal)
                    .Take((int)most).Select(c => c.Cursor).OrderBy(c => c.Symbol, StringComparer.Ordinal),
            ];
        }

        // the number ordered, not the number filled: who will have a bar tomorrow is not known today
        var budget = settings.PositionSize is { } size ? equity * size : equity / chosen.Count;
        return [.. chosen.Select(c => new Order(c, signal, ts, budget))];
    }

    // a size such as 1/49 must allow 49 positions though 1 / (1/49) rounds below
    private double MostOfSize() => settings.PositionSize is { } size ? Math.Floor((1 / size) + 1e-9) : double.PositiveInfinity;
}
