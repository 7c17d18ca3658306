namespace Bf.Core.Backtest;

/// <summary>What a backtest made of a signal.</summary>
public enum SignalUse
{
    /// <summary>Orders were placed.</summary>
    Taken,
    /// <summary>Ignored: positions of an earlier signal were still held, or its orders waiting.</summary>
    AlreadyInvested,
    /// <summary>Ignored: no member of the universe had a bar.</summary>
    NothingToBuy,
}

/// <summary>One signal of the span and all that followed from it. Thrusts are few: their number, not that of the trades, says how much a backtest proves.</summary>
/// <param name="Signal">The signal's name.</param>
/// <param name="SignalTs">Its date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Use">What became of it.</param>
/// <param name="Ordered">Orders placed.</param>
/// <param name="Filled">Of these, bought.</param>
/// <param name="Open">Of these, still held at the end of the span.</param>
/// <param name="Outlay">What the purchases cost, commission included.</param>
/// <param name="Pnl">The profit of its trades, net of costs, in the currency of the prices.</param>
public sealed record SignalEpisode(string Signal, long SignalTs, SignalUse Use, int Ordered, int Filled, int Open, double Outlay, double Pnl)
{
    /// <summary>Whether something was bought and all of it has been sold.</summary>
    public bool IsClosed => Filled > 0 && Open == 0;
}
