using Bf.Core.Statistics;

namespace Bf.Core.Tests.Statistics;

public sealed class EventTestsTests
{
    private static readonly int[] Horizons = [1, 5, 20];

    [Fact]
    public void Figures_are_the_same_in_any_order_of_the_work_and_whatever_else_is_tested()
    {
        var index = RandomIndex(1, 600, 0);
        EventSeries[] all = [new("a", [20, 21, 100, 300, 450]), new("none", []), new("b", [.. Enumerable.Range(0, 60).Select(i => i * 10)])];

        var forwards = Run(all, index, 700, p => p);
        var backwards = Run(all, index, 700, p => p.Reverse());
        var threads = Run(all, index, 700, pieces => pieces, parallel: true);
        var alone = Run([all[2]], index, 700, p => p);

        Assert.Equal(forwards.Select(Figures), backwards.Select(Figures));
        Assert.Equal(forwards.Select(Figures), threads.Select(Figures));
        Assert.Equal(forwards.Where(r => r.Detector == "b").Select(Figures), alone.Select(Figures));
        Assert.Equal(["a", "a", "a", "none", "none", "none", "b", "b", "b"], forwards.Select(r => r.Detector));
        Assert.NotEqual(forwards.Select(Figures), Run(all, index, 700, p => p, seed: 2).Select(Figures));
    }

    [Fact]
    public void A_detector_without_fires_has_no_figures_and_takes_no_part_in_the_correction()
    {
        var index = RandomIndex(1, 600, 0);
        var both = Run([new("a", [20, 100, 300]), new("none", [])], index, 200, p => p);

        Assert.All(both.Where(r => r.Detector == "none"), r => Assert.Equal(
            (0, null, null, null, null, null, null), (r.Outcome.Events, r.Outcome.Mean, r.Outcome.Lift, r.Low, r.High, r.PValue, r.QValue)));
        Assert.Equal(Run([new("a", [20, 100, 300])], index, 200, p => p).Select(r => r.QValue), both.Take(3).Select(r => r.QValue));
        Assert.Equal(BenjaminiHochberg.Adjust([.. both.Take(3).Select(r => r.PValue!.Value)]), both.Take(3).Select(r => r.QValue!.Value));
    }

    [Fact]
    public void Fires_that_foresee_rises_are_found_and_the_interval_lies_above_nothing()
    {
        var index = RandomIndex(4, 1500, 0);
        int[] foreseen = [.. Enumerable.Range(0, 1490).Where(t => index[t + 5] / index[t] > 1.03).Take(60)];

        var r = Run([new("seer", foreseen)], index, 2000, p => p, horizons: [5])[0];

        Assert.Equal(1 / 2001.0, r.PValue);
        Assert.Equal(r.PValue, r.QValue);
        Assert.True(r.Low > 0 && r.Low < r.Outcome.Lift && r.Outcome.Lift < r.High);
    }

    [Fact]
    public void Where_the_history_or_the_fires_are_too_few_there_is_no_interval()
    {
        var index = RandomIndex(1, 600, 0);

        Assert.Null(Run([new("one stretch", [100, 101, 102])], index, 100, p => p, horizons: [20])[0].Low);
        Assert.NotNull(Run([new("two stretches", [100, 101, 202])], index, 100, p => p, horizons: [20])[0].Low);
        Assert.Null(Run([new("long horizon", [10, 100, 250])], index, 100, p => p, horizons: [200])[0].Low); // 400 dates, blocks of 200
        Assert.NotNull(Run([new("long horizon", [10, 100, 250])], index, 100, p => p, horizons: [200])[0].PValue);
    }

    // 5 % of 150 is 7.5 with a standard deviation of 2.7; 50 % is 75 with 6.1
    [Fact]
    public void Where_nothing_is_to_be_found_p_values_are_spread_evenly_and_intervals_hold_the_truth()
    {
        int low = 0, half = 0, covered = 0;
        for (var seed = 0; seed < 150; seed++)
        {
            var index = RandomIndex(seed, 700, 0.2);
            var chance = SplitMix64.Of(seed, "fires", 0, 0);
            int[] fires = [.. Enumerable.Range(0, 12).SelectMany(_ =>
            {
                var at = chance.Below(680);
                return Enumerable.Range(at, 1 + chance.Below(4));
            }).Distinct().Order()];
            var r = Run([new("chance", fires)], index, 200, p => p, horizons: [10], seed: seed)[0];
            low += r.PValue <= 0.05 ? 1 : 0;
            half += r.PValue <= 0.5 ? 1 : 0;
            covered += r.Low <= 0 && r.High >= 0 ? 1 : 0;
        }

        Assert.InRange(low, 2, 16);
        Assert.InRange(half, 57, 93);
        Assert.InRange(covered, 128, 149); // 85 to 99 %
    }

    [Fact]
    public void Wrong_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventTests([], new([1.0]), [0], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventTests([], new([1.0]), [1], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventTests([new("a", [1])], new([1.0]), [1], 1, 1));
    }

    private static (string, int, double?, double?, double?) Figures(EventResult r) => (r.Detector, r.Outcome.Horizon, r.Low, r.High, r.PValue);

    private static IReadOnlyList<EventResult> Run(
        EventSeries[] series, double[] index, int draws, Func<IEnumerable<int>, IEnumerable<int>> order, bool parallel = false, int[]? horizons = null, long seed = 1)
    {
        var tests = new EventTests(series, new(index), horizons ?? Horizons, draws, seed);
        var pieces = order(Enumerable.Range(0, tests.Pieces));
        if (parallel)
        {
            Parallel.ForEach(pieces, new ParallelOptions { MaxDegreeOfParallelism = 4 }, tests.Run);
        }
        else
        {
            pieces.ToList().ForEach(tests.Run);
        }

        return tests.Results();
    }

    private static double[] RandomIndex(long seed, int dates, double memory)
    {
        var chance = SplitMix64.Of(seed, "index", 0, 0);
        double level = 100, move = 0;
        return [.. Enumerable.Range(0, dates).Select(_ => level *= 1 + 0.0003 + (move = (memory * move) + (0.01 * NormalDistribution.Quantile(chance.Share()))))];
    }
}
