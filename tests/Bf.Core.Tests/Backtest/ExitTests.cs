using Bf.Core.Backtest;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class ExitTests
{
    private static readonly BacktestSettings Held = Free with { HoldDays = null };

    // opens and closes by hand: bought at 100 on day 1
    private static Trade Sold(BacktestSettings settings, params (double Open, double Close)[] bars)
    {
        (int, double, double)[] all = [(0, 100, 100), .. bars.Select((b, i) => (i + 1, b.Open, b.Close))];
        return Assert.Single(Of(all.Length, Bars("A", all)).Run(settings, 0).Trades);
    }

    [Fact]
    public void A_stop_is_seen_at_the_close_and_sold_at_the_next_open_gap_and_all()
    {
        // 92 on day 2 is a loss of 8 %; the night brings it to 80
        var trade = Sold(Held with { StopLoss = 0.08 }, (100, 93), (93, 92), (80, 85), (99, 99));

        Assert.Equal((ExitReason.StopLoss, Day(3), 80.0, -200.0), (trade.Reason, trade.ExitTs, trade.ExitPrice, trade.Pnl));
    }

    [Fact]
    public void A_stop_counts_from_the_price_paid_slippage_included()
    {
        // paid 102; 93.9 is above 92 % of 102 = 93.84, 93.8 is not
        Assert.Equal(Day(3), Sold(Held with { StopLoss = 0.08, SlippageRate = 0.02 }, (100, 93.9), (93.9, 93.8), (90, 90)).ExitTs);
    }

    [Fact]
    public void A_trailing_stop_follows_the_best_close_and_never_the_best_open()
    {
        // best close 120; 108 is 10 % below it, 150 at an open counts for nothing
        var trade = Sold(Held with { TrailingStop = 0.10 }, (100, 110), (150, 120), (112, 109), (109, 108), (107, 107));

        Assert.Equal((ExitReason.TrailingStop, Day(5), 107.0), (trade.Reason, trade.ExitTs, trade.ExitPrice));
    }

    [Fact]
    public void A_trailing_stop_begins_at_the_price_paid()
    {
        // paid 102: 91.5 is more than 10 % below that, though not below the open of 100
        Assert.Equal((ExitReason.TrailingStop, Day(3)), Sold(Held with { TrailingStop = 0.10, SlippageRate = 0.02 }, (100, 92), (92, 91.5), (91, 91)) is var t ? (t.Reason, t.ExitTs) : default);
    }

    [Fact]
    public void A_profit_is_taken_at_the_open_after_the_close_that_reached_it()
    {
        var trade = Sold(Held with { TakeProfit = 0.25 }, (100, 124), (130, 125), (128, 120));

        Assert.Equal((ExitReason.TakeProfit, Day(3), 128.0), (trade.Reason, trade.ExitTs, trade.ExitPrice));
    }

    [Fact]
    public void The_holding_time_ends_a_position_that_no_stop_ended()
    {
        Assert.Equal(ExitReason.HoldDays, Sold(Free with { StopLoss = 0.5, TakeProfit = 0.5, TrailingStop = 0.5 }, (100, 100), (100, 100), (100, 100)).Reason);
        Assert.False(Sold(Held, (100, 100), (100, 100), (100, 100)).IsClosed);
    }

    [Fact]
    public void A_sale_that_finds_no_bar_waits_and_keeps_its_reason()
    {
        var market = Of(6, Bars("A", (0, 100, 100), (1, 100, 90), (4, 70, 200), (5, 200, 200)), Flat("M", 1, 1, [1, 2, 3, 4, 5]));
        var trade = Assert.Single(market.Run(Held with { StopLoss = 0.1, TakeProfit = 0.1 }, 0).Trades);

        Assert.Equal((ExitReason.StopLoss, Day(4), 70.0), (trade.Reason, trade.ExitTs, trade.ExitPrice));
    }

    [Fact]
    public void A_position_that_was_stopped_still_bars_the_next_signal_until_all_are_sold()
    {
        var market = Of(7, Bars("A", (0, 100, 100), (1, 100, 80), (2, 80, 80), (3, 80, 80), (4, 80, 80), (5, 80, 80), (6, 80, 80)), Flat("B", 1, 1, Enumerable.Range(0, 7)));
        var result = market.Run(Free with { HoldDays = 4, StopLoss = 0.1 }, 0, 3, 5);

        Assert.Equal([("A", Day(2)), ("B", Day(5))], result.Trades.Where(t => t.SignalTs == Day(0)).Select(t => (t.Symbol, t.ExitTs!.Value)));
        Assert.Equal([SignalUse.Taken, SignalUse.AlreadyInvested, SignalUse.Taken], result.Episodes.Select(e => e.Use));
    }

    [Theory]
    [InlineData(0.0, 800)]
    [InlineData(0.25, 600)]
    public void A_delisted_symbol_brings_its_last_close_less_the_haircut(double haircut, double brought)
    {
        var market = Of(20, Bars("A", (0, 10, 10), (1, 10, 10), (2, 10, 8)), Flat("M", 1, 1, Enumerable.Range(3, 17)));

        Assert.Equal(brought, market.Run(Held with { DelistingHaircut = haircut }, 0).Values()[^1], 1e-9);
    }

    [Fact]
    public void A_delay_moves_fills_and_stops_but_not_the_holding_time()
    {
        var bars = Bars("A", (0, 10, 10), (1, 20, 22), (2, 25, 24), (3, 30, 31), (4, 40, 41), (5, 50, 51), (6, 60, 61));

        var trade = Assert.Single(Of(7, bars).Run(Free with { Delay = 1 }, 0).Trades);
        Assert.Equal((Day(0), Day(2), Day(4)), (trade.SignalTs, trade.EntryTs, trade.ExitTs!.Value));
        // bought at 25 on day 2; 31 on day 3 is more than 20 % of profit, sold two opens later
        Assert.Equal(Day(5), Assert.Single(Of(7, bars).Run(Held with { Delay = 1, TakeProfit = 0.2 }, 0).Trades).ExitTs);
    }

    [Fact]
    public void At_the_same_close_everything_is_filled_at_the_price_that_made_the_decision()
    {
        var bars = Bars("A", (0, 9, 10), (1, 20, 22), (2, 25, 24), (3, 30, 31));
        var settings = Free with { Fill = FillTime.SameClose };

        var held = Of(4, bars).Run(settings, 0);
        Assert.Equal([1000, 2200, 2400, 2400], held.Values());
        Assert.Equal([0, 0, 2400, 2400], held.Equity.Select(p => p.Cash));
        var stopped = Assert.Single(Of(4, bars).Run(settings with { HoldDays = null, TakeProfit = 1.4 }, 0).Trades);
        Assert.Equal((ExitReason.TakeProfit, Day(2), 24.0), (stopped.Reason, stopped.ExitTs, stopped.ExitPrice));
        Assert.Equal(Day(1), Assert.Single(Of(4, bars).Run(settings with { Delay = 1 }, 0).Trades).EntryTs);
    }

    [Fact]
    public void At_the_same_close_a_sale_makes_way_for_a_signal_of_that_close()
    {
        var result = Of(6, Flat("A", 1, 1, Enumerable.Range(0, 6))).Run(Free with { Fill = FillTime.SameClose }, 0, 1, 2);

        Assert.Equal([SignalUse.Taken, SignalUse.AlreadyInvested, SignalUse.Taken], result.Episodes.Select(e => e.Use));
        Assert.Equal([Day(0), Day(2)], result.Trades.Select(t => t.EntryTs));
    }
}
