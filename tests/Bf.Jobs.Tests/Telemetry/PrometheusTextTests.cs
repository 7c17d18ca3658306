using Bf.Jobs.Telemetry;
using Bf.Jobs.Telemetry.Prometheus;

namespace Bf.Jobs.Tests.Telemetry;

/// <summary>Prometheus' text format: names, escapes, order, histograms.</summary>
public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("bf.run.duration", "s", MetricKind.Histogram, "bf_run_duration_seconds")]
    [InlineData("bf.lake.bytes", "By", MetricKind.Counter, "bf_lake_bytes_total")]
    [InlineData("bf.lake.free", "By", MetricKind.Gauge, "bf_lake_free_bytes")]
    [InlineData("bf.stream.lag", "{message}", MetricKind.Gauge, "bf_stream_lag")]
    [InlineData("bf.share", "1", MetricKind.Gauge, "bf_share_ratio")]
    [InlineData("9 lives--left", "", MetricKind.Counter, "_9_lives_left_total")]
    [InlineData("a.total", "", MetricKind.Counter, "a_total")]
    public void A_name_has_its_unit_behind_it_and_total_where_it_only_grows(string name, string unit, MetricKind kind, string expected) =>
        Assert.Equal(expected, PrometheusNames.Of(name, unit, kind));

    [Fact]
    public void Labels_stand_in_the_order_of_their_names_and_what_they_say_can_not_break_out()
    {
        var text = PrometheusText.Labels([new("z", "line\nbreak"), new("a.b", "back\\slash \"quoted\""), new("n", 5), new("none", null), new("half", "\uD83D")]);

        Assert.Equal("""a_b="back\\slash \"quoted\"",half="�",n="5",z="line\nbreak" """.Trim(), text);
    }

    [Fact]
    public void Two_labels_that_become_one_name_keep_both_values() =>
        Assert.Equal("""a_b="1;2" """.Trim(), PrometheusText.Labels([new("a.b", 1), new("a_b", 2)]));

    [Fact]
    public void A_histogram_counts_up_to_each_bound_and_in_all()
    {
        var family = new MetricFamily("t_seconds", MetricKind.Histogram, "what it says\nin two lines") { Bounds = [0.1, 1] };
        Array.ForEach([0.05, 0.1, 0.5, 7.0], v => family.Record("k=\"v\"", v, 10));

        Assert.Equal("""
            # HELP t_seconds what it says\nin two lines
            # TYPE t_seconds histogram
            t_seconds_bucket{k="v",le="0.1"} 2
            t_seconds_bucket{k="v",le="1"} 3
            t_seconds_bucket{k="v",le="+Inf"} 4
            t_seconds_sum{k="v"} 7.65
            t_seconds_count{k="v"} 4

            """.ReplaceLineEndings("\n"), PrometheusText.Of([family]));
    }

    [Fact]
    public void A_counter_adds_a_gauge_takes_the_place_and_odd_numbers_have_their_own_words()
    {
        var (counter, seen, gauge) = (new MetricFamily("c_total", MetricKind.Counter, "c"), new MetricFamily("s_total", MetricKind.Counter, "s") { Adds = false }, new MetricFamily("g", MetricKind.Gauge, "g"));
        foreach (var family in (MetricFamily[])[counter, seen, gauge])
        {
            family.Record("", 2, 10);
            family.Record("", 3, 10);
        }

        gauge.Record("of=\"nothing\"", double.NaN, 10);
        gauge.Record("of=\"all\"", double.PositiveInfinity, 10);
        var lines = PrometheusText.Of([counter, gauge, seen]).Split('\n').Where(l => !l.StartsWith('#'));

        Assert.Equal(["c_total 5", "g 3", "g{of=\"all\"} +Inf", "g{of=\"nothing\"} NaN", "s_total 3", ""], lines);
    }

    [Fact]
    public void Labels_without_end_do_not_fill_the_memory()
    {
        var family = new MetricFamily("c_total", MetricKind.Counter, "c");
        for (var i = 0; i < 50; i++)
        {
            family.Record($"i=\"{i}\"", 1, most: 10);
        }

        family.Record("i=\"3\"", 1, most: 10);
        Assert.Equal((10, 2), (family.Series.Count, family.Series["i=\"3\""].Value));
    }
}
