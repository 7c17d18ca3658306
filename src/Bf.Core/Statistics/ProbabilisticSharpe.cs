namespace Bf.Core.Statistics;

/// <summary>
/// The probabilistic Sharpe ratio: how sure a record makes us that the true Sharpe ratio exceeds a benchmark,
/// Z[(SR - SR*) sqrt(n - 1) / sqrt(1 - skewness SR + (kurtosis - 1) / 4 SR^2)]; all ratios per period, never annual.
/// Source: Bailey and Lopez de Prado, The Sharpe Ratio Efficient Frontier, Journal of Risk 15(2), 2012. Returns are taken as independent
/// of each other; those of a trend follower are not quite, and its figure is too sure.
/// </summary>
public static class ProbabilisticSharpe
{
    /// <summary>The probability that the true Sharpe ratio of these returns exceeds a benchmark; null where the returns have no Sharpe ratio.</summary>
    /// <param name="returns">Returns per period, as fractions.</param>
    /// <param name="benchmark">The Sharpe ratio per period to exceed.</param>
    public static double? Of(ReadOnlySpan<double> returns, double benchmark = 0) =>
        ReturnMoments.Of(returns) is { } moments ? Of(moments, benchmark) : null;

    /// <summary>The same from moments that are known; null where they leave no error to divide by.</summary>
    public static double? Of(ReturnMoments moments, double benchmark = 0)
    {
        ArgumentNullException.ThrowIfNull(moments);
        var sharpe = moments.Sharpe;
        var variance = 1 - (moments.Skewness * sharpe) + ((moments.Kurtosis - 1) / 4 * sharpe * sharpe);
        return variance > 0 && moments.Count > 1
            ? NormalDistribution.Cdf((sharpe - benchmark) * Math.Sqrt(moments.Count - 1) / Math.Sqrt(variance))
            : null;
    }
}
