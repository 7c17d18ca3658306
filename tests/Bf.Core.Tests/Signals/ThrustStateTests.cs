using Bf.Core.Breadth;
using Bf.Core.Signals;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Signals;

/// <summary>Where a detector stands, and the detectors that something has to arm.</summary>
public sealed class ThrustStateTests
{
    private static readonly Detector Cluster = Detectors.Find("upvol90x2")!;
    private static readonly Detector Lowry = Detectors.Find("lowry90")!;

    [Fact]
    public void A_surge_is_armed_by_its_low_fired_for_sixty_dates_and_decayed_after()
    {
        // percent above the 50-bar mean: middle, low, 13 dates of waiting, high
        var panel = Above50([50, 20, .. Enumerable.Repeat(50L, 13), 80, .. Enumerable.Repeat(60L, 70)]);
        var memory = new ThrustMemory(panel);
        var at = Detectors.All.ToList().FindIndex(d => d.Name == "pct50_thrust");

        Assert.Equal([15], memory.Fires[at].Select(f => f.Index));
        Assert.Equal(14, memory.Fires[at][0].DaysSinceLow);
        Assert.Equal(ThrustState.None, memory.StateOf(at, 0));
        Assert.All(Enumerable.Range(1, 14), t => Assert.Equal(ThrustState.Armed, memory.StateOf(at, t)));
        Assert.All(Enumerable.Range(15, 61), t => Assert.Equal(ThrustState.Fired, memory.StateOf(at, t)));
        Assert.Equal(ThrustState.Decayed, memory.StateOf(at, 76));
    }

    [Fact]
    public void A_low_arms_for_its_window_and_arms_again_after_a_thrust()
    {
        var panel = Above50([20, .. Enumerable.Repeat(50L, 20), 20, 80, 20, 50]);
        var armed = Detectors.Find("pct50_thrust")!.Armed(panel)!;

        Assert.Equal(Enumerable.Repeat(true, 15), armed[..15]); // date 15 may fire, 16 may not
        Assert.Equal([false, false, false, false, false, false, true, false, true, true], armed[15..]);
    }

    [Fact]
    public void Two_90_percent_days_within_ten_dates_fire_on_the_second_and_once_a_cluster()
    {
        // days 0 and 10 are a cluster, to which 15 belongs too; 26 lies 11 dates after it and begins anew; 27 makes the second
        var days = new HashSet<int> { 0, 10, 15, 26, 27 };
        var panel = Panels.Of((TallyColumn.UpVol, [.. Enumerable.Range(0, 30).Select(t => days.Contains(t) ? 95L : 50)]), (TallyColumn.DownVol, [.. Enumerable.Range(0, 30).Select(t => days.Contains(t) ? 5L : 50)]));

        Assert.Equal([(10, 10), (27, 1)], Cluster.Fires(panel).Select(f => (f.Index, f.DaysSinceLow!.Value)));
        Assert.Equal([.. Enumerable.Range(0, 10), 26], Enumerable.Range(0, 30).Where(t => Cluster.Armed(panel)![t]));
    }

    [Fact]
    public void Lowrys_day_needs_nine_tenths_of_volume_and_of_points_and_is_silent_where_points_were_not_counted()
    {
        var volumes = Panels.Tally((TallyColumn.UpVol, [90, 90, 89, 0]), (TallyColumn.DownVol, [10, 10, 11, 0]));
        var columns = Enum.GetValues<TallyColumn>().Select(c => volumes[c]).ToArray();
        var panel = new BreadthPanel(new(volumes.Ts, columns, further: [new("points_up", [9, 8, 9, 0]), new("points_down", [1, 1, 1, 0])]));

        Assert.Equal([(0, 0.9)], Lowry.Fires(panel).Select(f => (f.Index, f.Value)));
        Assert.Empty(Lowry.Fires(new(volumes)));
    }

    private static BreadthPanel Above50(long[] percent) => Panels.Of((TallyColumn.Above50, percent), (TallyColumn.Elig50, [.. percent.Select(_ => 100L)]));
}
