namespace Bf.Core.Backtest;

/// <summary>A holding bought at one open, and the trade that it becomes.</summary>
internal sealed class Position
{
    private readonly Order _order;
    private readonly TradingCosts _costs;
    private readonly long _entryTs;
    private readonly double _entryPrice;
    private readonly double _commission;
    private readonly double _slippage;
    private readonly double _outlay;
    private Trade? _sold;

    public Position(Order order, TradingCosts costs, double budget, double quoted, long ts, int date, int holdDays)
    {
        (_order, _costs, _entryTs) = (order, costs, ts);
        _entryPrice = costs.BuyPrice(quoted);
        Shares = costs.Affordable(budget, _entryPrice);
        _commission = costs.Commission(Shares, _entryPrice);
        _slippage = Shares * (_entryPrice - quoted);
        _outlay = costs.Outlay(Shares, _entryPrice);
        DueDate = (long)date + holdDays;
    }

    public PriceCursor Prices => _order.Prices;

    public double Shares { get; }

    public double Outlay => _outlay;

    /// <summary>The first date on which it may be sold.</summary>
    public long DueDate { get; }

    public double Value => Shares * Prices.LastClose;

    /// <summary>The trade as it stands: sold, or marked at the last close.</summary>
    public Trade Trade => _sold ?? Entered(Value - _outlay);

    /// <summary>Sells at a quoted price.</summary>
    /// <returns>What the sale brings, commission deducted.</returns>
    public double Sell(double quoted, long exitTs, long settledTs, ExitReason reason)
    {
        var price = _costs.SellPrice(quoted);
        var commission = _costs.Commission(Shares, price);
        var proceeds = (Shares * price) - commission;
        _sold = Entered(proceeds - _outlay) with
        {
            ExitTs = exitTs,
            ExitPrice = price,
            SettledTs = settledTs,
            Reason = reason,
            Commission = _commission + commission,
            Slippage = _slippage + (Shares * (quoted - price)),
        };
        return proceeds;
    }

    private Trade Entered(double pnl) => new(
        Prices.Symbol, _order.Signal.Name, _order.SignalTs, _entryTs, _entryPrice, null, null, null, null, Shares, _outlay, _commission, _slippage, pnl);
}
