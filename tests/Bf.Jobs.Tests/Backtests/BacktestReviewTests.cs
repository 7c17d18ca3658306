using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Market;
using Bf.Core.Statistics;
using Bf.Jobs.Backtests;
using Bf.Jobs.Runs;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Tests.Backtests;

public sealed class BacktestReviewTests
{
    private static readonly BacktestRequest Request = new(Universe.All, Interval.Day, new("upvol90") { Side = StrategySide.Short },
        new() { HoldDays = 9, CommissionRate = 0.001, SlippageRate = 0.002, BorrowRate = 0.05, CashRate = 0.01 }, Save: true);

    [Fact]
    public void A_saved_backtest_run_again_is_the_same_and_every_case_is_a_backtest_of_its_own()
    {
        using var lake = Generated(400);
        var run = BacktestJob.Run(lake.Lake, Request, "test").Result;

        var review = Review(lake, BacktestJob.Load(lake.Lake, run.Run));

        Assert.True(run.Trades.Count > 10);
        Assert.True(review.IsSame);
        Assert.Equal([(0.0, 0), (0.5, 0), (1, 0), (2, 0), (3, 0), (1, 1), (1, 2)], review.Cases.Select(c => (c.CostFactor, c.LaterDates)));
        Assert.Equal(run.Strategy, review.Cases.Single(c => c.IsRun).Figures);
        foreach (var c in review.Cases)
        {
            var s = Request.Settings;
            s = s with { CommissionRate = s.CommissionRate * c.CostFactor, SlippageRate = s.SlippageRate * c.CostFactor, BorrowRate = s.BorrowRate * c.CostFactor, Delay = c.LaterDates };
            var own = BacktestJob.Run(lake.Lake, Request with { Settings = s, Save = false }, "test").Result;
            Assert.Equal((own.Strategy, own.Equity[^1].Equity, own.Trading.Costs), (c.Figures, c.FinalEquity, c.Costs));
        }

        Assert.Equal(0, review.Cases[0].Costs);
        Assert.Equal(run.Trading.SignalsFired, review.Again.Episodes.Count);
    }

    [Fact]
    public void The_probabilistic_Sharpe_ratio_is_that_of_the_saved_curve()
    {
        using var lake = Generated(400);
        var run = BacktestJob.Run(lake.Lake, Request, "test").Result;

        var review = Review(lake, run);

        var own = EquityMetrics.Returns([.. run.Equity.Select(e => e.Equity)])!;
        Assert.Equal(ProbabilisticSharpe.Of(own), review.SharpeAboveZero);
        Assert.Equal(ProbabilisticSharpe.Of(own, run.Index!.Sharpe!.Value / Math.Sqrt(252)) ?? double.NaN, review.SharpeAboveIndex ?? double.NaN, 1e-9);
    }

    [Fact]
    public void Later_dates_change_nothing_and_a_changed_bar_is_noticed()
    {
        using var lake = Generated(400);
        var all = Market.Random(6, 440).ToList();
        var run = BacktestJob.Run(lake.Lake, Request, "test").Result;

        lake.Import(all);
        lake.Generate();
        var later = Review(lake, BacktestJob.Load(lake.Lake, run.Run));
        Assert.True(later.IsSame);
        Assert.Equal(run.Equity[^1].Ts, later.Again.To);

        var bar = all[(all.Count / 2) + 3];
        lake.Import([bar with { Close = bar.Close * 1.5, High = bar.High * 2, AdjClose = bar.AdjClose * 1.5 }]);
        lake.Generate();
        var changed = Review(lake, BacktestJob.Load(lake.Lake, run.Run));
        Assert.False(changed.IsSame);
        Assert.NotEqual(RunInputs.Of(lake.Lake, run.Run)["bars_1d"].ToString(), lake.Versions().Split(' ').Single(v => v.StartsWith("bars_1d:", StringComparison.Ordinal)).Split(':')[1]);
    }

    [Fact]
    public void A_run_tells_the_versions_that_it_read_and_an_unknown_one_none()
    {
        using var lake = Generated(100);
        var run = BacktestJob.Run(lake.Lake, Request, "test").Result;

        Assert.Equal(["bars_1d", "breadth"], RunInputs.Of(lake.Lake, run.Run).Keys);
        Assert.Empty(RunInputs.Of(lake.Lake, "nobody's"));
    }

    [Fact]
    public void Costs_that_cannot_be_tripled_are_left_out()
    {
        using var lake = Generated(200);
        var run = BacktestJob.Run(lake.Lake, Request with { Settings = Request.Settings with { CommissionRate = 0.4 } }, "test").Result;

        Assert.Equal([0, 0.5, 1, 2, 1, 1], Review(lake, run).Cases.Select(c => c.CostFactor));
    }

    private static BacktestReview Review(TestLake lake, BacktestRun run) => BacktestReview.Of(lake.Lake, Universe.All, SignalReader.Read(lake.Lake, Universe.All, Interval.Day), run)!;

    private static TestLake Generated(int dates)
    {
        var lake = new TestLake();
        lake.Import(Market.Random(6, 440).Where(b => b.Ts <= Market.Weekdays(440)[dates - 1]));
        lake.Generate();
        return lake;
    }
}
