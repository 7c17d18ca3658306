namespace Bf.Core.Backtest;

/// <summary>Why an order was not filled.</summary>
public enum UnfilledReason
{
    /// <summary>The symbol had no bar with an open on the <see cref="BacktestSettings.FillDates"/> dates after the signal.</summary>
    NoBar,
    /// <summary>The span ended while the order was waiting.</summary>
    SpanEnded,
    /// <summary>The exit signal came first.</summary>
    Cancelled,
    /// <summary>Positions of the other side, which could not be closed in time, still bound the cash.</summary>
    NoCash,
}

/// <summary>An order that opened nothing; the cash meant for it stayed cash until the next signal.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Signal">The name of the signal.</param>
/// <param name="SignalTs">The signal's date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Reason">Why.</param>
public sealed record UnfilledOrder(string Symbol, string Signal, long SignalTs, UnfilledReason Reason);
