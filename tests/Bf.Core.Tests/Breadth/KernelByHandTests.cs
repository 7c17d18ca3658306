using Bf.Core.Breadth;
using Bf.Core.Market;

namespace Bf.Core.Tests.Breadth;

public sealed class KernelByHandTests
{
    private static readonly double[] Flat = [.. Enumerable.Repeat(10.0, 251)];

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void Three_symbols_on_four_dates(KernelForm form)
    {
        var tally = Kernels.Tally(
            [
                Kernels.Bars("UP", [100, 101, 101, 103], [10, 20, 30, 40]),
                Kernels.Bars("DOWN", [50, 49, 48, 48], [1, 2, 3, 4]),
                new("LATE", [2, 3], [7, 6.3], [500, 600]),
            ],
            form);

        Assert.Equal([0L, 1, 2, 3], tally.Ts);
        Assert.Equal([2L, 2, 3, 3], tally[TallyColumn.Bars]);
        Assert.Equal([0L, 2, 2, 3], tally[TallyColumn.Issues]);
        Assert.Equal([0L, 1, 0, 1], tally[TallyColumn.Adv]);
        Assert.Equal([0L, 1, 1, 1], tally[TallyColumn.Dec]);
        Assert.Equal([0L, 0, 1, 1], tally[TallyColumn.Unch]);
        Assert.Equal([0L, 20, 0, 40], tally[TallyColumn.UpVol]);
        Assert.Equal([0L, 2, 3, 600], tally[TallyColumn.DownVol]);
        Assert.Equal([0L, 0, 30, 4], tally[TallyColumn.UnchVol]);
        // 1/100 - 1/50; -1/49; 2/101 - 0.7/7, each rounded to 1e-9
        Assert.Equal([0L, -10_000_000, -20_408_163, 19_801_980 - 100_000_000], tally[TallyColumn.ReturnSum]);
        Assert.All(tally[TallyColumn.Elig20], count => Assert.Equal(0, count));
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void A_year_begins_at_bar_252_and_a_tie_is_a_new_extreme(KernelForm form)
    {
        var tally = Kernels.Tally([Kernels.Bars("A", [.. Flat, 10, 10.01, 9.99, 10])], form);

        Assert.Equal([0L, 1, 1, 1, 1], tally[TallyColumn.Elig252][250..]);
        Assert.Equal([0L, 1, 1, 0, 0], tally[TallyColumn.Nh252][250..]);
        Assert.Equal([0L, 1, 0, 1, 0], tally[TallyColumn.Nl252][250..]);
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void A_high_counts_for_252_bars_and_no_longer(KernelForm form)
    {
        var tally = Kernels.Tally([Kernels.Bars("A", [20, .. Flat, 10, 10])], form);

        Assert.Equal([0L, 1, 1], tally[TallyColumn.Nh252][251..]);
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void Equal_to_the_mean_is_not_above_it(KernelForm form)
    {
        var tally = Kernels.Tally([Kernels.Bars("A", [.. Flat[..20], 10.0001, 10.0001, 9])], form);

        Assert.Equal([0L, 1, 1, 1, 1], tally[TallyColumn.Elig20][18..]);
        Assert.Equal([0L, 0, 1, 1, 0], tally[TallyColumn.Above20][18..]);
        Assert.All(tally[TallyColumn.Elig50], count => Assert.Equal(0, count));
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void A_member_counts_only_during_its_stays_but_its_earlier_bars_fill_its_windows(KernelForm form)
    {
        var universe = Universe.Of("u", [("A", new Membership(20, 22)), ("A", new Membership(23, 24))]);
        var tally = Kernels.Tallies([Kernels.Bars("A", [.. Flat[..20], 11, 12, 13, 14, 15])], [universe], form)[0];

        Assert.Equal([20L, 21, 23], tally.Ts);
        Assert.Equal([1L, 1, 1], tally[TallyColumn.Adv]);
        Assert.Equal([1L, 1, 1], tally[TallyColumn.Above20]);
        Assert.Equal([100L, 100, 100], tally[TallyColumn.UpVol]);
    }

    [Theory, MemberData(nameof(Kernels.AllForms), MemberType = typeof(Kernels))]
    public void Returns_beyond_plus_300_and_minus_75_percent_are_outliers(KernelForm form)
    {
        var tally = Kernels.Tally([Kernels.Bars("A", [1, 4, 1, 4.000001, 4, 1, 0.249999, 0.25])], form);

        Assert.Equal([0L, 0, 0, 1, 0, 0, 1, 0], tally[TallyColumn.ReturnOutliers]);
        Assert.Equal([0L, 3_000_000_000, -750_000_000, 0, -250, -750_000_000, 0, 4_000], tally[TallyColumn.ReturnSum]);
    }

    [Fact]
    public void Dates_without_a_member_are_left_out()
    {
        var tally = Kernels.Tallies([Kernels.Bars("A", [1, 2, 3]), new("B", [1, 5], [1, 2], [1, 1])], [Universe.Of("u", ["B"])])[0];

        Assert.Equal([1L, 5], tally.Ts);
    }

    [Fact]
    public void A_symbol_outside_every_universe_still_has_a_state()
    {
        var kernel = new BreadthKernel([Universe.Of("u", ["B"])]);
        kernel.Add(Kernels.Bars("A", [1, 2.5, 3]));

        var state = kernel.State();
        Assert.Equal((2L, 3L), (state.LastTs, state.Bars));
        Assert.Equal([1_000_000L, 2_500_000, 3_000_000], state.Ticks);
        Assert.Equal(0, kernel.Tally(0).Count);
    }

    [Fact]
    public void No_new_bars_leave_a_state_as_it_was()
    {
        var kernel = new BreadthKernel([Universe.All]);
        kernel.Add("A", new(7, 2, [5, 6]), [], [], []);

        Assert.Equal((7L, 2L), (kernel.State().LastTs, kernel.State().Bars));
        Assert.Equal([5L, 6], kernel.State().Ticks);
    }

    [Fact]
    public void Warming_up_does_no_harm() => BreadthKernel.Warm();
}
