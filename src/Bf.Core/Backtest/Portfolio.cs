namespace Bf.Core.Backtest;

/// <summary>Cash, positions and waiting orders, and the bookkeeping between them.</summary>
internal sealed class Portfolio(BacktestSettings settings)
{
    private readonly TradingCosts _costs = new(settings.CommissionRate, settings.SlippageRate);
    private readonly List<Position> _positions = [];
    private readonly List<Order> _orders = [];
    private readonly List<Trade> _closed = [];
    private readonly List<UnfilledOrder> _unfilled = [];
    private double _cash = settings.InitialCapital;

    public bool IsInvested => _positions.Count > 0 || _orders.Count > 0;

    public void Place(IEnumerable<Order> orders) => _orders.AddRange(orders);

    /// <summary>At the open of a date: sells what is due, then fills orders.</summary>
    public void Open(int date, long ts)
    {
        _positions.RemoveAll(p => p.DueDate <= date && p.Prices.OpenAt(ts) is { } open && Sell(p, open, ts, ts, ExitReason.HoldDays));
        _orders.RemoveAll(o => o.Prices.OpenAt(ts) is { } open && Buy(o, open, date, ts));
    }

    /// <summary>At the close of a date: marks positions, gives up on symbols that fell silent and on orders that waited too long.</summary>
    public EquityPoint Close(int date, long ts)
    {
        foreach (var position in _positions)
        {
            if (position.Prices.CloseAt(ts))
            {
                position.LastBarDate = date;
            }
        }

        _positions.RemoveAll(p => date - p.LastBarDate > BacktestSettings.SilentDates
            && Sell(p, p.Prices.LastClose, p.Prices.LastTs, ts, ExitReason.Delisted));
        _orders.RemoveAll(o => date >= o.LastDate && GiveUp(o, UnfilledReason.NoBar));

        var invested = 0.0;
        foreach (var position in _positions)
        {
            invested += position.Value;
        }

        var equity = _cash + invested;
        return new(ts, equity, _cash, invested / equity);
    }

    /// <summary>After the last date: every trade, those still open at their marks, and every order that bought nothing.</summary>
    public (IReadOnlyList<Trade> Trades, IReadOnlyList<UnfilledOrder> Unfilled) Finish()
    {
        var trades = _closed.Concat(_positions.Select(p => p.StillOpen()));
        var unfilled = _unfilled.Concat(_orders.Select(o => o.Unfilled(UnfilledReason.SpanEnded)));
        return (
            [.. trades.OrderBy(t => t.EntryTs).ThenBy(t => t.Symbol, StringComparer.Ordinal)],
            [.. unfilled.OrderBy(u => u.SignalTs).ThenBy(u => u.Symbol, StringComparer.Ordinal)]);
    }

    private bool Buy(Order order, double quoted, int date, long ts)
    {
        // budgets add up to the cash but for rounding, which must not make debts
        var position = new Position(order, _costs, Math.Min(order.Budget, _cash), quoted, ts, date, settings.HoldDays);
        _cash -= position.Outlay;
        _positions.Add(position);
        return true;
    }

    private bool Sell(Position position, double quoted, long exitTs, long settledTs, ExitReason reason)
    {
        _cash += position.Proceeds(quoted);
        _closed.Add(position.Sold(quoted, exitTs, settledTs, reason));
        return true;
    }

    private bool GiveUp(Order order, UnfilledReason reason)
    {
        _unfilled.Add(order.Unfilled(reason));
        return true;
    }
}
