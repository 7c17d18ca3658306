namespace Bf.Core.Backtest;

/// <summary>Why a position was closed.</summary>
public enum ExitReason
{
    /// <summary>Its holding time was over.</summary>
    HoldDays,
    /// <summary>The exit signal.</summary>
    Signal,
    /// <summary>It had lost <see cref="BacktestSettings.StopLoss"/> at a close.</summary>
    StopLoss,
    /// <summary>It had fallen by <see cref="BacktestSettings.TrailingStop"/> from its best close.</summary>
    TrailingStop,
    /// <summary>It had gained <see cref="BacktestSettings.TakeProfit"/> at a close.</summary>
    TakeProfit,
    /// <summary>The equity had become less than <see cref="BacktestSettings.MaintenanceMargin"/> of what the shorts are worth.</summary>
    MarginCall,
    /// <summary>
    /// No bar on more than <see cref="BacktestSettings.SilentDates"/> dates. Whether the symbol comes back later is not known then, and
    /// takes no part.
    /// </summary>
    Delisted,
}

/// <summary>
/// One position from its opening on. The books add up: the initial capital, the <see cref="Pnl"/> of all trades and the interest on cash
/// make the last equity. What is said of buying and selling holds for a short the other way round. Times are microseconds since 1970-01-01 UTC, money is in the currency of the prices.
/// </summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Signal">The name of the signal that it was bought on.</param>
/// <param name="SignalTs">The signal's date.</param>
/// <param name="EntryTs">The date at whose open it was bought.</param>
/// <param name="EntryPrice">The price paid, slippage included: adjusted open x (1 + slippage rate).</param>
/// <param name="ExitTs">The date of the exit price; null while open. For <see cref="ExitReason.Delisted"/> the last bar's date.</param>
/// <param name="ExitPrice">The price received, slippage deducted: adjusted open (delisted: last close less the haircut) x (1 - slippage rate); null while open.</param>
/// <param name="SettledTs">The date on which the sale enters the books: the exit's, or for a delisted symbol the date on which its silence has lasted too long. Null while open.</param>
/// <param name="Reason">Why it was sold; null while open.</param>
/// <param name="Shares">Shares in terms of adjusted prices; fractional, above 0 for shorts too.</param>
/// <param name="Outlay">What was put in: shares x entry price + the commission of the entry.</param>
/// <param name="Commission">Commission of both sides so far.</param>
/// <param name="Slippage">What both sides so far lost against the quoted prices; already in the prices, not to be deducted again.</param>
/// <param name="Pnl">Profit net of commission, slippage and borrowing; while open, at the last close of the span and without costs of an exit.</param>
/// <param name="Side">Which way.</param>
/// <param name="Borrow">What borrowing the shares of a short has cost so far.</param>
public sealed record Trade(
    string Symbol,
    string Signal,
    long SignalTs,
    long EntryTs,
    double EntryPrice,
    long? ExitTs,
    double? ExitPrice,
    long? SettledTs,
    ExitReason? Reason,
    double Shares,
    double Outlay,
    double Commission,
    double Slippage,
    double Pnl,
    TradeSide Side = TradeSide.Long,
    double Borrow = 0)
{
    /// <summary>Whether it has been closed.</summary>
    public bool IsClosed => Reason is not null;

    /// <summary>Profit as a fraction of the outlay.</summary>
    public double Return => Pnl / Outlay;

    /// <summary>The value bought and sold, at the prices of the fills, without commission.</summary>
    public double TradedValue => Shares * (EntryPrice + (ExitPrice ?? 0));
}
