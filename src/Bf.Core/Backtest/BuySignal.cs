namespace Bf.Core.Backtest;

/// <summary>A market-wide signal to buy, known at the close of a date and not before.</summary>
/// <param name="Date">The date, as an index into the market's calendar.</param>
/// <param name="Name">What fired, such as the detector's name.</param>
public readonly record struct BuySignal(int Date, string Name);
