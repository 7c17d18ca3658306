using Bf.Core.Statistics;

namespace Bf.Core.Tests.Statistics;

public sealed class SharpeTests
{
    // The example of The Deflated Sharpe Ratio (2014), as it is quoted (the paper itself was not at hand): five years of 250 dates, an annual Sharpe
    // ratio of 2.5 as the best of 100 trials (0.9004) or of 46 (0.9505), whose annual Sharpe ratios have a variance of 1/2; skewness -3, kurtosis 10.
    // By hand for 100: SR0 = 0.0447214 (0.4227843 x 2.3263479 + 0.5772157 x 2.6802104) = 0.113172, z = (0.158114 - 0.113172) x 35.3412 / 1.237171 = 1.28382.
    [Theory]
    [InlineData(100, 0.9004)]
    [InlineData(46, 0.9505)]
    public void The_papers_example_comes_out(int trials, double probability)
    {
        var expected = DeflatedSharpe.ExpectedMaximumOf(trials, 1 / (2 * 250.0));

        Assert.Equal(probability, ProbabilisticSharpe.Of(new ReturnMoments(1250, 2.5 / Math.Sqrt(250), -3, 10), expected)!.Value, 1e-4);
    }

    [Fact]
    public void The_expected_maximum_is_what_the_formula_gives_by_hand() => Assert.Equal(0.113172, DeflatedSharpe.ExpectedMaximumOf(100, 1 / 500.0), 1e-6);

    [Fact]
    public void The_moments_are_those_of_the_textbook()
    {
        // 1, 2, 3, 6 (in percent): mean 3; deviations -2, -1, 0, 3; squares 14, cubes 18, fourths 98
        var moments = ReturnMoments.Of([0.01, 0.02, 0.03, 0.06])!;

        Assert.Equal(4, moments.Count);
        Assert.Equal(3 / Math.Sqrt(14 / 3.0), moments.Sharpe, 1e-12);
        Assert.Equal(4.5 / Math.Pow(3.5, 1.5), moments.Skewness, 1e-12);
        Assert.Equal(24.5 / 12.25, moments.Kurtosis, 1e-12);
    }

    [Fact]
    public void Of_normal_returns_the_error_of_the_ratio_is_that_of_Lo()
    {
        // Lo (2002): the variance of a Sharpe ratio is (1 + SR^2 / 2) / n for normal returns
        var z = 0.1 * Math.Sqrt(250) / Math.Sqrt(1 + (0.1 * 0.1 / 2));

        Assert.Equal(NormalDistribution.Cdf(z), ProbabilisticSharpe.Of(new ReturnMoments(251, 0.1, 0, 3))!.Value, 1e-14);
        Assert.Equal(0.5, ProbabilisticSharpe.Of(new ReturnMoments(251, 0.1, 0, 3), 0.1)!.Value, 1e-14);
    }

    [Fact]
    public void The_best_of_trials_is_judged_by_how_many_there_were_and_how_far_they_lie_apart()
    {
        var best = new double[500];
        var random = new Random(5);
        for (var i = 0; i < best.Length; i++)
        {
            best[i] = 0.001 + (0.01 * (random.NextDouble() - 0.5));
        }

        double[] few = [0, 0.1];
        double[] many = [.. Enumerable.Repeat(few, 50).SelectMany(s => s)];
        var alone = DeflatedSharpe.Of([0.1], best)!;

        Assert.Equal(0, alone.ExpectedMaximum);
        Assert.Equal(ProbabilisticSharpe.Of(best), alone.Probability);
        Assert.True(DeflatedSharpe.Of(few, best)!.Probability > DeflatedSharpe.Of(many, best)!.Probability);
        Assert.Equal(alone.Probability, DeflatedSharpe.Of([0.1, 0.1, 0.1], best)!.Probability);
    }

    [Fact]
    public void A_trial_without_a_Sharpe_ratio_is_a_trial_all_the_same()
    {
        double[] best = [0.01, -0.01, 0.02, 0.03, -0.02];

        var d = DeflatedSharpe.Of([0.1, double.NaN, 0.3], best)!;

        Assert.Equal(3, d.Trials);
        Assert.Equal(DeflatedSharpe.ExpectedMaximumOf(3, 0.02), d.ExpectedMaximum, 1e-14);
    }

    [Fact]
    public void Returns_that_do_not_vary_have_no_figure_and_no_trials_are_refused()
    {
        Assert.Null(ReturnMoments.Of([0.1, 0.1, 0.1]));
        Assert.Null(ReturnMoments.Of([0.1, 0.2]));
        Assert.Null(ReturnMoments.Of([0.1, 0.2, double.NaN]));
        Assert.Null(ProbabilisticSharpe.Of([0.0, 0.0, 0.0]));
        Assert.Null(DeflatedSharpe.Of([0.1], [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => DeflatedSharpe.Of([], [0.1, 0.2, 0.3]));
    }

    [Fact]
    public void The_expected_maximum_is_close_to_what_the_best_of_so_many_normal_deviates_shows()
    {
        var random = new Random(11);
        foreach (var trials in new[] { 10, 100 })
        {
            var sum = 0.0;
            for (var i = 0; i < 4000; i++)
            {
                var best = double.NegativeInfinity;
                for (var k = 0; k < trials; k++)
                {
                    best = Math.Max(best, NormalDistribution.Quantile(random.NextDouble() + 1e-12));
                }

                sum += best;
            }

            Assert.Equal(sum / 4000, DeflatedSharpe.ExpectedMaximumOf(trials, 1), 0.05);
        }
    }
}
