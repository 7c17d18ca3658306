namespace Bf.Core.Statistics;

/// <summary>
/// The deflated Sharpe ratio: how sure we may be of the best of many trials, when the best of as many trials without any skill
/// would look good too. It is the probabilistic Sharpe ratio against the Sharpe ratio that the best of N skill-less trials is expected to show,
/// SR0 = sqrt(V) ((1 - g) Z^-1[1 - 1/N] + g Z^-1[1 - 1/(N e)]), V the variance of the trials' Sharpe ratios, g Euler's constant.
/// Source: Bailey and Lopez de Prado, The Deflated Sharpe Ratio, Journal of Portfolio Management 40(5), 2014.
/// The trials are taken as independent. Neighbours in a grid are not: counting each of them makes SR0 too high, and the figure errs on the side of doubt.
/// </summary>
/// <param name="Trials">The trials, those without a Sharpe ratio included.</param>
/// <param name="Sharpe">The Sharpe ratio of the best, per period.</param>
/// <param name="ExpectedMaximum">SR0, per period.</param>
/// <param name="Probability">The probability that the true Sharpe ratio of the best exceeds SR0: the deflated Sharpe ratio.</param>
public sealed record DeflatedSharpe(int Trials, double Sharpe, double ExpectedMaximum, double Probability)
{
    private const double EulerGamma = 0.5772156649015329;

    /// <summary>Deflates the best of some trials; null where its returns have no Sharpe ratio.</summary>
    /// <param name="trialSharpes">The Sharpe ratio of each trial, per period; NaN for one without (it never traded): it counts as a trial, not in the variance.</param>
    /// <param name="bestReturns">The returns per period of the trial that was chosen, as fractions.</param>
    /// <exception cref="ArgumentException">There are no trials.</exception>
    public static DeflatedSharpe? Of(double[] trialSharpes, double[] bestReturns)
    {
        ArgumentNullException.ThrowIfNull(trialSharpes);
        if (trialSharpes.Length == 0)
        {
            throw new ArgumentException("there are no trials", nameof(trialSharpes));
        }

        var expected = ExpectedMaximumOf(trialSharpes.Length, Variance(trialSharpes));
        return ReturnMoments.Of(bestReturns) is { } moments && ProbabilisticSharpe.Of(moments, expected) is { } probability
            ? new(trialSharpes.Length, moments.Sharpe, expected, probability)
            : null;
    }

    /// <summary>The largest Sharpe ratio to expect of trials whose true Sharpe ratio is 0; 0 for a single trial, which is no choice.</summary>
    /// <param name="trials">How many.</param>
    /// <param name="variance">The variance of their Sharpe ratios.</param>
    public static double ExpectedMaximumOf(int trials, double variance) =>
        trials < 2 ? 0 : Math.Sqrt(variance) * (
            ((1 - EulerGamma) * NormalDistribution.Quantile(1 - (1.0 / trials)))
            + (EulerGamma * NormalDistribution.Quantile(1 - (1 / (trials * Math.E)))));

    private static double Variance(double[] values)
    {
        var known = Array.FindAll(values, double.IsFinite);
        if (known.Length < 2)
        {
            return 0;
        }

        var mean = 0.0;
        foreach (var value in known)
        {
            mean += value;
        }

        mean /= known.Length;
        var squares = 0.0;
        foreach (var value in known)
        {
            squares += (value - mean) * (value - mean);
        }

        return squares / (known.Length - 1);
    }
}
