namespace Bf.Core.Backtest;

/// <summary>A holding bought at one open, until it becomes a <see cref="Trade"/>.</summary>
internal sealed class Position
{
    private readonly Order _order;
    private readonly TradingCosts _costs;
    private readonly long _entryTs;
    private readonly double _entryPrice;
    private readonly double _commission;
    private readonly double _slippage;
    private readonly double _outlay;

    public Position(Order order, TradingCosts costs, double budget, double quoted, long ts, int date, int holdDays)
    {
        (_order, _costs, _entryTs) = (order, costs, ts);
        _entryPrice = costs.BuyPrice(quoted);
        Shares = costs.Affordable(budget, _entryPrice);
        _commission = costs.Commission(Shares, _entryPrice);
        _slippage = Shares * (_entryPrice - quoted);
        _outlay = costs.Outlay(Shares, _entryPrice);
        LastBarDate = date;
        DueDate = (long)date + holdDays;
    }

    public PriceCursor Prices => _order.Prices;

    public double Shares { get; }

    public double Outlay => _outlay;

    /// <summary>The first date on which it may be sold.</summary>
    public long DueDate { get; }

    /// <summary>The last date on which the symbol had a bar.</summary>
    public int LastBarDate { get; set; }

    public double Value => Shares * Prices.LastClose;

    /// <summary>What a sale at a quoted price brings, commission deducted.</summary>
    public double Proceeds(double quoted)
    {
        var price = _costs.SellPrice(quoted);
        return (Shares * price) - _costs.Commission(Shares, price);
    }

    public Trade Sold(double quoted, long exitTs, long settledTs, ExitReason reason)
    {
        var price = _costs.SellPrice(quoted);
        return Entered(Proceeds(quoted) - _outlay) with
        {
            ExitTs = exitTs,
            ExitPrice = price,
            SettledTs = settledTs,
            Reason = reason,
            Commission = _commission + _costs.Commission(Shares, price),
            Slippage = _slippage + (Shares * (quoted - price)),
        };
    }

    public Trade StillOpen() => Entered(Value - _outlay);

    private Trade Entered(double pnl) => new(
        Prices.Symbol, _order.Signal.Name, _order.SignalTs, _entryTs, _entryPrice, null, null, null, null, Shares, _outlay, _commission, _slippage, pnl);
}
