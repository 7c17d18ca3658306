namespace Bf.Core.Backtest;

/// <summary>A position opened by an order, and the trade that it becomes.</summary>
internal sealed class Position
{
    private readonly Order _order;
    private readonly TradingCosts _costs;
    private readonly long _entryTs;
    private readonly double _commission;
    private readonly double _slippage;
    private double _borrow;
    private Trade? _closed;

    public Position(Order order, TradingCosts costs, double budget, double quoted, long ts, long dueDate)
    {
        (_order, _costs, _entryTs, DueDate) = (order, costs, ts, dueDate);
        EntryPrice = IsShort ? costs.SellPrice(quoted) : costs.BuyPrice(quoted);
        Shares = costs.Affordable(budget, EntryPrice);
        _commission = costs.Commission(Shares, EntryPrice);
        _slippage = Shares * Math.Abs(EntryPrice - quoted);
        Outlay = costs.Outlay(Shares, EntryPrice);
        (Mark, Best) = (quoted, EntryPrice);
    }

    public PriceCursor Prices => _order.Prices;

    public bool IsShort => _order.Entry.Side == TradeSide.Short;

    public double Shares { get; }

    public double EntryPrice { get; }

    public double Outlay { get; }

    /// <summary>What opening it did to the cash.</summary>
    public double EntryFlow => IsShort ? (Shares * EntryPrice) - _commission : -Outlay;

    /// <summary>The first date on which it is to be closed.</summary>
    public long DueDate { get; private set; }

    /// <summary>Why it is closed then.</summary>
    public ExitReason DueReason { get; private set; } = ExitReason.HoldDays;

    /// <summary>The last close since the entry; the quoted price of the entry before there is one.</summary>
    public double Mark { get; private set; }

    /// <summary>The best of the entry price and the closes since.</summary>
    public double Best { get; private set; }

    /// <summary>The market value of its shares, above 0 for shorts too.</summary>
    public double MarketValue => Shares * Mark;

    /// <summary>What it is worth: a short is a debt.</summary>
    public double Value => IsShort ? -MarketValue : MarketValue;

    /// <summary>The trade as it stands: closed, or at its mark.</summary>
    public Trade Trade => _closed ?? Entered(EntryFlow + Value - _borrow);

    /// <summary>At the close of a date.</summary>
    /// <returns>Whether the symbol had a bar.</returns>
    public bool CloseAt(long ts)
    {
        var hasBar = Prices.CloseAt(ts);
        if (hasBar)
        {
            Mark = Prices.LastClose;
            Best = IsShort ? Math.Min(Best, Mark) : Math.Max(Best, Mark);
        }

        return hasBar;
    }

    /// <summary>Asks that it be closed from a date on, unless that is so already.</summary>
    public void Leave(int date, ExitReason reason)
    {
        if (date < DueDate)
        {
            (DueDate, DueReason) = (date, reason);
        }
    }

    /// <summary>Pays for the borrowed shares.</summary>
    public void PayBorrow(double cost) => _borrow += cost;

    /// <summary>Closes it at a quoted price.</summary>
    /// <returns>What that does to the cash.</returns>
    public double Close(double quoted, long exitTs, long settledTs, ExitReason reason)
    {
        var price = IsShort ? _costs.BuyPrice(quoted) : _costs.SellPrice(quoted);
        var commission = _costs.Commission(Shares, price);
        var flow = (IsShort ? -(Shares * price) : Shares * price) - commission;
        _closed = Entered(EntryFlow + flow - _borrow) with
        {
            ExitTs = exitTs,
            ExitPrice = price,
            SettledTs = settledTs,
            Reason = reason,
            Commission = _commission + commission,
            Slippage = _slippage + (Shares * Math.Abs(quoted - price)),
        };
        return flow;
    }

    private Trade Entered(double pnl) => new(
        Prices.Symbol, _order.Entry.Signal, _order.SignalTs, _entryTs, EntryPrice, null, null, null, null, Shares, Outlay, _commission, _slippage, pnl, _order.Entry.Side, _borrow);
}
