namespace Bf.Core.Backtest.Grid;

/// <summary>How a grid of crossing averages trades, and on which bars.</summary>
public sealed record SmaCrossSettings
{
    /// <summary>Cash at the start.</summary>
    public double InitialCapital { get; init; } = 100_000;

    /// <summary>The fee of a fill, a fraction of the traded value.</summary>
    public double Fees { get; init; } = 0.001;

    /// <summary>
    /// The first bar traded at, from 0. Bars before it fill the averages and tell which of them was above, so that a crossing
    /// on this very bar counts; the span begins without a position.
    /// </summary>
    public int First { get; init; }

    /// <summary>The last bar traded at; null is the last there is. Nothing after it is looked at.</summary>
    public int? Last { get; init; }

    /// <summary>Bars of a year, for the Sharpe ratio: <see cref="MarketYear.DatesOf"/>.</summary>
    public double DatesPerYear { get; init; } = MarketYear.Days;

    /// <summary>Threads to compute on, at least 1. The result is the same for any number.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    internal void Validate(int bars)
    {
        Require(double.IsFinite(InitialCapital) && InitialCapital > 0, nameof(InitialCapital), "a number above 0");
        Require(Fees is >= 0 and < 1, nameof(Fees), "a fraction from 0 to below 1");
        Require(First >= 0 && First < bars, nameof(First), $"a bar of the {bars} there are");
        Require(Last is null || (Last >= First && Last < bars), nameof(Last), $"a bar from First on, of the {bars} there are");
        Require(Threads >= 1, nameof(Threads), "at least 1");
    }

    private static void Require(bool holds, string field, string wanted)
    {
        if (!holds)
        {
            throw new ArgumentException($"{field} must be {wanted}", field);
        }
    }
}
