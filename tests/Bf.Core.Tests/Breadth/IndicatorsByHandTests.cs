using Bf.Core.Breadth;
using static Bf.Core.Breadth.TallyColumn;

namespace Bf.Core.Tests.Breadth;

/// <summary>Indicators worked out by hand.</summary>
public sealed class IndicatorsByHandTests
{
    private const double None = double.NaN;

    [Fact]
    public void The_high_low_index_is_the_mean_of_ten_percentages_of_highs()
    {
        // 3 of 4, then nine dates of 1 of 4, then one without extremes
        var panel = Panels.Of((Nh252, [3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]), (Nl252, [1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0]));

        Assert.Equal([75, 25, 25], panel.Reals("record_high_pct")[..3]);
        Assert.Equal([None, 30, 25, None], panel.Reals("high_low_index")[8..]);
    }

    [Fact]
    public void Up_volume_is_a_multiple_of_down_volume_and_undefined_without() =>
        Assert.Equal([9.0, 0, None, None], Panels.Of((UpVol, [90, 0, 5, 0]), (DownVol, [10, 5, 0, 0])).Reals("updown_vol_ratio"));

    [Fact]
    public void The_cumulative_volume_index_is_the_volume_line()
    {
        var panel = Panels.Of((UpVol, [90, 0, 5]), (DownVol, [10, 30, 0]));

        Assert.Equal([80L, 50, 55], panel.Integers("cvi"));
        Assert.Equal(panel.Integers("ad_volume_line"), panel.Integers("cvi"));
    }

    [Fact]
    public void Whaleys_shares_are_of_the_sums_of_five_dates()
    {
        // advances 0 + 10 + 20 + 30 + 40 of 5 x 50, then 10 + 20 + 30 + 40 + 50; volumes 8 of 10 on each date, then 0 of 0
        var panel = Panels.Of(
            (Adv, [0, 10, 20, 30, 40, 50, 0]), (Dec, [50, 40, 30, 20, 10, 0, 0]), (UpVol, [8, 8, 8, 8, 8, 0, 0]), (DownVol, [2, 2, 2, 2, 2, 0, 0]));

        Assert.Equal([None, 0.4, 0.6, None], panel.Reals("whaley_ad5")[3..]);
        Assert.Equal([None, 0.8, 0.8, None], panel.Reals("whaley_upvol5")[3..]);
    }

    [Fact]
    public void Coppocks_curve_of_a_steady_line_is_its_slope_over_25_dates()
    {
        // 2 a date: 28 over 14 dates and 22 over 11; then one date of 13, 11 more than usual, which weighs 10 of 55 in either difference
        var panel = Panels.Of((Adv, [.. Enumerable.Repeat(2L, 30), 13]));

        Assert.All(panel.Reals("coppock_ad")[..23], x => Assert.Equal(None, x));
        Assert.All(panel.Reals("coppock_ad")[23..30], x => Assert.Equal(50, x));
        Assert.Equal(54, panel.Reals("coppock_ad")[30], 12);
    }

    [Fact]
    public void The_tick_index_is_of_bars_within_the_day_alone()
    {
        var column = BreadthColumns.Find("tick_index")!;
        var daily = Panels.Tally((Adv, [0, 7, 3]), (Dec, [0, 2, 9]));
        var day = new BreadthPanel(new([0, 86_400_000_000, 172_800_000_000], [.. Enum.GetValues<TallyColumn>().Select(c => daily[c])]));
        var fiveMinutes = new BreadthPanel(new([0, 300_000_000, 86_400_000_000], [.. Enum.GetValues<TallyColumn>().Select(c => daily[c])]));

        Assert.Equal([None, None, None], Enumerable.Range(0, 3).Select(t => column.At(day, t)));
        Assert.Equal([None, 5.0, -6], Enumerable.Range(0, 3).Select(t => column.At(fiveMinutes, t)));
    }

