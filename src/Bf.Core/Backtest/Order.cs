using Bf.Core.Backtest.Strategies;

namespace Bf.Core.Backtest;

/// <summary>An order to open a position.</summary>
/// <param name="Prices">The symbol's prices.</param>
/// <param name="Entry">What asked for it.</param>
/// <param name="SignalTs">The signal's time.</param>
/// <param name="Budget">What the position may cost, commission included; fixed at the signal, from what was known then.</param>
/// <param name="FirstDate">The first date on which it may be filled, an index into the calendar.</param>
internal sealed record Order(PriceCursor Prices, Entry Entry, long SignalTs, double Budget, int FirstDate)
{
    /// <summary>The last date on which it may be filled.</summary>
    public int LastDate => FirstDate + BacktestSettings.FillDates - 1;

    /// <summary>Whether it could have been filled but for want of cash.</summary>
    public bool WantedCash { get; set; }

    public UnfilledOrder Unfilled(UnfilledReason reason) => new(Prices.Symbol, Entry.Signal, SignalTs, reason);
}
