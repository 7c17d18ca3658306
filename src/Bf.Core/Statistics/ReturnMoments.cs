namespace Bf.Core.Statistics;

/// <summary>The shape of a series of returns that the Sharpe ratio's error depends on.</summary>
/// <param name="Count">The returns.</param>
/// <param name="Sharpe">Mean / sample standard deviation (n - 1), per period and not annual, against a rate of 0.</param>
/// <param name="Skewness">m3 / m2^1.5, m the central moments over n; 0 for a symmetric distribution.</param>
/// <param name="Kurtosis">m4 / m2^2; 3 for a normal distribution, not its excess.</param>
public sealed record ReturnMoments(int Count, double Sharpe, double Skewness, double Kurtosis)
{
    // A return is right to a few 1e-16, so a deviation below this is rounding; dividing by it would make a ratio of noise.
    private const double Noise = 1e-14;

    /// <summary>The moments of returns, in two passes; null below three returns, where they do not vary, or where one is not finite.</summary>
    public static ReturnMoments? Of(ReadOnlySpan<double> returns)
    {
        if (returns.Length < 3)
        {
            return null;
        }

        var mean = 0.0;
        foreach (var r in returns)
        {
            mean += r;
        }

        mean /= returns.Length;
        double second = 0, third = 0, fourth = 0;
        foreach (var r in returns)
        {
            var d = r - mean;
            second += d * d;
            third += d * d * d;
            fourth += d * d * (d * d);
        }

        var deviation = Math.Sqrt(second / (returns.Length - 1));
        var m2 = second / returns.Length;
        return deviation > Noise && double.IsFinite(fourth)
            ? new(returns.Length, mean / deviation, third / returns.Length / (m2 * Math.Sqrt(m2)), fourth / returns.Length / (m2 * m2))
            : null;
    }
}
