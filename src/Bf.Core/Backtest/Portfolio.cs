namespace Bf.Core.Backtest;

/// <summary>Cash, positions and waiting orders, and the bookkeeping between them.</summary>
internal sealed class Portfolio(BacktestSettings settings)
{
    private readonly TradingCosts _costs = new(settings.CommissionRate, settings.SlippageRate);
    private readonly List<Position> _positions = [];
    private readonly List<Order> _orders = [];
    private readonly List<Position> _bought = [];
    private readonly List<UnfilledOrder> _unfilled = [];
    private double _cash = settings.InitialCapital;

    public bool IsInvested => _positions.Count > 0 || _orders.Count > 0;

    public void Place(IEnumerable<Order> orders) => _orders.AddRange(orders);

    /// <summary>At the open of a date: sells what is due, then fills orders.</summary>
    public void Open(int date, long ts)
    {
        // positions stand in the order of their purchase, so the first is the first to be due
        if (_positions.Count > 0 && _positions[0].DueDate <= date)
        {
            _positions.RemoveAll(p => p.DueDate <= date && p.Prices.OpenAt(ts) is { } open && Sell(p, open, ts, ts, ExitReason.HoldDays));
        }

        _orders.RemoveAll(o => o.Prices.OpenAt(ts) is { } open && Buy(o, open, date, ts));
    }

    /// <summary>At the close of a date: marks positions, gives up on symbols that fell silent and on orders that waited too long.</summary>
    /// <param name="date">The date, an index into the calendar.</param>
    /// <param name="ts">Its time.</param>
    /// <param name="silentBefore">A symbol whose last bar is before this time has been silent for too long.</param>
    public EquityPoint Close(int date, long ts, long silentBefore)
    {
        var (invested, silent) = (0.0, false);
        foreach (var position in _positions)
        {
            silent |= !position.Prices.CloseAt(ts) && position.Prices.LastTs < silentBefore;
            invested += position.Value;
        }

        if (silent)
        {
            _positions.RemoveAll(p => p.Prices.LastTs < silentBefore && Sell(p, p.Prices.LastClose, p.Prices.LastTs, ts, ExitReason.Delisted));
            invested = _positions.Sum(p => p.Value);
        }

        _orders.RemoveAll(o => date >= o.LastDate && GiveUp(o));
        var equity = _cash + invested;
        return new(ts, equity, _cash, invested / equity);
    }

    /// <summary>Every trade by entry and symbol, those still open at their marks. One signal is worked off at a time and its orders come by symbol, so this is the order of purchase.</summary>
    public Trade[] Trades() => [.. _bought.Select(p => p.Trade)];

    /// <summary>Every order that bought nothing, by signal and symbol, those still waiting last.</summary>
    public UnfilledOrder[] Unfilled() => [.. _unfilled, .. _orders.Select(o => o.Unfilled(UnfilledReason.SpanEnded))];

    private bool Buy(Order order, double quoted, int date, long ts)
    {
        // budgets add up to the cash but for rounding, which must not make debts
        var position = new Position(order, _costs, Math.Min(order.Budget, _cash), quoted, ts, date, settings.HoldDays);
        _cash -= position.Outlay;
        _positions.Add(position);
        _bought.Add(position);
        return true;
    }

    private bool Sell(Position position, double quoted, long exitTs, long settledTs, ExitReason reason)
    {
        _cash += position.Sell(quoted, exitTs, settledTs, reason);
        return true;
    }

    private bool GiveUp(Order order)
    {
        _unfilled.Add(order.Unfilled(UnfilledReason.NoBar));
        return true;
    }
}
