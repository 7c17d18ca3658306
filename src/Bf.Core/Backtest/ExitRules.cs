namespace Bf.Core.Backtest;

/// <summary>
/// The stops. They are looked at once a bar, at its close, and acted upon like any other decision of that close: a daily bar does not say
/// whether its high or its low came first, and whoever assumes a fill at the stop's own price leaves out the gaps that hurt.
/// </summary>
internal sealed class ExitRules(BacktestSettings settings)
{
    /// <summary>Why a position is to be closed after a close; null: it stays.</summary>
    public ExitReason? For(Position p) =>
        settings.StopLoss is { } loss && Against(p, p.EntryPrice, loss) ? ExitReason.StopLoss
        : settings.TrailingStop is { } trail && Against(p, p.Best, trail) ? ExitReason.TrailingStop
        : settings.TakeProfit is { } gain && InFavour(p, gain) ? ExitReason.TakeProfit
        : null;

    private static bool Against(Position p, double from, double by) => p.IsShort ? p.Mark >= from * (1 + by) : p.Mark <= from * (1 - by);

    private static bool InFavour(Position p, double by) => p.IsShort ? p.Mark <= p.EntryPrice * (1 - by) : p.Mark >= p.EntryPrice * (1 + by);
}
