namespace Bf.Core.Backtest.Strategies;

/// <summary>Enters when a signal begins, and leaves when another holds or the portfolio's own rules (holding time, stops) say so.</summary>
/// <param name="entries">What opens positions; of several on one date the first is taken.</param>
/// <param name="exit">What closes them; null: only time and stops do.</param>
/// <param name="side">Which way. <see cref="StrategySide.Both"/>: long by the entries, short by the exit, each closing the other.</param>
internal sealed class SignalStrategy(IReadOnlyList<Trigger> entries, Trigger? exit, StrategySide side) : IStrategy
{
    public Decision Decide(MarketView view)
    {
        List<Entry>? wanted = null;
        var entryHolds = false;
        foreach (var trigger in entries)
        {
            entryHolds |= trigger.Holds(view);
            if (trigger.Begins(view))
            {
                (wanted ??= []).Add(new(side == StrategySide.Short ? TradeSide.Short : TradeSide.Long, trigger.Signal));
            }
        }

        if (side == StrategySide.Both && exit!.Begins(view))
        {
            (wanted ??= []).Add(new(TradeSide.Short, exit.Signal));
        }

        var exitHolds = exit is not null && exit.Holds(view);
        var exitLong = exitHolds && side != StrategySide.Short;
        var exitShort = side == StrategySide.Both ? entryHolds : exitHolds && side == StrategySide.Short;
        return wanted is null && !exitLong && !exitShort ? Decision.Nothing : new(wanted ?? [], exitLong, exitShort);
    }
}
