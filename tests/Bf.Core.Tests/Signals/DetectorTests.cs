using Bf.Core.Breadth;
using Bf.Core.Signals;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Signals;

public sealed class DetectorTests
{
    private static readonly Detector Sma = Detectors.Find("zbt_sma")!;
    private static readonly Detector Deemer = Detectors.Find("deemer_1.97")!;
    private static readonly Detector UpVol = Detectors.Find("upvol90")!;

    [Fact]
    public void On_real_counts_the_detectors_fire_on_the_dates_found_elsewhere()
    {
        var panel = Panels.Reference;
        var found = TestData.Csv("events.csv").Skip(1).Select(row => row[0]).ToHashSet();
        var fires =
            from detector in Detectors.All
            where found.Contains(detector.Name)
            from fire in detector.Fires(panel)
            select $"{detector.Name},{DateTime.UnixEpoch.AddMicroseconds(panel.Ts[fire.Index]):yyyy-MM-dd}";

        Assert.Equal(
            TestData.Csv("events.csv").Skip(1).Select(row => string.Join(',', row)).Order(StringComparer.Ordinal),
            fires.Order(StringComparer.Ordinal));
    }

    // Ten dates of 300 in 1000 make a mean of 0.30; each 1000 after them adds 0.07: 0.37, 0.44, 0.51, 0.58, 0.65.
    [Fact]
    public void Zweigs_thrust_fires_when_the_mean_goes_from_below_40_to_above_61_5_percent_within_ten_dates()
    {
        var fire = Assert.Single(Sma.Fires(Panels.Advancing([.. Ten(300), 1000, 1000, 1000, 1000, 1000, 1000])));

        Assert.Equal(14, fire.Index);
        Assert.Equal(0.65, fire.Value, 12);
        Assert.Equal(0.615, fire.Threshold);
        Assert.Equal(4, fire.DaysSinceLow);
    }

    [Fact]
    public void Zweigs_thrust_does_not_fire_when_the_rise_takes_longer() =>
        Assert.Empty(Sma.Fires(Panels.Advancing([.. Ten(390), .. Ten(610), 1000, 1000, 1000, 1000])));

    [Fact]
    public void Zweigs_thrust_fires_once_for_each_low()
    {
        // The mean crosses upwards at 14, falls to 0.58 at 16, and crosses again at 17, with the low of date 10 still in reach.
        var panel = Panels.Advancing([.. Ten(300), 1000, 1000, 1000, 1000, 1000, 0, 0, 1000, 1000, 1000]);
        Assert.True(panel.Reals("zweig_sma10")[16] < 0.615 && panel.Reals("zweig_sma10")[17] > 0.615);

        Assert.Equal([14], Sma.Fires(panel).Select(f => f.Index));
    }

    [Fact]
    public void A_new_low_arms_zweigs_thrust_again() =>
        Assert.Equal([14, 34], Sma.Fires(Panels.Advancing([.. Ten(300), .. Ten(1000), .. Ten(300), .. Ten(1000)])).Select(f => f.Index));

    [Fact]
    public void Exactly_at_the_threshold_is_not_above()
    {
        Assert.Empty(UpVol.Fires(Panels.Of((TallyColumn.UpVol, [9]), (TallyColumn.DownVol, [1]))));
        Assert.Equal([0, 1], UpVol.Fires(Panels.Of((TallyColumn.UpVol, [10, 10]), (TallyColumn.DownVol, [1, 1]))).Select(f => f.Index));
        Assert.Empty(Deemer.Fires(Panels.Of((TallyColumn.Adv, Ten(197)), (TallyColumn.Dec, Ten(100)))));
    }

    [Fact]
    public void Breakaway_momentum_fires_on_the_crossing_only()
    {
        // The ratio of 20 dates of 2 to 1 stays at 2; the first of ten dates of 1 to 1 brings it to 1.9.
        var panel = Panels.Of(
            (TallyColumn.Adv, [.. Ten(200), .. Ten(200), 100, 300, 300]), (TallyColumn.Dec, [.. Ten(100), .. Ten(100), 100, 100, 100]));

        Assert.Equal([9, 21], Deemer.Fires(panel).Select(f => f.Index));
        Assert.Equal([2.0, 2.0], Deemer.Fires(panel).Select(f => f.Value));
        Assert.All(Deemer.Fires(panel), f => Assert.Null(f.DaysSinceLow));
    }

    [Fact]
    public void Ten_dates_without_a_decline_are_above_every_threshold()
    {
        var fire = Assert.Single(Deemer.Fires(Panels.Of((TallyColumn.Adv, [.. Ten(5), 5, 5]))));

        Assert.Equal((9, double.PositiveInfinity), (fire.Index, fire.Value));
        Assert.Empty(Deemer.Fires(Panels.Of((TallyColumn.Unch, [.. Ten(5), 5, 5]))));
    }

    [Fact]
    public void A_thrust_is_remembered_for_sixty_dates()
    {
        var panel = Panels.Of((TallyColumn.UpVol, [1, 10, .. Enumerable.Repeat(1L, 70)]), (TallyColumn.DownVol, [.. Enumerable.Repeat(1L, 72)]));
        var memory = new ThrustMemory(panel);
        int?[] since = [.. Enumerable.Range(0, panel.Count).Select(t => memory.Since(Detectors.All.ToList().IndexOf(UpVol), t))];

        Assert.Equal([null, 0, 1, 2], since.Take(4));
        Assert.Equal([60, null], since.Skip(61).Take(2));
    }

    [Fact]
    public void Whether_a_detector_fires_depends_on_the_dates_up_to_then_alone()
    {
        for (var count = 1; count < Panels.Reference.Count; count += 13)
        {
            var cut = new BreadthPanel(Panels.Cut(Panels.Reference.Tally, count));
            Assert.All(Detectors.All, d => Assert.Equal(d.Fires(Panels.Reference).Where(f => f.Index < count), d.Fires(cut)));
        }
    }

    [Fact]
    public void Every_detector_says_what_it_is()
    {
        Assert.All(Detectors.All, d => Assert.All(
            (string[])[d.Name, d.Title, d.Measures, d.Formula, d.Source], text => Assert.False(string.IsNullOrWhiteSpace(text))));
        Assert.All(Detectors.All, d => Assert.Contains(d.Parameters, p => p.Value == d.Threshold));
        Assert.All(Detectors.All, d => Assert.Same(d, Detectors.Find(d.Name.ToUpperInvariant())));
        Assert.Null(Detectors.Find("no_such_detector"));
    }

    private static long[] Ten(long value) => [.. Enumerable.Repeat(value, 10)];
}
