using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class ShortTests
{
    private static readonly BacktestSettings NoBorrow = Free with { BorrowRate = 0 };

    private static BacktestResult Short(BacktestMarket market, BacktestSettings settings, params int[] signals) => Sides(market, settings, StrategySide.Short, signals, []);

    private static BacktestResult Sides(BacktestMarket market, BacktestSettings settings, StrategySide side, int[] signals, int[] exits) => Backtester.Run(
        market,
        new SignalBoard(market.Calendar.Length, [new NamedFires("in", signals), new NamedFires("out", exits)]),
        new SignalStrategy([new Fire("in")], new Fire("out"), side),
        settings);

    [Fact]
    public void A_short_earns_what_the_price_falls_and_its_proceeds_lie_in_cash()
    {
        var result = Short(Of(5, Bars("A", (0, 10, 10), (1, 20, 22), (2, 25, 16), (3, 15, 14), (4, 10, 10))), NoBorrow, 0);

        var trade = Assert.Single(result.Trades);
        Assert.Equal((TradeSide.Short, 50.0, 20.0, 15.0, 250.0), (trade.Side, trade.Shares, trade.EntryPrice, trade.ExitPrice, trade.Pnl));
        Assert.Equal([1000, 900, 1200, 1250, 1250], result.Values());
        Assert.Equal([1000, 2000, 2000, 1250, 1250], result.Equity.Select(p => p.Cash));
        Assert.Equal([0, 1100 / 900.0, 800 / 1200.0, 0, 0], result.Equity.Select(p => p.Exposure));
        Assert.Equal(TradeSide.Short, Assert.Single(result.Episodes).Side);
    }

    [Fact]
    public void Costs_worsen_both_of_its_prices()
    {
        var market = Of(4, Bars("A", (0, 100, 100), (1, 100, 100), (2, 90, 90), (3, 90, 90)));
        var trade = Assert.Single(Short(market, NoBorrow with { CommissionRate = 0.01, SlippageRate = 0.02, HoldDays = 1 }, 0).Trades);

        Near(98, trade.EntryPrice);
        Near(10.103051121438675, trade.Shares); // 1000 / (98 x 1.01)
        Near(91.8, trade.ExitPrice); // 90 x 1.02
        Near(19.175591028490604, trade.Commission); // 0.01 x shares x (98 + 91.8)
        Near(38.39159426146696, trade.Slippage); // shares x (2 + 1.8)
        Near(43.463325924429174, trade.Pnl); // shares x (98 - 91.8) - commission
    }

    [Fact]
    public void Borrowing_is_paid_for_every_day_held_on_the_value_at_the_close_before()
    {
        // 10 shares; a night at 100, one at 110
        var market = Of(4, Bars("A", (0, 100, 100), (1, 100, 100), (2, 110, 110), (3, 100, 100)));
        var result = Short(market, Free with { BorrowRate = 0.365 }, 0);

        Near(1000 * 0.001 + 1100 * 0.001, Assert.Single(result.Trades).Borrow);
        Near(-2.1, result.Trades[0].Pnl);
        Assert.Equal([1000, 1000, 899, 997.9], result.Values().Select(v => Math.Round(v, 9)));
        Near(2.1, result.Metrics.Trading.Borrow);
        Near(2.1, result.Metrics.Trading.Costs);
    }

    [Fact]
    public void Stops_of_a_short_look_the_other_way()
    {
        var market = Of(6, Bars("A", (0, 100, 100), (1, 100, 80), (2, 80, 87), (3, 88, 88), (4, 120, 120), (5, 120, 120)));

        var trailing = Assert.Single(Short(market, NoBorrow with { HoldDays = null, TrailingStop = 0.1 }, 0).Trades);
        Assert.Equal((ExitReason.TrailingStop, Day(4)), (trailing.Reason, trailing.ExitTs)); // 88 is 10 % above 80
        var profit = Assert.Single(Short(market, NoBorrow with { HoldDays = null, TakeProfit = 0.2 }, 0).Trades);
        Assert.Equal((ExitReason.TakeProfit, Day(2)), (profit.Reason, profit.ExitTs));
        var loss = Assert.Single(Short(market, NoBorrow with { HoldDays = null, StopLoss = 0.2 }, 0).Trades);
        Assert.Equal((ExitReason.StopLoss, Day(5), -200.0), (loss.Reason, loss.ExitTs, loss.Pnl));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Shorts_are_bought_back_when_the_equity_is_less_than_30_percent_of_their_value_and_no_delay_helps(int delay)
    {
        // 10 shares at 100: at 153 the equity is 470 of 1530, above 30 %; at 154 it is 460 of 1540
        var market = Of(6, Bars("A", (0, 100, 100), (1, 100, 100), (2, 100, 153), (3, 153, 154), (4, 170, 160), (5, 100, 100)));
        var trade = Assert.Single(Short(market, NoBorrow with { HoldDays = null, Delay = delay }, 0).Trades);

        Assert.Equal((ExitReason.MarginCall, Day(4), -700.0), (trade.Reason, trade.ExitTs, trade.Pnl));
    }

    [Fact]
    public void Without_equity_nothing_more_is_ordered_and_the_exposure_is_undefined()
    {
        var market = Of(6, Bars("A", (0, 100, 100), (1, 100, 100), (2, 250, 250), (3, 250, 250), (4, 250, 250), (5, 250, 250)));
        var result = Short(market, NoBorrow, 0, 4);

        Assert.Equal(-500, result.Values()[^1]);
        Assert.True(double.IsNaN(result.Equity[2].Exposure));
        Assert.Equal([SignalUse.Taken, SignalUse.NothingToBuy], result.Episodes.Select(e => e.Use));
        Assert.Null(result.Metrics.Strategy.Sharpe);
        Assert.True(double.IsFinite(result.Metrics.Trading.AverageExposure!.Value));
    }

    [Fact]
    public void The_haircut_of_a_delisting_is_no_gain_to_a_short()
    {
        var market = Of(20, Bars("A", (0, 10, 10), (1, 10, 10), (2, 10, 8)), Flat("M", 1, 1, Enumerable.Range(3, 17)));

        Assert.Equal(1200, Short(market, NoBorrow with { HoldDays = null, DelistingHaircut = 0.9 }, 0).Values()[^1], 1e-9);
    }

    [Fact]
    public void On_both_sides_each_signal_closes_the_other_at_the_same_open()
    {
        var market = Of(7, Bars("A", (0, 10, 10), (1, 10, 11), (2, 12, 12), (3, 12, 12), (4, 10, 10), (5, 10, 10), (6, 10, 10)));
        var result = Sides(market, NoBorrow with { HoldDays = null }, StrategySide.Both, [0, 4], [2]);

        // bought at 10, turned short at 12 with 1200, turned long at 10 with 1400
        Assert.Equal([(TradeSide.Long, Day(1), Day(3)), (TradeSide.Short, Day(3), Day(5)), (TradeSide.Long, Day(5), 0)], result.Trades.Select(t => (t.Side, t.EntryTs, t.ExitTs ?? 0)));
        Assert.Equal([200.0, 200.0, 0.0], result.Trades.Select(t => Math.Round(t.Pnl, 9)));
        Assert.Equal([1000, 1100, 1200, 1200, 1400, 1400, 1400], result.Values().Select(v => Math.Round(v, 9)));
        Assert.All(result.Episodes, e => Assert.Equal(SignalUse.Taken, e.Use));
        Assert.All(result.Trades.Take(2), t => Assert.Equal(ExitReason.Signal, t.Reason));
    }

    [Fact]
    public void A_turn_fills_what_the_cash_allows_while_an_old_position_finds_no_bar()
    {
        // both sold short with 500 each; on the turn B has no bar before day 5, and binds its proceeds and as much again
        var market = Of(7, Flat("A", 10, 1, Enumerable.Range(0, 7)), Flat("B", 10, 1, [0, 1, 2, 5, 6]));
        var result = Sides(market, NoBorrow with { HoldDays = null }, StrategySide.Both, [2], [0]);

        Assert.Equal([("A", TradeSide.Long, Day(3), 500.0), ("B", TradeSide.Long, Day(5), 500.0)], result.Trades.Where(t => t.Side == TradeSide.Long).Select(t => (t.Symbol, t.Side, t.EntryTs, t.Outlay)));
        Assert.Equal(Day(5), result.Trades.Single(t => t is { Symbol: "B", Side: TradeSide.Short }).ExitTs);
    }
}
