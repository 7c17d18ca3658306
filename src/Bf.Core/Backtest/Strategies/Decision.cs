namespace Bf.Core.Backtest.Strategies;

/// <summary>What a strategy wants after a close. It speaks of the market; which symbols and how much of each is the portfolio's business.</summary>
/// <param name="Entries">Positions wanted, the first that is possible is taken.</param>
/// <param name="ExitLong">Whether all that was bought is to be sold.</param>
/// <param name="ExitShort">Whether all that was sold short is to be bought back.</param>
public sealed record Decision(IReadOnlyList<Entry> Entries, bool ExitLong = false, bool ExitShort = false)
{
    /// <summary>To do nothing.</summary>
    public static Decision Nothing { get; } = new([]);

    internal bool Exits(TradeSide side) => side == TradeSide.Long ? ExitLong : ExitShort;
}

/// <summary>The wish to open positions in the universe.</summary>
/// <param name="Side">Which way.</param>
/// <param name="Signal">The signal that asks for it.</param>
public sealed record Entry(TradeSide Side, string Signal);
