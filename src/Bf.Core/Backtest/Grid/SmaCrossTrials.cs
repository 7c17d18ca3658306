namespace Bf.Core.Backtest.Grid;

/// <summary>Pairs of averages of one symbol as the settings of a grid.</summary>
/// <param name="closes">Adjusted closes, one a bar.</param>
/// <param name="pairs">The pairs.</param>
/// <param name="settings">How to trade; its span is replaced by the one that is asked for.</param>
public sealed class SmaCrossTrials(double[] closes, SmaPair[] pairs, SmaCrossSettings settings) : GridTrials
{
    /// <inheritdoc/>
    public override int Count => pairs.Length;

    /// <inheritdoc/>
    public override int Dates => closes.Length;

    /// <inheritdoc/>
    public override double InitialCapital => settings.InitialCapital;

    /// <inheritdoc/>
    public override double DatesPerYear => settings.DatesPerYear;

    /// <inheritdoc/>
    public override GridFigures[] Run(int first, int last) => SmaCrossGrid.Run(closes, pairs, settings with { First = first, Last = last });

    /// <inheritdoc/>
    public override TrialPath Path(int trial, int first, int last)
    {
        var span = settings with { First = first, Last = last };
        var equity = SmaCrossGrid.Equity(closes, pairs[trial], span, out var orders);
        return new(equity, orders, orders % 2, orders % 2 == 1 ? equity[^1] * (1 - settings.Fees) : equity[^1]);
    }
}
