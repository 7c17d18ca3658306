using System.Numerics;
using Bf.Core.Statistics;

namespace Bf.Core.Tests.Statistics;

public sealed class BacktestOverfittingTests
{
    [Theory]
    [InlineData(2, 5, 11)]
    [InlineData(4, 7, 23)]
    [InlineData(6, 3, 60)]
    [InlineData(8, 12, 100)]
    public void It_equals_a_plain_rewrite_that_joins_the_dates_of_each_split(int blocks, int trials, int dates)
    {
        var returns = Noise(trials, dates, seed: blocks);
        Array.Clear(returns[0]); // one that never trades
        returns[^1] = returns[1]; // and two that are the same

        var o = BacktestOverfitting.Of(returns, blocks);
        var plain = Plain(returns, blocks);

        Assert.Equal(plain.Count, o.Combinations);
        Assert.Equal(plain.Select(p => p.Logit).Order(), o.Logits.Order(), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(plain.Average(p => p.Logit <= 1e-12 ? 1.0 : 0), o.Probability, 1e-12);
        Assert.Equal(plain.Average(p => p.Outside < 0 ? 1.0 : 0), o.LossProbability, 1e-12);
        var (x, y) = (plain.Average(p => p.Inside), plain.Average(p => p.Outside));
        Assert.Equal(plain.Sum(p => (p.Inside - x) * (p.Outside - y)) / plain.Sum(p => (p.Inside - x) * (p.Inside - x)), o.DegradationSlope!.Value, 1e-6);
    }

    [Fact]
    public void Among_trials_that_differ_by_luck_alone_the_choice_is_worth_nothing()
    {
        var mean = Enumerable.Range(0, 20).Average(seed => BacktestOverfitting.Of(Noise(20, 400, seed), 10).Probability);

        Assert.InRange(mean, 0.4, 0.6);
    }

    [Fact]
    public void A_trial_that_is_truly_better_is_chosen_and_stays_better()
    {
        var returns = Noise(50, 800, seed: 3);
        for (var t = 0; t < 800; t++)
        {
            returns[17][t] += 0.5; // half a standard deviation a date
        }

        var o = BacktestOverfitting.Of(returns);

        Assert.Equal((12_870, 0.0, 0.0), (o.Combinations, o.Probability, o.LossProbability));
        Assert.All(o.Logits, logit => Assert.Equal(Math.Log(50), logit, 1e-12)); // the best of 50: 50/51 over 1/51
    }

    [Fact]
    public void Trials_that_take_turns_at_being_best_make_every_choice_a_wrong_one()
    {
        // each of the two wins where the other loses: the better in the sample is the worse outside
        double[] up = [0.02, 0.01, 0.03], down = [-0.02, -0.01, -0.03];
        var o = BacktestOverfitting.Of([[.. up, .. down], [.. down, .. up]], 2);

        Assert.Equal((2, 1.0, 1.0), (o.Combinations, o.Probability, o.LossProbability));
        Assert.All(o.Logits, logit => Assert.Equal(Math.Log(0.5), logit, 1e-12)); // rank 1 of 2: 1/3 over 2/3
    }

    [Fact]
    public void What_cannot_be_split_is_refused()
    {
        Assert.Throws<ArgumentException>(() => BacktestOverfitting.Of(Noise(1, 100, 1)));
        Assert.Throws<ArgumentException>(() => BacktestOverfitting.Of(Noise(2, 100, 1), 5));
        Assert.Throws<ArgumentException>(() => BacktestOverfitting.Of(Noise(2, 100, 1), 22));
        Assert.Throws<ArgumentException>(() => BacktestOverfitting.Of(Noise(2, 31, 1)));
        Assert.Throws<ArgumentException>(() => BacktestOverfitting.Of([new double[40], new double[41]]));
        Assert.Throws<ArgumentException>(() => BacktestOverfitting.Of([new double[40], [.. new double[39], double.NaN]]));
    }

    private static double[][] Noise(int trials, int dates, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, trials).Select(_ => Enumerable.Range(0, dates).Select(_ => NormalDistribution.Quantile((random.NextDouble() * 0.9998) + 0.0001)).ToArray())];
    }

    private static List<(double Inside, double Outside, double Logit)> Plain(double[][] returns, int blocks)
    {
        var dates = returns[0].Length;
        var splits = new List<(double, double, double)>();
        for (var set = 0; set < 1 << blocks; set++)
        {
            if (BitOperations.PopCount((uint)set) != blocks / 2)
            {
                continue;
            }

            bool IsInside(int t) => (set >> Enumerable.Range(0, blocks).Last(b => (long)b * dates / blocks <= t) & 1) == 1;
            double[] inside = [.. returns.Select(r => Sharpe([.. r.Where((_, t) => IsInside(t))]))];
            double[] outside = [.. returns.Select(r => Sharpe([.. r.Where((_, t) => !IsInside(t))]))];
            var best = Array.FindIndex(inside, s => Math.Abs(s - inside.Max()) < 1e-12);
            var rank = outside.Count(s => s < outside[best] - 1e-12) + ((outside.Count(s => Math.Abs(s - outside[best]) <= 1e-12) + 1) / 2.0);
            splits.Add((inside[best], outside[best], Math.Log(rank / (returns.Length + 1 - rank))));
        }

        return splits;
    }

    private static double Sharpe(double[] r)
    {
        var mean = r.Average();
        var deviation = Math.Sqrt(r.Sum(x => (x - mean) * (x - mean)) / (r.Length - 1));
        return deviation == 0 ? 0 : mean / deviation;
    }
}
