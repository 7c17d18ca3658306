namespace Bf.Core.Statistics;

/// <summary>
/// False discovery rates of several tests: q_i is the smallest rate at which test i is still among the discoveries,
/// min over j >= i of p_j m / j with the p-values ascending, at most 1.
/// Source: Benjamini and Hochberg, Controlling the False Discovery Rate, Journal of the Royal Statistical Society B 57(1), 1995.
/// It holds for tests that are independent or, as here, mostly move together (Benjamini and Yekutieli 2001).
/// </summary>
public static class BenjaminiHochberg
{
    /// <summary>The q-value of each p-value, in the order given.</summary>
    public static double[] Adjust(double[] pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        var order = new int[pValues.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort((double[])pValues.Clone(), order);
        var q = new double[pValues.Length];
        var least = 1.0;
        for (var rank = order.Length; rank >= 1; rank--)
        {
            least = Math.Min(least, pValues[order[rank - 1]] * order.Length / rank);
            q[order[rank - 1]] = least;
        }

        return q;
    }
}
