using Bf.Core.Backtest;
using Bf.Core.Market;
using Bf.Jobs.Backtests;

namespace Bf.Jobs.Tests.Backtests;

public sealed class BacktestStoreTests
{
    private static BacktestRequest Request(bool save, string signal = "upvol90") => new(Universe.All, Interval.Day, signal,
        new BacktestSettings { HoldDays = 9, MaxPositions = 4, CommissionRate = 0.0005, SlippageRate = 0.001, PositionSize = 0.2 }, save);

    [Theory]
    [InlineData(9)]
    [InlineData(100)] // the last positions are still open
    public void A_backtest_is_read_back_as_it_was_saved(int holdDays)
    {
        using var lake = Generated();
        var request = Request(save: true);
        var (run, _) = BacktestJob.Run(lake.Lake, request with { Settings = request.Settings with { HoldDays = holdDays } }, "test");
        var read = BacktestJob.Load(lake.Lake, run.Run);

        Assert.True(run.Trades.Count > 10);
        Assert.Equal(holdDays == 100, run.Trades.Any(t => !t.IsClosed));
        Assert.Equal((run.Run, run.Universe, run.Interval, run.Signal, run.Trading), (read.Run, read.Universe, read.Interval, read.Signal, read.Trading));
        Assert.Equal(run.Settings with { From = null, To = null }, read.Settings with { From = null, To = null });
        Assert.Equal(run.Equity, read.Equity);
        Assert.Equal(InOrder(run.Trades).Select(t => t with { SettledTs = null, Outlay = 0 }), InOrder(read.Trades).Select(t => t with { SettledTs = null, Outlay = 0 }));
        foreach (var (ours, theirs) in InOrder(run.Trades).Zip(InOrder(read.Trades)))
        {
            Assert.Equal(ours.Outlay, theirs.Outlay, 1e-9 * ours.Outlay);
        }

        Assert.Equal((run.Strategy, run.Index, run.Basket), (read.Strategy, read.Index, read.Basket));
    }

    [Fact]
    public void The_books_add_up()
    {
        using var lake = Generated();
        var (run, _) = BacktestJob.Run(lake.Lake, Request(save: true), "test");

        var last = run.Equity[^1].Equity;
        Assert.Equal(last, run.Settings.InitialCapital + run.Trades.Sum(t => t.Pnl), 1e-6);
        Assert.Equal("true|true|true|true", lake.Value($"""
            SELECT abs(b.final_equity - b.initial_capital - (SELECT sum(pnl) FROM trades WHERE run = b.run)) < 1e-6,
                   b.final_equity = (SELECT equity FROM equity WHERE run = b.run ORDER BY ts DESC LIMIT 1),
                   abs(b.commission - (SELECT sum(commission) FROM trades WHERE run = b.run)) < 1e-6,
                   b.trades = (SELECT count(*) FROM trades WHERE run = b.run) AND b.closed_trades = (SELECT count(exit_ts) FROM trades WHERE run = b.run)
            FROM backtests b
            """));
    }

    [Fact]
    public void A_trade_is_bought_and_sold_at_adjusted_opens_with_slippage()
    {
        using var lake = Generated();
        BacktestJob.Run(lake.Lake, Request(save: true), "test");

        Assert.Equal("0", lake.Value("""
            SELECT count(*) FROM trades t
            LEFT JOIN bars_1d b ON b.symbol = t.symbol AND b.ts = t.entry_ts
            LEFT JOIN bars_1d x ON x.symbol = t.symbol AND x.ts = t.exit_ts
            WHERE b.symbol IS NULL OR t.signal_ts >= t.entry_ts OR abs(t.entry_price - b.open * b.adj_close / b.close * 1.001) > 1e-9
               OR (t.exit_ts IS NOT NULL AND abs(t.exit_price - x.open * x.adj_close / x.close * 0.999) > 1e-9)
            """));
    }

    [Fact]
    public void Only_what_is_to_be_saved_is_saved()
    {
        using var lake = Generated();
        var versions = lake.Versions();
        BacktestJob.Run(lake.Lake, Request(save: false), "test");

        Assert.Equal(versions, lake.Versions());
        Assert.Contains("bf backtest run --save-results", Assert.Throws<JobException>(() => BacktestJob.Load(lake.Lake, null)).Message);
    }

    [Fact]
    public void Without_a_name_the_last_one_is_read()
    {
        using var lake = Generated();
        var runs = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            lake.Clock.Now += TimeSpan.FromMilliseconds(300); // several in one second, as a script does it
            runs.Add(BacktestJob.Run(lake.Lake, Request(save: true), "test").Result.Run);
            Assert.Equal(runs[^1], BacktestJob.Load(lake.Lake, null).Run);
        }

        Assert.Equal(runs[2], BacktestJob.Load(lake.Lake, runs[2]).Run);
        Assert.Contains("no backtest 'x'", Assert.Throws<JobException>(() => BacktestJob.Load(lake.Lake, "x")).Message);
    }

    [Fact]
    public void A_backtest_without_a_trade_is_saved_too()
    {
        using var lake = Generated();
        var request = Request(save: true, "zbt_ema") with { Settings = new BacktestSettings { To = Market.Weekdays(3)[2] } };
        var (run, _) = BacktestJob.Run(lake.Lake, request, "test");

        Assert.Empty(run.Trades);
        var read = BacktestJob.Load(lake.Lake, null);
        Assert.Empty(read.Trades);
        Assert.Equal(run.Equity, read.Equity);
    }

    [Fact]
    public void Every_signal_of_the_catalogue_can_be_traded()
    {
        using var lake = Generated();
        Assert.Equal("score", BuySignals.Names[0]);
        foreach (var signal in BuySignals.Names)
        {
            Assert.Equal(signal, BacktestJob.Run(lake.Lake, Request(save: false, signal), "test").Result.Signal);
        }

        Assert.Contains("no signal 'x'; there are score, ", Assert.Throws<JobException>(() => BacktestJob.Run(lake.Lake, Request(save: false, "x"), "test")).Message);
    }

    [Fact]
    public void Without_results_or_bars_it_says_what_to_do_first()
    {
        using var lake = new TestLake();
        Assert.Contains("bf data import", Assert.Throws<JobException>(() => BacktestJob.Run(lake.Lake, Request(save: true), "test")).Message);
        lake.Import(Market.Random(3, 5));
        Assert.Contains("bf signals generate", Assert.Throws<JobException>(() => BacktestJob.Run(lake.Lake, Request(save: true), "test")).Message);
    }

    private static IEnumerable<Trade> InOrder(IEnumerable<Trade> trades) => trades.OrderBy(t => t.EntryTs).ThenBy(t => t.Symbol, StringComparer.Ordinal);

    private static TestLake Generated()
    {
        var lake = new TestLake();
        lake.Import(Market.Random(12, 290));
        lake.Generate();
        return lake;
    }
}
