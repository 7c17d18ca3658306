using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Market;
using Bf.Jobs.Backtests;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Tests.Backtests;

public sealed class BacktestStoreTests
{
    private static BacktestRequest Request(bool save, string signal = "upvol90") => new(Universe.All, Interval.Day, new(signal),
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
        Assert.Equal((run.Rules, run.Settings), (read.Rules, read.Settings));
        Assert.Equal(run.Equity, read.Equity);
        Assert.Equal(InOrder(run.Trades).Select(t => t with { SettledTs = null, Outlay = 0 }), InOrder(read.Trades).Select(t => t with { SettledTs = null, Outlay = 0 }));
        foreach (var (ours, theirs) in InOrder(run.Trades).Zip(InOrder(read.Trades)))
        {
            Assert.Equal(ours.Outlay, theirs.Outlay, 1e-9 * ours.Outlay);
        }

        Assert.Equal((run.Strategy, run.Index, run.Basket), (read.Strategy, read.Index, read.Basket));
    }

    public static TheoryData<StrategySettings, BacktestSettings> Everything => new()
    {
        {
            new("score") { Exit = "upvol90", Side = StrategySide.Both, Buy = 55.5, Sell = 44 },
            new()
            {
                From = 1_577_836_800_000_000, To = 1_900_000_000_000_000, InitialCapital = 5000.5, Sizing = PositionSizing.Volatility, PositionSize = 0.3, TargetVolatility = 0.2, VolatilityDays = 30,
                MaxPositions = 7, Fill = FillTime.SameClose, Delay = 1, HoldDays = null, StopLoss = 0.1, TrailingStop = 0.2, TakeProfit = 0.3, CommissionRate = 0.002, SlippageRate = 0.003,
                BorrowRate = 0.04, CashRate = 0.05, DelistingHaircut = 0.6,
            }
        },
        { new("upvol90") { Side = StrategySide.Short }, new() { HoldDays = 30, StopLoss = 0.05, CashRate = 0.03, Sizing = PositionSizing.Fixed, PositionSize = 0.1 } },
        { new("upvol90") { Exit = "score" }, new() { HoldDays = 90, CashRate = 0.03, TakeProfit = 0.1 } },
    };

    [Theory]
    [MemberData(nameof(Everything), DisableDiscoveryEnumeration = true)]
    public void Every_setting_is_read_back_and_the_books_add_up_in_the_tables(StrategySettings strategy, BacktestSettings settings)
    {
        using var lake = Generated();
        var (run, _) = BacktestJob.Run(lake.Lake, new(Universe.All, Interval.Day, strategy, settings, Save: true), "test");
        var read = BacktestJob.Load(lake.Lake, null);

        Assert.True(run.Trades.Count > 3);
        Assert.Equal((strategy, settings, run.Trading), (read.Rules, read.Settings, read.Trading));
        Assert.Equal(run.Equity, read.Equity);
        Assert.Equal(InOrder(run.Trades).Select(t => (t.Symbol, t.Side, t.Reason, t.Borrow, t.Pnl)), InOrder(read.Trades).Select(t => (t.Symbol, t.Side, t.Reason, t.Borrow, t.Pnl)));
        Assert.Equal("true|true|true|true", lake.Value("""
            SELECT abs(b.final_equity - b.initial_capital - b.interest - (SELECT sum(pnl) FROM trades WHERE run = b.run)) < 0.005,
                   b.interest = (SELECT interest FROM equity WHERE run = b.run ORDER BY ts DESC LIMIT 1),
                   abs(b.borrow - (SELECT sum(borrow) FROM trades WHERE run = b.run)) < 1e-6,
                   b.signals_fired >= b.signals_taken AND (b.settings ->> 'signal') = b.signal AND (b.settings ->> 'side') = b.side
            FROM backtests b
            """));
    }

    [Fact]
    public void The_same_backtest_twice_says_the_same()
    {
        using var lake = Generated();
        var (first, second) = (BacktestJob.Run(lake.Lake, Request(save: true), "test").Result, BacktestJob.Run(lake.Lake, Request(save: true), "test").Result);

        Assert.Equal("0", lake.Value($"SELECT count(*) FROM (SELECT * EXCLUDE run FROM trades WHERE run = '{first.Run}' EXCEPT SELECT * EXCLUDE run FROM trades WHERE run = '{second.Run}')"));
        Assert.Equal("0", lake.Value($"SELECT count(*) FROM (SELECT * EXCLUDE run FROM equity WHERE run = '{first.Run}' EXCEPT SELECT * EXCLUDE run FROM equity WHERE run = '{second.Run}')"));
        Assert.Equal("0", lake.Value($"SELECT count(*) FROM (SELECT * EXCLUDE run FROM backtests WHERE run = '{first.Run}' EXCEPT SELECT * EXCLUDE run FROM backtests WHERE run = '{second.Run}')"));
    }

