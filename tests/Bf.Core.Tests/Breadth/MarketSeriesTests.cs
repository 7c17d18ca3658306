using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Tests.Breadth;

public sealed class MarketSeriesTests
{
    private const double None = double.NaN;

    [Fact]
    public void Series_of_real_counts_equal_those_computed_elsewhere()
    {
        var rows = TestData.Csv("breadth.csv");
        for (var c = 1; c < rows[0].Length; c++)
        {
            var column = BreadthColumns.All[c - 1];
            Assert.Equal(rows[0][c], column.Name);
            for (var i = 0; i < rows.Length - 1; i++)
            {
                var actual = column.At(Panels.Reference, i);
                var expected = rows[i + 1][c] is "" ? double.NaN : double.Parse(rows[i + 1][c]);
                Assert.True(
                    expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-12 * Math.Max(Math.Abs(expected), 1e-3),
                    $"{column} on {rows[i + 1][0]}: expected {expected:R}, got {actual:R}");
            }
        }
    }

    [Fact]
    public void Ratios_without_a_denominator_are_undefined()
    {
        var panel = Panels.Of(
            (TallyColumn.Adv, [0, 3, 0, 3]), (TallyColumn.Dec, [0, 0, 2, 1]),
            (TallyColumn.UpVol, [0, 30, 0, 30]), (TallyColumn.DownVol, [0, 0, 20, 20]));

        Assert.Equal([None, 1, 0, 0.75], panel.Reals("adv_ratio"));
        Assert.Equal([None, 1000, -1000, 500], panel.Reals("rana"));
        Assert.Equal([None, 1, 0, 0.6], panel.Reals("upvol_ratio"));
        Assert.Equal([None, None, 0, 3], panel.Reals("ad_ratio"));
        Assert.Equal([None, None, None, 2], panel.Reals("trin"));
        Assert.All(panel.Reals("pct_above20"), x => Assert.Equal(None, x));
    }

    [Fact]
    public void An_exponential_mean_starts_at_its_first_value_and_waits_where_undefined()
    {
        var panel = Panels.Of((TallyColumn.Adv, [0, 1, 0, 0, 1]), (TallyColumn.Dec, [0, 0, 0, 1, 1]));

        // 9/11 of 1, then 2/11 of 0.5 + 9/11 of that
        Assert.Equal([None, 1, 1, 0.818181818, 0.760330579], Rounded(panel.Reals("zweig_ema10")));
    }

    [Fact]
    public void The_summation_index_adds_nothing_where_undefined()
    {
        var panel = Panels.Of((TallyColumn.Adv, [0, 1, 0, 0]), (TallyColumn.Dec, [0, 0, 1, 0]));

        // rana 1000, then -1000: means 1000 - 0.1 x 2000 and 1000 - 0.05 x 2000
        Assert.Equal([None, 0, -100, -100], Rounded(panel.Reals("mcc_osc")));
        Assert.Equal([None, 0, -100, -100], Rounded(panel.Reals("mcc_sum")));
        Assert.Equal([None, 0, -0.1, -0.1], Rounded(panel.Reals("mcc_osc_classic")));
        Assert.Equal([None, 0, -0.1, -0.1], Rounded(panel.Reals("mcc_sum_classic")));
    }

    [Fact]
    public void A_simple_mean_needs_its_whole_window()
    {
        var panel = Panels.Of(
            (TallyColumn.Adv, [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 0]), (TallyColumn.Dec, [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]));

        Assert.All(panel.Reals("zweig_sma10")[..10], x => Assert.Equal(None, x));
        Assert.Equal(0.525, panel.Reals("zweig_sma10")[10]);
        Assert.Equal(None, panel.Reals("zweig_sma10")[11]);
    }

    [Fact]
    public void Deemers_ratio_is_undefined_without_declines_or_when_a_date_has_no_issues()
    {
        var ones = Enumerable.Repeat(1L, 12).ToArray();
        Assert.All(Panels.Of((TallyColumn.Adv, ones)).Reals("deemer_ratio"), x => Assert.Equal(None, x));
        Assert.Equal(double.PositiveInfinity, TenDateRatio.OrInfinity(Panels.Of((TallyColumn.Adv, ones)))[9]);
        Assert.All(TenDateRatio.OrInfinity(Panels.Of((TallyColumn.Unch, ones))), x => Assert.Equal(None, x));

        var ratio = Panels.Of((TallyColumn.Adv, [0, 2, .. ones[..9], 3]), (TallyColumn.Dec, [0, .. ones[..11]])).Reals("deemer_ratio");
        Assert.Equal([None, 1.1, 1.2], ratio[9..]);
    }

    [Fact]
    public void Lines_run_from_zero_and_are_defined_everywhere()
    {
        var panel = Panels.Of(
            (TallyColumn.Adv, [0, 5, 1]), (TallyColumn.Dec, [0, 2, 7]), (TallyColumn.UpVol, [0, 50, 10]), (TallyColumn.DownVol, [0, 20, 70]),
            (TallyColumn.Nh252, [0, 4, 0]), (TallyColumn.Nl252, [0, 1, 2]));

        Assert.Equal([0L, 3, -3], panel.Integers("ad_line"));
        Assert.Equal([0L, 30, -30], panel.Integers("ad_volume_line"));
        Assert.Equal([0L, 3, 6], panel.Integers("abi"));
        Assert.Equal([0L, 3, -2], panel.Integers("nh_nl"));
    }

    [Fact]
    public void The_equal_weight_index_leaves_outliers_out_and_stands_still_without_returns()
    {
        var panel = Panels.Of(
            (TallyColumn.Adv, [0, 2, 0, 1]), (TallyColumn.Issues, [0, 3, 0, 1]), (TallyColumn.ReturnOutliers, [0, 1, 0, 1]),
            (TallyColumn.ReturnSum, [0, 20_000_000, 0, 0]));

        Assert.Equal([100.0, 101, 101, 101], panel.Reals("index_ew"));
    }

    [Fact]
    public void Large_volumes_do_not_overflow_their_ratio()
    {
        var panel = Panels.Of((TallyColumn.UpVol, [long.MaxValue]), (TallyColumn.DownVol, [long.MaxValue]));

        Assert.Equal([0.5], panel.Reals("upvol_ratio"));
    }

    [Fact]
    public void No_dates_make_no_series() =>
        Assert.All(BreadthColumns.All, c => Assert.Equal(
            0, c.Kind == ColumnKind.Integer ? c.Integers(new(BreadthTally.Empty)).Length : c.Reals(new(BreadthTally.Empty)).Length));

    [Fact]
    public void A_value_depends_on_the_dates_up_to_it_alone()
    {
        var market = new RandomMarket(17, 12, 400);
        var full = new BreadthPanel(Kernels.Tally(market.Bars));
        foreach (var count in (int[])[1, 2, 11, 60, 253, 399])
        {
            var cut = new BreadthPanel(Kernels.Tally(market.Bars.Select(b => b.Before(full.Ts[count])).Where(b => b.Ts.Length > 0)));
            Assert.Equal(full.Ts[..count], cut.Ts);
            foreach (var column in BreadthColumns.All)
            {
                Assert.Equal(Values(column, full)[..count], Values(column, cut));
            }
        }
    }

    private static double[] Values(BreadthColumn column, BreadthPanel panel) =>
        [.. Enumerable.Range(0, panel.Count).Select(i => column.At(panel, i))];

    private static double[] Rounded(double[] values) => [.. values.Select(x => Math.Round(x, 9))];
}
