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

    [Fact]
    public void Forward_returns_follow_each_fire_and_stand_beside_those_of_all_dates()
    {
        double[] index = [100, 110, 99, 99, 198];
        var outcomes = ThrustFollowUp.Of([0, 2, 3, 4], index, [1, 4, 5]);

        var one = outcomes[0];
        Assert.Equal([1, 4, 5], outcomes.Select(o => o.Horizon));
        Assert.Equal(4, one.Returns.Count);
        Near(0.1, one.Returns[0]);
        Assert.Equal((0.0, 1.0, null), (one.Returns[1], one.Returns[2], one.Returns[3]));
        Assert.Equal((3, 4), (one.Events, one.BaseDates));
        Near(1.1 / 3, one.Mean);
        Near(0.1, one.Median);
        Near(2 / 3.0, one.HitRate);
        Near(0.25, one.BaseMean); // 0.1, -0.1, 0, 1
        Near(0.5, one.BaseHitRate);
        Assert.Equal((1, 0.98, 1.0), (outcomes[1].Events, Math.Round(outcomes[1].Mean!.Value, 12), outcomes[1].BaseHitRate));
        Assert.Equal((0, null, null, null, 0, null), (outcomes[2].Events, outcomes[2].Mean, outcomes[2].Median, outcomes[2].HitRate, outcomes[2].BaseDates, outcomes[2].BaseMean));
    }

    [Fact]
    public void A_median_of_an_even_number_is_the_mean_of_the_middle_two_and_undefined_values_take_no_part()
    {
        var outcome = Assert.Single(ThrustFollowUp.Of([0, 1, 2, 4], [100, 100, 130, 200, double.NaN, 1], [1]));

        Assert.Equal(2 + 1, outcome.Events); // 0, 0.3, 0.538...; the date without an index has none
        Near(0.3, outcome.Median);
        Near(0.15, ThrustFollowUp.Of([0, 1], [100, 100, 130], [1])[0].Median);
    }

    [Fact]
    public void The_usual_horizons_are_taken_and_wrong_ones_refused()
    {
        Assert.Equal([5, 20, 60, 120, 250], ThrustFollowUp.Of([], [1.0]).Select(o => o.Horizon));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThrustFollowUp.Of([], [1.0], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThrustFollowUp.Of([1], [1.0]));
    }
}
