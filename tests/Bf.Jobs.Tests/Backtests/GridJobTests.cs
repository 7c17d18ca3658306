using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Market;
using Bf.Jobs.Backtests;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Tests.Backtests;

public sealed class GridJobTests
{
    private static readonly BacktestSettings Settings = new() { CommissionRate = 0.001, SlippageRate = 0.001, MaxPositions = 4 };

    [Fact]
    public void Averages_are_traded_on_the_symbols_adjusted_closes()
    {
        using var lake = Generated();
        var grid = Run(lake, Averages("S03"));

        Assert.Equal(["fast", "slow"], grid.Axes.Select(a => a.Name));
        Assert.Equal((4, 2), (grid.Figures.Length, grid.LeftOut)); // of 2 and 5 by 4, 5 and 10 neither 5, 4 nor 5, 5
        var closes = lake.Query("SELECT adj_close FROM bars_1d WHERE symbol = 'S03' ORDER BY ts").Select(t => double.Parse(t, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(closes.Length, grid.Ts.Length);
        for (var i = 0; i < grid.Figures.Length; i++)
        {
            var pair = new SmaPair(int.Parse(grid.Value(i, 0)), int.Parse(grid.Value(i, 1)));
            Assert.Equal(SmaCrossGrid.Run(closes, [pair], new())[0], grid.Figures[i]);
        }

        Assert.Equal(grid.Figures.Max(f => f.Sharpe), grid.Figures[grid.Best].Sharpe);
        Assert.Equal((closes[^1] / closes[0]) - 1, grid.HeldReturn);
    }

    [Fact]
    public void A_setting_of_a_signal_is_what_a_backtest_of_it_is()
    {
        using var lake = Generated();
        var grid = Run(lake, Thrusts());

        Assert.Equal(4, grid.Figures.Length);
        for (var i = 0; i < grid.Figures.Length; i++)
        {
            var (run, _) = BacktestJob.Run(lake.Lake, new(Universe.All, Interval.Day, new(grid.Value(i, 0)), Settings with { HoldDays = int.Parse(grid.Value(i, 1)) }, false), "test");
            Assert.Equal((run.Strategy.TotalReturn, run.Strategy.Sharpe, run.Strategy.MaxDrawdown), (grid.Figures[i].TotalReturn, grid.Figures[i].Sharpe, grid.Figures[i].MaxDrawdown));
            Assert.Equal(run.Trades.Sum(t => t.IsClosed ? 2 : 1), grid.Figures[i].Orders);
        }
    }

    [Fact]
    public void Of_all_signals_those_that_could_not_fire_are_no_trials()
    {
        using var lake = Generated();
        var grid = Run(lake, Thrusts() with { Strategy = new ThrustStrategy(BuySignals.Names, [5, 20]) });

        Assert.DoesNotContain("lowry90", grid.Axes[0].Values);
        Assert.Contains("zbt_ema", grid.Axes[0].Values);
        Assert.Equal(2 * BuySignals.Names.Count, grid.Figures.Length + grid.LeftOut);
        Assert.True(grid.LeftOut >= 2);
    }

    [Fact]
    public void A_band_of_the_score_is_what_a_backtest_of_it_is()
    {
        using var lake = Generated(500); // the score needs more than a year
        var grid = Run(lake, Thrusts() with { Strategy = new ScoreStrategy([45, 55.5], [30, 45]) });

        Assert.Equal((3, 1), (grid.Figures.Length, grid.LeftOut)); // nothing is bought at 45 to be sold at 45
        for (var i = 0; i < grid.Figures.Length; i++)
        {
            var strategy = new StrategySettings("score") { Exit = "score", Buy = Number(grid.Value(i, 0)), Sell = Number(grid.Value(i, 1)) };
            var (run, _) = BacktestJob.Run(lake.Lake, new(Universe.All, Interval.Day, strategy, Settings with { HoldDays = null }, false), "test");
            Assert.True(run.Trades.Count > 0);
            Assert.Equal((run.Strategy.TotalReturn, run.Strategy.Sharpe), (grid.Figures[i].TotalReturn, grid.Figures[i].Sharpe));
        }

        static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Bars_that_came_after_the_signals_are_noticed()
    {
        using var lake = Generated(100);
        Assert.False(Behind());

        lake.Import(Market.Random(12, 101));
        Assert.True(Behind());

        lake.Generate();
        Assert.False(Behind());

        bool Behind() => SignalReader.Read(lake.Lake, Universe.All, Interval.Day).IsBehind;
    }

    [Fact]
    public void The_trials_are_counted_and_so_is_the_way_they_were_halved()
    {
        using var lake = Generated();
        var statistics = Run(lake, Averages("S01")).Statistics!;

        Assert.Equal(4, statistics.Deflated!.Trials);
        Assert.Equal((4, 12870), (statistics.Overfitting!.Trials, statistics.Overfitting.Combinations));
        Assert.Null(statistics.Note);
    }

    [Fact]
    public void Where_statistics_can_not_be_told_it_says_why()
    {
        using var lake = Generated();
        var few = Averages("S01") with { Settings = new() { To = Market.Weekdays(20)[19] } };

        Assert.Contains("too few dates", Run(lake, few).Statistics!.Note);
        Assert.Contains("one setting", Run(lake, few with { Strategy = new SmaCrossStrategy([2], [5]) }).Statistics!.Note);
        Assert.Null(Run(lake, few with { Statistics = false }).Statistics);
    }

    [Fact]
    public void A_walk_forward_tells_its_windows_in_dates_of_the_span()
    {
        using var lake = Generated();
        var dates = Market.Weekdays(290);
        foreach (var request in new[] { Averages("S02"), Thrusts() })
        {
            var grid = Run(lake, request with { Settings = Settings with { From = dates[50] }, Walk = new(Anchored: false, 100, 60) });

            Assert.Equal(dates[50..], grid.Ts);
            Assert.Equal([new(0, 99, 100, 159), new(60, 159, 160, 219), new(120, 219, 220, 239)], grid.Walk!.Steps.Select(s => s.Window));
            Assert.Equal(140, grid.Walk.Equity.Length);
        }
    }

    [Fact]
    public void A_grid_reads_only_and_tells_how_far_it_is()
    {
        using var lake = Generated();
        var versions = lake.Versions();
        var said = new List<string>();
        GridJob.Run(lake.Lake, Thrusts(), "test", said.Add);

        Assert.Equal(versions, lake.Versions());
        Assert.Contains("simulating: 4 of 4 settings", said);
    }

    [Fact]
    public void A_grid_can_be_interrupted()
    {
        using var lake = Generated();
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => GridJob.Run(lake.Lake, Thrusts(), "test", _ => cancel.Cancel(), cancel: cancel.Token));
    }

    [Fact]
    public void What_can_not_be_traded_is_said_with_what_to_do()
    {
        using var lake = Generated();
        Says("name it with --symbols", Averages("S01") with { Universe = Universe.All });
        Says("no bars of", Averages("NOPE"));
        Says("no fast average", Averages("S01") with { Strategy = new SmaCrossStrategy([9], [3, 9]) });
        Says("no dates in this range", Averages("S01") with { Settings = new() { From = Market.Weekdays(400)[399] } });
        Says("there are only 290", Averages("S01") with { Walk = new(false, 290, 10) });
        Says("settings are more than", Averages("S01") with { Strategy = new SmaCrossStrategy([.. Enumerable.Range(1, 1001)], [.. Enumerable.Range(1, 1000)]) });
        using var empty = new TestLake();
        Assert.Contains("bf data import FILE", Assert.Throws<JobException>(() => GridJob.Run(empty.Lake, Averages("S01"), "test", _ => { })).Message);

        void Says(string words, GridRequest request) => Assert.Contains(words, Assert.Throws<JobException>(() => GridJob.Run(lake.Lake, request, "test", _ => { })).Message);
    }

    private static GridRun Run(TestLake lake, GridRequest request) => GridJob.Run(lake.Lake, request, "test", _ => { }).Result;

    private static GridRequest Averages(string symbol) =>
        new(Universe.Of(symbol, [symbol]), Interval.Day, new SmaCrossStrategy([2, 5], [4, 5, 10]), new(), GridRank.Sharpe, null, true);

    private static GridRequest Thrusts() => new(Universe.All, Interval.Day, new ThrustStrategy(["upvol90", "deemer_1.90"], [5, 30]), Settings, GridRank.Sharpe, null, false);

    private static TestLake Generated(int dates = 290)
    {
        var lake = new TestLake();
        lake.Import(Market.Random(12, dates));
        lake.Generate();
        return lake;
    }
}
