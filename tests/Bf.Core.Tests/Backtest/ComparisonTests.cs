using Bf.Core.Backtest;
using Bf.Core.Market;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class ComparisonTests
{
    [Fact]
    public void A_held_basket_lets_its_weights_drift_and_keeps_what_vanished_at_its_last_close()
    {
        var universe = Universe.Of("u", [("A", Membership.Always), ("B", Membership.Always), ("C", new Membership(Day(1), Day(9)))]);
        var market = Of(universe, 4, Bars("A", (0, 9, 10), (1, 9, 20), (2, 9, 40), (3, 9, 20)), Bars("B", (0, 9, 10), (1, 9, 5)), Flat("C", 1, 1, [0, 1, 2, 3]));

        Assert.Equal([1000, 1250, 2250, 1250], HeldBasket.Equity(market, 0, 3, 1000)!);
        Assert.Equal([1000.0], HeldBasket.Equity(market, 2, 2, 1000)!);
        Assert.Throws<ArgumentOutOfRangeException>(() => HeldBasket.Equity(market, 2, 1, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => HeldBasket.Equity(market, 0, 4, 1000));
    }

    [Fact]
    public void A_basket_of_nothing_is_undefined()
    {
        var market = Of(3, Flat("A", 1, 1, [1, 2]));

        Assert.Null(HeldBasket.Equity(market, 0, 2, 1000));
        Assert.Null(market.Run(Free).Metrics.BasketHeld);
    }

    [Fact]
    public void The_index_is_held_over_the_span_from_its_first_value_and_marked_at_its_latest()
    {
        var market = new BacktestMarket(Days(6), Universe.All, [], [50, double.NaN, 100, double.NaN, 150, 120]);

        var result = market.Run(Free with { From = Day(1) });
        Assert.Equal([1000, 1000, 1000, 1500, 1200], result.IndexEquity!);
        Near(0.2, result.Metrics.IndexHeld!.TotalReturn);
        Near(-0.2, result.Metrics.IndexHeld.MaxDrawdown);
    }

    [Fact]
    public void An_index_that_is_never_defined_is_no_comparison()
    {
        var market = new BacktestMarket(Days(2), Universe.All, [], [double.NaN, double.NaN]);

        Assert.Null(market.Run(Free).IndexEquity);
        Assert.Null(market.Run(Free).Metrics.IndexHeld);
    }
}
