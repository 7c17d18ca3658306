namespace Bf.Core.Backtest;

/// <summary>What a backtest made of a signal.</summary>
public enum SignalUse
{
    /// <summary>Orders were placed.</summary>
    Taken,
    /// <summary>Ignored: positions of an earlier signal were still held, or its orders waiting.</summary>
    AlreadyInvested,
    /// <summary>Ignored: no member of the universe had a bar (or, for a volatility target, a known volatility), or no equity was left.</summary>
    NothingToBuy,
    /// <summary>Ignored: the signal to close such positions was on at the same close.</summary>
    Contradicted,
}

/// <summary>One signal of the span and all that followed from it. Thrusts are few: their number, not that of the trades, says how much a backtest proves.</summary>
/// <param name="Signal">The signal's name.</param>
/// <param name="SignalTs">Its date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Use">What became of it.</param>
/// <param name="Ordered">Orders placed.</param>
/// <param name="Filled">Of these, filled.</param>
/// <param name="Open">Of these, still held at the end of the span.</param>
/// <param name="Outlay">What the positions cost, commission included.</param>
/// <param name="Pnl">The profit of its trades, net of costs, in the currency of the prices.</param>
/// <param name="Side">Which way.</param>
public sealed record SignalEpisode(string Signal, long SignalTs, SignalUse Use, int Ordered, int Filled, int Open, double Outlay, double Pnl, TradeSide Side = TradeSide.Long)
{
    /// <summary>Whether something was opened and all of it has been closed.</summary>
    public bool IsClosed => Filled > 0 && Open == 0;
}