    [Fact]
    public void The_hindenburg_omen_needs_all_four_of_its_parts()
    {
        // 60 dates of gentle gains, the last three of which are declines; 28 of 1000 movers are the least that counts
        const int Dates = 60;
        long[] adv = [.. Enumerable.Repeat(600L, Dates - 3), 300, 300, 300], highs = [.. new long[Dates - 3], 28, 57, 56], lows = [.. new long[Dates - 3], 27, 28, 28];
        var panel = Panels.Of((Adv, adv), (Dec, [.. adv.Select(a => 1000 - a)]), (Nh252, highs), (Nl252, lows), (Elig252, [0, .. Enumerable.Repeat(9L, Dates - 1)]), (ReturnSum, [.. Enumerable.Repeat(1_000_000_000L, Dates)]));

        Assert.Equal("0 1 1", Last("hindenburg_split"));
        Assert.Equal("1 0 1", Last("hindenburg_balance"));
        Assert.Equal("1 1 1", Last("hindenburg_trend"));
        Assert.Equal("1 1 1", Last("hindenburg_momentum"));
        Assert.Equal("0 0 1", Last("hindenburg_omen"));
        Assert.Equal(None, BreadthColumns.Find("hindenburg_omen")!.At(panel, 49));
        Assert.Equal(0, BreadthColumns.Find("hindenburg_omen")!.At(panel, 50));

        string Last(string column) => string.Join(' ', Enumerable.Range(Dates - 3, 3).Select(t => BreadthColumns.Find(column)!.At(panel, t)));
    }

    [Fact]
    public void The_omen_of_a_universe_without_an_index_is_not_known()
    {
        var tally = Panels.Tally((Adv, [.. Enumerable.Repeat(5L, 60)]), (Dec, [.. Enumerable.Repeat(5L, 60)]), (Elig252, [.. Enumerable.Repeat(1L, 60)]));
        var counts = new BreadthPanel(new(tally.Ts, [.. Enum.GetValues<TallyColumn>().Select(c => tally[c])], [.. Enum.GetValues<TallyColumn>().Select(c => c is ReturnSum ? new bool[60] : null)]));

        Assert.Equal(None, BreadthColumns.Find("hindenburg_omen")!.At(counts, 59));
        Assert.Equal(0, BreadthColumns.Find("hindenburg_split")!.At(counts, 59));
    }

    [Fact]
    public void The_omen_is_not_known_before_anybody_has_a_year_of_bars_unless_the_exchange_counted()
    {
        var tally = Panels.Tally((Adv, [600, 600]), (Dec, [400, 400]), (Nh252, [0, 30]), (Nl252, [0, 30]), (Elig252, [0, 50]));
        var counts = new BreadthPanel(new(tally.Ts, [.. Enum.GetValues<TallyColumn>().Select(c => tally[c])], [.. Enum.GetValues<TallyColumn>().Select(c => c is Elig252 ? new bool[2] : null)]));

        Assert.Equal([None, 1.0], Both("hindenburg_split", new(tally)));
        Assert.Equal([None, 1.0], Both("hindenburg_balance", new(tally)));
        Assert.Equal([0.0, 1], Both("hindenburg_split", counts));
        Assert.Equal([1.0, 1], Both("hindenburg_balance", counts));

        static double[] Both(string column, BreadthPanel panel) => [.. Enumerable.Range(0, 2).Select(t => BreadthColumns.Find(column)!.At(panel, t))];
    }

    [Fact]
    public void A_rolling_score_is_cut_off_at_three_deviations()
    {
        // 59 x 50 % and 1 x 100 %: its distance is sqrt(59) deviations
        var panel = Panels.Of((Above50, [.. Enumerable.Repeat(5L, 59), 10, 5]), (Elig50, [.. Enumerable.Repeat(10L, 61)]));

        Assert.Equal([None, 3.0], panel.Reals("z_pct_above50")[58..60]);
        Assert.Equal(-1 / Math.Sqrt(60), panel.Reals("z_pct_above50")[60], 12);
    }

    [Fact]
    public void Rolling_scores_four_at_a_time_have_the_bits_of_one_at_a_time()
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 900).Select(t => random.Next(9) == 0 ? None : t is > 300 and < 620 ? 0.1 : random.NextDouble() - 0.5)];
        var scores = RollingZ.Scores(values, 40);

        Assert.All(scores[..40], x => Assert.Equal(None, x));
        for (var t = 40; t < values.Length; t++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(Math.Clamp(RollingZ.At(values, t).Z, -3, 3)), BitConverter.DoubleToInt64Bits(scores[t]));
        }
    }
}
