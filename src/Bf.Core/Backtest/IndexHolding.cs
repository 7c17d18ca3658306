namespace Bf.Core.Backtest;

/// <summary>The capital held in an index: bought at its first defined value, marked at its latest.</summary>
internal static class IndexHolding
{
    /// <summary>A value a date; cash until the index is defined. Null when it never is.</summary>
    public static double[]? Equity(ReadOnlySpan<double> index, double capital)
    {
        var equity = new double[index.Length];
        double? bought = null;
        var value = capital;
        for (var i = 0; i < index.Length; i++)
        {
            if (index[i] > 0 && double.IsFinite(index[i]))
            {
                bought ??= index[i];
                value = capital * (index[i] / bought.Value);
            }

            equity[i] = value;
        }

        return bought is null ? null : equity;
    }
}