    [Fact]
    public void Bars_that_end_earlier_leave_every_signal_and_the_books_before_as_they_were()
    {
        using TestLake full = Generated(), cut = Generated(260);
        var traded = 0;
        foreach (var signal in BuySignals.Names)
        {
            var request = Request(save: false, signal) with { Strategy = new(signal) { Exit = signal == BuySignals.Score ? null : BuySignals.Score } };
            var (whole, shorter) = (BacktestJob.Run(full.Lake, request, "test").Result, BacktestJob.Run(cut.Lake, request, "test").Result);

            Assert.Equal(260, shorter.Equity.Count);
            Assert.Equal(whole.Equity.Take(260), shorter.Equity);
            traded += shorter.Trades.Count > 0 ? 1 : 0;
        }

        Assert.True(traded > 1);
    }

    [Fact]
    public void A_backtest_of_before_all_settings_were_kept_is_still_read()
    {
        using TestLake lake = Generated(), before = Generated();
        var (run, _) = BacktestJob.Run(lake.Lake, Request(save: true), "test");
        Older(lake, before, Tables.Backtests, "exit_signal", "side", "fill", "signals_fired", "interest", "borrow", "settings");
        Older(lake, before, Tables.Trades, "side", "borrow");
        Older(lake, before, Tables.Equity, "interest");

        var old = BacktestJob.Load(before.Lake, run.Run);
        Assert.Equal(run.Rules, old.Rules);
        Assert.Equal(run.Settings, old.Settings);
        Assert.Equal(run.Equity, old.Equity);
        Assert.Equal(InOrder(run.Trades).Select(t => (t.Symbol, t.Reason, t.Pnl)), InOrder(old.Trades).Select(t => (t.Symbol, t.Reason, t.Pnl)));
        Assert.Equal(run.Trading with { SignalsFired = null }, old.Trading);
        var next = BacktestJob.Run(before.Lake, new(Universe.All, Interval.Day, new("upvol90") { Side = StrategySide.Short }, new() { CashRate = 0.01 }, Save: true), "test").Result;
        Assert.Equal((next.Rules, next.Settings, next.Trading), BacktestJob.Load(before.Lake, next.Run) is var read ? (read.Rules, read.Settings, read.Trading) : default);
        Assert.Equal(run.Settings, BacktestJob.Load(before.Lake, run.Run).Settings);
    }

    /// <summary>Copies a table into another lake as it was when it had fewer columns.</summary>
    private static void Older(TestLake from, TestLake to, TableSchema schema, params string[] without)
    {
        using var connection = DuckDatabase.Connect();
        var (source, target) = (from.Lake.Table(schema), to.Lake.Table(schema with { Columns = [.. schema.Columns.Where(c => !without.Contains(c.Name))] }));
        target.Update(_ =>
        {
            var change = new Change("WRITE");
            change.Add.Add(target.WriteFile(connection, $"SELECT * EXCLUDE ({string.Join(", ", without)}) FROM {source.Relation(source.Load())}")!);
            return change;
        });
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
    public void Every_choice_has_its_word()
    {
        Assert.Equal(["long", "short", "both"], Enum.GetValues<StrategySide>().Select(BacktestWords.Of));
        Assert.Equal(["long", "short"], Enum.GetValues<TradeSide>().Select(BacktestWords.Of));
        Assert.Equal(["next-open", "same-close"], Enum.GetValues<FillTime>().Select(BacktestWords.Of));
        Assert.Equal(["equal", "fixed", "volatility"], Enum.GetValues<PositionSizing>().Select(BacktestWords.Of));
        Assert.Equal(["hold_days", "signal", "stop_loss", "trailing_stop", "take_profit", "margin_call", "delisted"], Enum.GetValues<ExitReason>().Select(BacktestWords.Of));
        Assert.Equal((StrategySide.Both, FillTime.SameClose, PositionSizing.Fixed), (BacktestWords.Side("both"), BacktestWords.Fill("same-close"), BacktestWords.Sizing("fixed")));
        Assert.Contains("newer bf", Assert.Throws<JobException>(() => BacktestWords.Side("up")).Message);
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

    private static TestLake Generated(int dates = 290)
    {
        var lake = new TestLake();
        lake.Import(Market.Random(12, 290).Where(b => b.Ts <= Market.Weekdays(290)[dates - 1]));
        lake.Generate();
        return lake;
    }
}
