using Bf.Core.Breadth;
using Bf.Core.Signals;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Catalogue;

/// <summary>Every indicator and every detector against what its formula says, worked out plainly.</summary>
public sealed class DefinitionTests
{
    [Fact]
    public void Every_column_is_what_its_formula_says() =>
        Properties.Hold(RandomTally.Any, random =>
        {
            var panel = new BreadthPanel(random.Tally);
            var plain = new PlainIndicators(panel.Tally);
            foreach (var column in BreadthColumns.All.Where(c => c.Counted is null))
            {
                var dates = column.Name.StartsWith("z_", StringComparison.Ordinal) ? Enumerable.Range(0, panel.Count).Where(t => t % 83 == 71) : Enumerable.Range(0, panel.Count).Where(t => t < 60 || t % 23 == 0);
                foreach (var t in dates)
                {
                    var (expected, actual) = (plain.At(column.Name, t), column.At(panel, t));
                    Assert.True(
                        expected is { } x ? Math.Abs(x - actual) <= 1e-9 * Math.Max(1, Math.Abs(x)) : double.IsNaN(actual),
                        $"{column} at {t}: {actual:R}, not {expected:R}");
                }
            }
        }, count: 10);

    [Fact]
    public void Every_detector_fires_when_its_rule_says_and_all_of_them_do_now_and_then()
    {
        var fired = new HashSet<string>();
        Properties.Hold(RandomTally.Any, random =>
        {
            var panel = new BreadthPanel(random.Tally);
            foreach (var detector in Detectors.All)
            {
                var fires = detector.Fires(panel);
                Assert.Equal(PlainDetectors.Fires(detector.Name, panel), fires.Select(f => (f.Index, f.DaysSinceLow)));
                Assert.All(fires, f => Assert.Equal(detector.Threshold, f.Threshold));
                fired.UnionWith(fires.Select(_ => detector.Name));
            }
        }, count: 30);

        Assert.Equal(Detectors.All.Select(d => d.Name).Order(StringComparer.Ordinal), fired.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sample_fires_when_the_rules_say() =>
        Assert.All(Detectors.All, d => Assert.Equal(PlainDetectors.Fires(d.Name, Panels.Sample), d.Fires(Panels.Sample).Select(f => (f.Index, f.DaysSinceLow))));

    [Fact]
    public void A_detector_that_something_has_to_arm_is_armed_the_date_before_it_fires_and_not_when_it_has() =>
        Properties.Hold(RandomTally.Any, random =>
        {
            var panel = new BreadthPanel(random.Tally);
            foreach (var detector in Detectors.All.Where(d => d.Armed(panel) is not null))
            {
                var armed = detector.Armed(panel)!;
                Assert.All(detector.Fires(panel), f => Assert.True(armed[f.Index - 1], detector.Name));
                Assert.All(detector.Fires(panel), f => Assert.False(armed[f.Index], detector.Name));
            }
        }, count: 30);
}
