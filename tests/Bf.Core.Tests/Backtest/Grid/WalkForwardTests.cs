using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;

namespace Bf.Core.Tests.Backtest.Grid;

public sealed class WalkForwardTests
{
    [Fact]
    public void A_rolling_walk_moves_on_and_its_last_part_may_be_shorter() =>
        Assert.Equal([new(0, 3, 4, 6), new(3, 6, 7, 9), new(6, 9, 10, 10)], WalkForward.Windows(0, 10, 4, 3, anchored: false));

    [Fact]
    public void An_anchored_walk_always_begins_at_the_first_date() =>
        Assert.Equal([new(2, 5, 6, 8), new(2, 8, 9, 11)], WalkForward.Windows(2, 11, 4, 3, anchored: true));

    [Fact]
    public void The_test_dates_follow_each_other_without_gap_or_overlap()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var r = new Random(seed);
            var (first, train, test) = (r.Next(10), r.Next(2, 30), r.Next(1, 30));
            var last = first + train + r.Next(100);
            var windows = WalkForward.Windows(first, last, train, test, seed % 2 == 0);
            Assert.Equal(Enumerable.Range(first + train, last - first - train + 1), windows.SelectMany(w => Enumerable.Range(w.TestFirst, w.TestLast - w.TestFirst + 1)));
            Assert.All(windows, w => Assert.Equal(w.TestFirst, w.TrainLast + 1));
            Assert.All(windows, w => Assert.Equal(seed % 2 == 0 ? first : w.TestFirst - train, w.TrainFirst));
        }
    }

    [Fact]
    public void Too_few_dates_are_refused()
    {
        Assert.Throws<ArgumentException>(() => WalkForward.Windows(0, 9, 10, 1, anchored: false));
        Assert.Throws<ArgumentException>(() => WalkForward.Windows(0, 9, 1, 1, anchored: false));
        Assert.Throws<ArgumentException>(() => WalkForward.Windows(0, 9, 5, 0, anchored: false));
        Assert.Single(WalkForward.Windows(0, 10, 10, 5, anchored: false));
    }

    [Fact]
    public void Each_window_trades_what_was_best_before_it_and_the_parts_chain()
    {
        var closes = Walk(11, 500);
        SmaPair[] pairs = [new(2, 5), new(3, 9), new(5, 20), new(8, 13)];
        var settings = new SmaCrossSettings { InitialCapital = 1000, Fees = 0.002 };

        var walk = WalkForward.Run(new SmaCrossTrials(closes, pairs, settings), WalkForward.Windows(0, 499, 120, 50, anchored: false), GridRank.Sharpe);

        var value = 1000.0;
        foreach (var step in walk.Steps)
        {
            var w = step.Window;
            var train = pairs.Select(p => PlainSmaCross.Run(closes, p, settings with { First = w.TrainFirst, Last = w.TrainLast })).ToArray();
            Assert.Equal(train.Max(f => f.Sharpe), train[step.Trial].Sharpe);
            var tested = PlainSmaCross.Run(closes, pairs[step.Trial], settings with { First = w.TestFirst, Last = w.TestLast }, out var equity);
            var sold = tested.FinalValue * (tested.Orders % 2 == 1 ? 0.998 : 1);
            Assert.Equal(value * equity[0] / 1000, walk.Equity[w.TestFirst - 120], 1e-9);
            value *= sold / 1000;
            Assert.Equal(value, walk.Equity[w.TestLast - 120], 1e-9);
            Assert.Equal((sold / 1000) - 1, step.OutOfSample.TotalReturn, 1e-12);
            Assert.Equal(tested.Orders + (tested.Orders % 2), step.OutOfSample.Orders);
        }

        Assert.Equal(380, walk.Equity.Length);
        Assert.Equal(value, walk.Chained.FinalValue, 1e-9);
        Assert.Equal(walk.Steps.Sum(s => s.OutOfSample.Orders), walk.Chained.Orders);
        Assert.Equal(EquityMetrics.Sharpe([1000, .. walk.Equity[1..]]), walk.Chained.Sharpe);
        var whole = pairs.Select(p => PlainSmaCross.Run(closes, p, settings with { First = 120 })).ToArray();
        Assert.Equal(whole.Max(f => f.Sharpe), walk.Hindsight.Sharpe, 1e-9);
        Assert.Equal(whole[walk.HindsightTrial].FinalValue, walk.Hindsight.FinalValue, 1e-9);
    }

    [Fact]
    public void A_crossing_on_the_first_date_of_a_part_is_traded_there()
    {
        // 1 crosses above 2 on bar 4, the first of the test part, and below on bar 6
        double[] closes = [10, 9, 8, 7, 9, 12, 11, 10];
        var trials = new SmaCrossTrials(closes, [new(1, 2)], new() { InitialCapital = 1000, Fees = 0.01 });

        var step = Assert.Single(WalkForward.Run(trials, WalkForward.Windows(0, 7, 4, 4, anchored: false), GridRank.TotalReturn).Steps);

        Assert.Equal(2, step.OutOfSample.Orders);
        Assert.Equal(1000 / (9 * 1.01) * 11 * 0.99, step.OutOfSample.FinalValue, 1e-9);
        // a part of one date trades too: bought and sold at the same close
        Assert.Equal(2, WalkForward.Run(trials, WalkForward.Windows(0, 7, 4, 1, anchored: false), GridRank.TotalReturn).Chained.Orders);
    }

    [Fact]
    public void What_comes_after_a_window_changes_neither_its_choice_nor_its_trades()
    {
        var closes = Walk(12, 300);
        SmaPair[] pairs = [new(2, 5), new(3, 9), new(5, 20)];
        var windows = WalkForward.Windows(0, 299, 100, 50, anchored: true);
        double[] other = [.. closes[..200], .. Walk(13, 100)];

        var walk = WalkForward.Run(new SmaCrossTrials(closes, pairs, new()), windows, GridRank.TotalReturn);
        var changed = WalkForward.Run(new SmaCrossTrials(other, pairs, new()), windows, GridRank.TotalReturn);

        Assert.Equal(walk.Steps.Take(2), changed.Steps.Take(2));
        Assert.Equal(walk.Equity[..100], changed.Equity[..100]);
        Assert.NotEqual(walk.Equity[^1], changed.Equity[^1]);
    }

    [Fact]
    public void Undefined_figures_rank_last_and_the_first_of_equals_is_best()
    {
        GridFigures[] figures = [new(0, 5, 4, double.NaN, 0), new(0, 3, 2, -1, 0), new(0, 5, 4, -1, 0)];
        Assert.Equal(1, GridRank.Sharpe.Best(figures));
        Assert.Equal(0, GridRank.TotalReturn.Best(figures));
        Assert.Throws<ArgumentException>(() => GridRank.Sharpe.Best([]));
    }

    private static double[] Walk(int seed, int bars)
    {
        var random = new Random(seed);
        var price = 50.0;
        return [.. Enumerable.Range(0, bars).Select(_ => Math.Round(price *= Math.Exp(0.04 * (random.NextDouble() - 0.49)), 2))];
    }
}
