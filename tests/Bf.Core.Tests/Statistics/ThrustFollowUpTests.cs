using Bf.Core.Statistics;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Statistics;

public sealed class ThrustFollowUpTests
{
    [Fact]
    public void Forward_returns_follow_each_fire_and_stand_beside_those_of_all_dates()
    {
        double[] index = [100, 110, 99, 99, 198];
        var outcomes = ThrustFollowUp.Of([0, 2, 3, 4], new(index), [1, 4, 5]);

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
        var outcome = Assert.Single(ThrustFollowUp.Of([0, 1, 2, 4], new([100, 100, 130, 200, double.NaN, 1]), [1]));

        Assert.Equal(2 + 1, outcome.Events); // 0, 0.3, 0.538...; the date without an index has none
        Near(0.3, outcome.Median);
        Near(0.15, ThrustFollowUp.Of([0, 1], new([100, 100, 130]), [1])[0].Median);
    }

    [Fact]
    public void The_usual_horizons_are_taken_and_wrong_ones_refused()
    {
        Assert.Equal([1, 5, 10, 20, 60, 120, 250], ThrustFollowUp.Of([], new([1.0])).Select(o => o.Horizon));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThrustFollowUp.Of([], new([1.0]), [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThrustFollowUp.Of([1], new([1.0])));
    }

    [Fact]
    public void From_the_next_close_the_dates_are_one_later_and_the_last_fire_may_have_none()
    {
        double[] index = [100, 110, 99, 99, 198];
        var o = ThrustFollowUp.Of([0, 2, 3], new(index), [1])[0];

        Near((0.1 + 0 + 1) / 3, o.Mean);
        Near((-0.1 + 1) / 2, o.MeanNext); // 110 to 99, and 99 to 198; after the third fire the data end
        Near(0, o.Worst);
        Near(1.1 / 3 - 0.25, o.Lift);
    }

    [Fact]
    public void Events_apart_are_those_whose_windows_do_not_overlap()
    {
        var forward = new ForwardReturns([.. Enumerable.Range(0, 40).Select(i => 100.0 + i)]);
        int[] fires = [1, 2, 5, 6, 9, 20, 38];

        // over 3 dates: 1, 5, 9, 20 (2 and 6 lie within; after 38 the data end); over 10: 1 and 20
        Assert.Equal([7, 4, 2], ThrustFollowUp.Of(fires, forward, [1, 3, 10]).Select(o => o.Apart));
    }

    [Fact]
    public void On_another_calendar_the_horizon_counts_dates_of_the_index_and_missing_dates_have_no_return()
    {
        // the index skips date 30 and knows 25, which the fires' calendar does not
        var forward = ForwardReturns.On([10, 20, 30, 40], [10, 20, 25, 40], [100, 110, 121, 242]);

        Assert.Equal([0.1, 0.1, double.NaN, double.NaN], forward.Over(1), (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.1, 1, double.NaN, double.NaN], forward.Over(1, delay: 1), (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-12);
        Assert.Equal([true, true, false, true], Enumerable.Range(0, forward.Dates).Select(forward.Has));
    }
}
