namespace Bf.Core.Backtest;

/// <summary>Cash, positions and waiting orders, and the bookkeeping between them.</summary>
internal sealed class Portfolio(BacktestSettings settings)
{
    private const double MicrosecondsPerYear = 365 * 86_400_000_000.0;

    // An order is filled with what cash there is, but not with crumbs that rounding or a position still to be closed leaves.
    private const double LeastPart = 0.01;

    private readonly TradingCosts _costs = new(settings.CommissionRate, settings.SlippageRate);
    private readonly ExitRules _exits = new(settings);
    private readonly bool _atClose = settings.Fill == FillTime.SameClose;
    private readonly List<Position> _positions = [];
    private readonly List<Order> _orders = [];
    private readonly List<Position> _opened = [];
    private readonly List<UnfilledOrder> _unfilled = [];
    private double _cash = settings.InitialCapital;
    private double _interest;

    /// <summary>Which way it is invested, or about to be; null: not at all.</summary>
    public TradeSide? Side => _orders.Count > 0 ? _orders[0].Entry.Side : _positions.Count == 0 ? null : _positions[^1].IsShort ? TradeSide.Short : TradeSide.Long;

    /// <summary>The first date on which what is decided at a close may be filled.</summary>
    public int FillDate(int date) => date + settings.Delay + (_atClose ? 0 : 1);

    public void Place(IEnumerable<Order> orders) => _orders.AddRange(orders);

    /// <summary>Closes all positions because a signal says so, and cancels what is still ordered.</summary>
    public void Leave(int date)
    {
        _positions.ForEach(p => p.Leave(FillDate(date), ExitReason.Signal));
        _unfilled.AddRange(_orders.Select(o => o.Unfilled(UnfilledReason.Cancelled)));
        _orders.Clear();
    }

    /// <summary>What the time since the last close brought and cost: interest on cash, a fee on the shorts; actual days / 365.</summary>
    public void Accrue(long elapsed)
    {
        var years = elapsed / MicrosecondsPerYear;
        if (settings.CashRate > 0)
        {
            // what short sales brought is the lender's security and earns nothing
            var interest = Math.Max(0, _cash - ShortValue()) * settings.CashRate * years;
            _cash += interest;
            _interest += interest;
        }

        foreach (var p in _positions)
        {
            if (p.IsShort)
            {
                var cost = p.MarketValue * settings.BorrowRate * years;
                p.PayBorrow(cost);
                _cash -= cost;
            }
        }
    }

    /// <summary>At the open of a date: closes what is due, then fills orders.</summary>
    public void Open(int date, long ts)
    {
        if (!_atClose)
        {
            CloseDue(date, ts);
            FillOrders(date, ts);
        }
    }

    /// <summary>At the close of a date: marks positions, applies stops, gives up on symbols that fell silent and on orders that waited too long.</summary>
    /// <param name="date">The date, an index into the calendar.</param>
    /// <param name="ts">Its time.</param>
    /// <param name="silentBefore">A symbol whose last bar is before this time has been silent for too long.</param>
    public EquityPoint Close(int date, long ts, long silentBefore)
    {
        var silent = false;
        foreach (var p in _positions)
        {
            if (!p.CloseAt(ts))
            {
                silent |= p.Prices.LastTs < silentBefore;
            }
            else if (_exits.For(p) is { } reason)
            {
                p.Leave(FillDate(date), reason);
            }
        }

        if (silent)
        {
            _positions.RemoveAll(p => p.Prices.LastTs < silentBefore && Settle(p, ts));
        }

        CallMargin(date);
        if (_atClose)
        {
            CloseDue(date, ts);
        }
        else
        {
            Lapse(date);
        }

        return Books(ts);
    }

    /// <summary>After the decisions of a close: trades at that close, where the settings say so.</summary>
    public EquityPoint AfterClose(int date, long ts, EquityPoint atClose)
    {
        if (!_atClose)
        {
            return atClose;
        }

        CloseDue(date, ts);
        FillOrders(date, ts);
        Lapse(date);
        return Books(ts);
    }

    /// <summary>Every trade by entry and symbol, those still open at their marks. One signal is worked off at a time and its orders come by symbol, so this is the order of entry.</summary>
    public Trade[] Trades() => [.. _opened.Select(p => p.Trade)];

    /// <summary>Every order that was not filled, by signal and symbol, those still waiting last.</summary>
    public UnfilledOrder[] Unfilled() => [.. _unfilled, .. _orders.Select(o => o.Unfilled(UnfilledReason.SpanEnded))];

    private EquityPoint Books(long ts)
    {
        var (value, gross) = (0.0, 0.0);
        foreach (var p in _positions)
        {
            value += p.Value;
            gross += p.MarketValue;
        }

        var equity = _cash + value;
        return new(ts, equity, _cash, equity > 0 ? gross / equity : double.NaN, _interest);
    }

    private double ShortValue()
    {
        var value = 0.0;
        foreach (var p in _positions)
        {
            value += p.IsShort ? p.MarketValue : 0;
        }

        return value;
    }

    private double? Quote(PriceCursor prices, long ts) => !_atClose ? prices.OpenAt(ts) : prices.CloseAt(ts) ? prices.LastClose : null;

    private void CloseDue(int date, long ts) =>
        _positions.RemoveAll(p => p.DueDate <= date && Quote(p.Prices, ts) is { } quoted && Close(p, quoted, ts, ts, p.DueReason));

    private void FillOrders(int date, long ts) => _orders.RemoveAll(o => o.FirstDate <= date && Quote(o.Prices, ts) is { } quoted && Fill(o, quoted, date, ts));

    private void Lapse(int date) => _orders.RemoveAll(o => date >= o.LastDate && GiveUp(o));

    private bool Fill(Order order, double quoted, int date, long ts)
    {
        var budget = order.Budget;
        if (order.Entry.Side == TradeSide.Long)
        {
            // shorts not yet closed bind what they brought and as much again; without them this is all the cash,
            // to which the budgets add up but for rounding, which must not make debts
            budget = Math.Min(budget, _cash - (2 * ShortValue()));
            if (budget < LeastPart * order.Budget)
            {
                order.WantedCash = true;
                return false;
            }
        }

        var position = new Position(order, _costs, budget, quoted, ts, settings.HoldDays is { } hold ? (long)date + hold : long.MaxValue);
        _cash += position.EntryFlow;
        _positions.Add(position);
        _opened.Add(position);
        return true;
    }

    private bool Close(Position position, double quoted, long exitTs, long settledTs, ExitReason reason)
    {
        _cash += position.Close(quoted, exitTs, settledTs, reason);
        return true;
    }

    /// <summary>The last close less the haircut: a bankrupt company's shares are worth less than was last paid. What a short might gain by that is not counted.</summary>
    private bool Settle(Position p, long ts) =>
        Close(p, p.IsShort ? p.Prices.LastClose : p.Prices.LastClose * (1 - settings.DelistingHaircut), p.Prices.LastTs, ts, ExitReason.Delisted);

    private void CallMargin(int date)
    {
        var shorts = ShortValue();
        if (shorts > 0 && Books(0).Equity < BacktestSettings.MaintenanceMargin * shorts)
        {
            // no delay: the broker does not hesitate
            foreach (var p in _positions.Where(p => p.IsShort))
            {
                p.Leave(FillDate(date) - settings.Delay, ExitReason.MarginCall);
            }
        }
    }

    private bool GiveUp(Order order)
    {
        _unfilled.Add(order.Unfilled(order.WantedCash ? UnfilledReason.NoCash : UnfilledReason.NoBar));
        return true;
    }
}
