using Bf.Core.Backtest;

namespace Bf.Core.Tests.Backtest;

public sealed class RollingSharpeTests
{
    [Fact]
    public void Each_value_is_the_Sharpe_ratio_of_its_own_window()
    {
        double[] curve = [.. Enumerable.Range(0, 40).Select(i => 100 + i + (7 * Math.Sin(i)))];

        var rolling = RollingSharpe.Of(curve, window: 10);

        Assert.Equal(40, rolling.Length);
        Assert.All(rolling[..10], v => Assert.True(double.IsNaN(v)));
        for (var t = 10; t < 40; t++)
        {
            var returns = Enumerable.Range(t - 9, 10).Select(i => (curve[i] / curve[i - 1]) - 1).ToArray();
            var mean = returns.Average();
            Assert.Equal(mean / Math.Sqrt(returns.Sum(r => (r - mean) * (r - mean)) / 9) * Math.Sqrt(252), rolling[t], 1e-9);
        }
    }

    [Fact]
    public void A_window_without_movement_or_above_nothing_is_undefined_and_leaves_the_others_alone()
    {
        Assert.All(RollingSharpe.Of([5, 5, 5, 5], window: 2), v => Assert.True(double.IsNaN(v)));
        var rolling = RollingSharpe.Of([1, 2, 5, -1, 2, 3, 7], window: 2);
        Assert.Equal([true, true, false, true, true, true, false], rolling.Select(double.IsNaN));
        Assert.Equal(RollingSharpe.Of([2, 3, 7], window: 2)[2], rolling[6]);
        Assert.Throws<ArgumentOutOfRangeException>(() => RollingSharpe.Of([1, 2], window: 1));
    }

    [Fact]
    public void Bars_within_the_day_are_made_annual_by_their_own_number()
    {
        double[] curve = [1, 2, 3, 5];
        Assert.Equal(2 * RollingSharpe.Of(curve, window: 3)[3], RollingSharpe.Of(curve, 4 * 252, 3)[3], 1e-12);
    }
}
