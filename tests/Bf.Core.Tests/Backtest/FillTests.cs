using Bf.Core.Backtest;
using Bf.Core.Market;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class FillTests
{
    private static readonly PriceHistory Rising = Bars("A", (0, 10, 10), (1, 20, 22), (2, 25, 24), (3, 30, 31), (4, 40, 41), (5, 50, 51));

    [Fact]
    public void A_signal_at_a_close_buys_at_the_next_open_and_sells_at_the_open_after_the_holding_time()
    {
        var result = Of(6, Rising).Run(Free, 0);

        var trade = Assert.Single(result.Trades);
        Assert.Equal(("A", "thrust", Day(0)), (trade.Symbol, trade.Signal, trade.SignalTs));
        Assert.Equal((Day(1), 20.0, 50.0), (trade.EntryTs, trade.EntryPrice, trade.Shares));
        Assert.Equal((Day(3), 30.0, Day(3), ExitReason.HoldDays), (trade.ExitTs, trade.ExitPrice, trade.SettledTs, trade.Reason));
        Assert.Equal((500.0, 0.5), (trade.Pnl, trade.Return));
        Assert.Equal([1000, 1100, 1200, 1500, 1500, 1500], result.Values());
        Assert.Equal([1000, 0, 0, 1500, 1500, 1500], result.Equity.Select(p => p.Cash));
        Assert.Equal([0, 1, 1, 0, 0, 0], result.Equity.Select(p => p.Exposure));
    }

    [Fact]
    public void What_a_fill_on_the_first_date_costs_is_part_of_the_return()
    {
        var market = Of(3, Bars("A", (0, 100, 100), (1, 100, 100), (2, 100, 80)));
        var result = market.Run(Free with { CommissionRate = 0.25, Fill = FillTime.SameClose }, 0);

        Assert.Equal([800, 800], result.Values()[..2]);
        Near((result.Equity[^1].Equity / 1000) - 1, result.Metrics.Strategy.TotalReturn);
        Near(Day(0), result.Metrics.Strategy.DrawdownPeakTs);
    }

    [Fact]
    public void Costs_are_taken_on_both_sides_and_the_purchase_costs_no_more_than_the_cash()
    {
        var market = Of(4, Bars("A", (0, 100, 100), (1, 100, 100), (2, 110, 110), (3, 110, 110)));
        var trade = Assert.Single(market.Run(Free with { CommissionRate = 0.01, SlippageRate = 0.02, HoldDays = 1 }, 0).Trades);

        Near(102, trade.EntryPrice);
        Near(9.706853038245, trade.Shares); // 1000 / (102 x 1.01)
        Near(1000, trade.Outlay);
        Near(107.8, trade.ExitPrice); // 110 x 0.98
        Near(20.364977674238013, trade.Commission); // 0.01 x shares x (102 + 107.8)
        Near(40.768782760629, trade.Slippage); // shares x (2 + 2.2)
        Near(35.93476994758299, trade.Pnl); // shares x 107.8 x 0.99 - 1000
    }

    [Fact]
    public void A_position_still_open_has_no_exit_and_is_marked_at_its_last_close_without_costs_of_a_sale()
    {
        var result = Of(3, Bars("A", (0, 10, 10), (1, 10, 12), (2, 13, 15))).Run(Free with { CommissionRate = 0.25 }, 0);

        var trade = Assert.Single(result.Trades);
        Assert.Equal((null, null, null, null), (trade.ExitTs, trade.ExitPrice, trade.SettledTs, trade.Reason));
        Assert.Equal((80.0, 200.0, 200.0), (trade.Shares, trade.Commission, trade.Pnl));
        Assert.Equal([1000, 960, 1200], result.Values());
    }

    [Fact]
    public void A_symbol_without_a_bar_on_the_next_date_is_bought_at_its_own_next_open_and_held_from_then()
    {
        var gap = Bars("B", (0, 5, 5), (3, 4, 4), (4, 5, 5), (5, 8, 8));
        var result = Of(6, Rising, gap).Run(Free, 0);

        Assert.Equal([("A", Day(1), Day(3)), ("B", Day(3), Day(5))], result.Trades.Select(t => (t.Symbol, t.EntryTs, t.ExitTs!.Value)));
        // 500 each: A earns 25 shares x 10, B 125 shares x 4
        Assert.Equal([1000, 1050, 1100, 1250, 1375, 1750], result.Values());
        Assert.Equal([1000, 500, 500, 750, 750, 1750], result.Equity.Select(p => p.Cash));
    }

    [Fact]
    public void A_sale_waits_for_the_first_bar_after_the_holding_time_and_marks_meanwhile_at_the_last_close()
    {
        var result = Of(7, Bars("A", (0, 10, 10), (1, 10, 10), (2, 10, 12), (6, 9, 9)), Flat("X", 1, 1, [1, 2, 3, 4, 5, 6])).Run(Free, 0);

        Assert.Equal(Day(6), Assert.Single(result.Trades).ExitTs);
        Assert.Equal([1000, 1000, 1200, 1200, 1200, 1200, 900], result.Values());
    }

    [Fact]
    public void A_bar_with_an_unknown_open_marks_but_neither_buys_nor_sells()
    {
        var result = Of(6, Bars("A", (0, 10, 10), (1, double.NaN, 9), (2, 10, 10), (3, 10, 11), (4, double.NaN, 12), (5, 13, 13))).Run(Free, 0);

        var trade = Assert.Single(result.Trades);
        Assert.Equal((Day(2), Day(5)), (trade.EntryTs, trade.ExitTs!.Value));
        Assert.Equal([1000, 1000, 1000, 1100, 1200, 1300], result.Values());
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void An_order_waits_ten_dates_for_a_bar(int back, bool filled)
    {
        var result = Of(20, Bars("A", (0, 10, 10), (back, 10, 10)), Flat("M", 1, 1, Enumerable.Range(1, 19))).Run(Free, 0);

        Assert.Equal(filled ? 1 : 0, result.Trades.Count);
        Assert.Equal(filled ? [] : [new UnfilledOrder("A", "thrust", Day(0), UnfilledReason.NoBar)], result.Unfilled);
    }

    [Fact]
    public void An_order_that_the_end_of_the_span_overtakes_is_reported()
    {
        var result = Of(6, Rising).Run(Free, 5);

        Assert.Empty(result.Trades);
        Assert.Equal([new UnfilledOrder("A", "thrust", Day(5), UnfilledReason.SpanEnded)], result.Unfilled);
        Assert.Equal(new SignalEpisode("thrust", Day(5), SignalUse.Taken, 1, 0, 0, 0, 0), Assert.Single(result.Episodes));
    }

    [Fact]
    public void A_symbol_silent_for_more_than_ten_dates_is_sold_at_its_last_close_once_that_is_known()
    {
        var market = Of(20, Bars("A", (0, 10, 10), (1, 10, 10), (2, 10, 8)), Flat("M", 1, 1, Enumerable.Range(3, 17)));
        var result = market.Run(Free with { CommissionRate = 0.25, HoldDays = 5 }, 0);

        var trade = Assert.Single(result.Trades);
        Assert.Equal((Day(2), 8.0, Day(13), ExitReason.Delisted), (trade.ExitTs!.Value, trade.ExitPrice!.Value, trade.SettledTs!.Value, trade.Reason!.Value));
        // 80 shares; 640 until the sale is settled, then less a quarter
        Assert.Equal((640.0, 480.0), (result.Equity[12].Equity, result.Equity[13].Equity));
        Assert.Equal(-520, trade.Pnl);
    }

    [Fact]
    public void A_symbol_silent_for_ten_dates_at_the_end_is_still_open()
    {
        var market = Of(13, Bars("A", (0, 10, 10), (1, 10, 10), (2, 10, 8)), Flat("M", 1, 1, Enumerable.Range(3, 10)));

        Assert.False(Assert.Single(market.Run(Free, 0).Trades).IsClosed);
    }

    [Fact]
    public void A_member_that_leaves_the_universe_is_held_on_and_one_that_joins_later_is_not_bought()
    {
        var universe = Universe.Of("u", [("A", new Membership(long.MinValue, Day(1))), ("B", new Membership(Day(1), long.MaxValue))]);
        var market = Of(universe, 6, Rising, Flat("B", 1, 1, Enumerable.Range(0, 6)), Flat("C", 1, 1, Enumerable.Range(0, 6)));

        Assert.Equal(("A", Day(3)), Assert.Single(market.Run(Free, 0).Trades.Select(t => (t.Symbol, t.ExitTs!.Value))));
        Assert.Equal("B", Assert.Single(market.Run(Free, 1).Trades).Symbol);
    }
}
