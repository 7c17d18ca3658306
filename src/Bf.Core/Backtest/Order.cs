namespace Bf.Core.Backtest;

/// <summary>An order to buy at a symbol's next open.</summary>
/// <param name="Prices">The symbol's prices.</param>
/// <param name="Signal">The signal.</param>
/// <param name="SignalTs">The signal's time.</param>
/// <param name="Budget">What the purchase may cost, commission included; fixed at the signal, from what was known then.</param>
internal sealed record Order(PriceCursor Prices, BuySignal Signal, long SignalTs, double Budget)
{
    /// <summary>The last date on which it may be filled.</summary>
    public int LastDate => Signal.Date + BacktestSettings.FillDates;

    public UnfilledOrder Unfilled(UnfilledReason reason) => new(Prices.Symbol, Signal.Name, SignalTs, reason);
}
