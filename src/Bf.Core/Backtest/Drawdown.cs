namespace Bf.Core.Backtest;

/// <summary>
/// A fall of an equity curve from its highest value so far, until it is back there.
/// Source: Magdon-Ismail and Atiya, Maximum Drawdown, Risk 17(10), 2004.
/// </summary>
/// <param name="Depth">Trough / peak - 1: a fraction below 0.</param>
/// <param name="Peak">The last date at the highest value before the fall, as an index into the curve.</param>
/// <param name="Trough">The first date at the lowest value of the fall, likewise.</param>
/// <param name="Recovery">The first date back at the peak's value or above, likewise; null when there is none.</param>
/// <param name="Length">Dates from the peak to the recovery, or to the curve's last date without one.</param>
public readonly record struct Drawdown(double Depth, int Peak, int Trough, int? Recovery, int Length)
{
    /// <summary>The deepest fall, the first of equals; null when the curve never falls, has fewer than two dates, or a value that is not above 0.</summary>
    /// <param name="equity">A value a date, in order of time.</param>
    public static Drawdown? Maximum(ReadOnlySpan<double> equity)
    {
        var depth = 0.0;
        int high = 0, peak = 0, trough = 0;
        for (var i = 0; i < equity.Length; i++)
        {
            if (!(equity[i] > 0 && double.IsFinite(equity[i])))
            {
                return null;
            }

            if (equity[i] >= equity[high])
            {
                high = i;
            }
            else if ((equity[i] / equity[high]) - 1 < depth)
            {
                (depth, peak, trough) = ((equity[i] / equity[high]) - 1, high, i);
            }
        }

        if (depth == 0)
        {
            return null;
        }

        int? recovery = null;
        for (var i = trough + 1; i < equity.Length && recovery is null; i++)
        {
            recovery = equity[i] >= equity[peak] ? i : null;
        }

        return new(depth, peak, trough, recovery, (recovery ?? (equity.Length - 1)) - peak);
    }
}
