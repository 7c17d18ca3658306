using Bf.Core.Breadth.Further;
using Bf.Core.Market;

namespace Bf.Core.Tests.Breadth.Further;

/// <summary>Each family on a market of a few bars, with figures worked out by hand.</summary>
public sealed class FurtherByHandTests
{
    [Fact]
    public void Above_a_mean_of_three()
    {
        // means of three: (10 + 11 + 12) / 3 = 11, then (11 + 12 + 11.5) / 3 = 11.5: equal is not above
        Equal("pct_above_sma3", [FullBars.Of("A", [10, 11, 12, 11.5])], ("elig_sma3", [0, 0, 1, 1]), ("above_sma3", [0, 0, 1, 0]));
    }

    [Fact]
    public void Above_an_exponential_mean_of_three()
    {
        // alpha 1/2: means 8, 9, 10.5, 9.75, 9.375
        Equal("pct_above_ema3", [FullBars.Of("A", [8, 10, 12, 9, 9])], ("elig_ema3", [0, 0, 1, 1, 1]), ("above_ema3", [0, 0, 1, 0, 0]));
    }

    [Fact]
    public void A_price_that_does_not_move_is_never_above_its_exponential_mean()
    {
        // 1.04 x 2/11 + 1.04 x 9/11 is less than 1.04 in doubles
        var bars = FullBars.Of("A", [.. Enumerable.Repeat(1.04, 30)]);
        Equal("pct_above_ema10", [bars], ("elig_ema10", [.. Enumerable.Range(0, 30).Select(i => i >= 9 ? 1L : 0L)]), ("above_ema10", new long[30]));
    }

    [Fact]
    public void Above_both_means()
    {
        // 200 bars of 1, then 3: above both; 2 is above that of 200 (205/200) but, after 19 bars of 3, not above that of 20
        double[] prices = [.. Enumerable.Repeat(1.0, 200), .. Enumerable.Repeat(3.0, 19), 2.0];
        Equal("pct_above20_200", [FullBars.Of("A", prices)], ("above20_200", [.. new long[200], .. Enumerable.Repeat(1L, 19), 0]));
    }

    [Fact]
    public void Highs_and_lows_by_close_of_three_bars()
    {
        // A ties its high at bar 3; B falls, and its split (close doubles, adjusted close does not) is no high
        Equal(
            "nh_nl3", [FullBars.Of("A", [1, 3, 2, 3, 1]), FullBars.Of("B", [9, 8, 7, 12, 10], [9, 8, 7, 6, 5])],
            ("elig3", [0, 0, 2, 2, 2]), ("nh3", [0, 0, 0, 1, 0]), ("nl3", [0, 0, 1, 1, 2]));
    }

    [Fact]
    public void Highs_and_lows_by_high_and_low_of_two_bars()
    {
        // adjusted highs 6, 5.5, 6, 5.5 and lows 4, 4.5, 4, 5; bar 3 has no high, and counts with its adjusted close 5.5
        var bars = FullBars.Of("A", [10, 5, 5.5, 5.5], [5, 5, 5.5, 5.5], [12, 5.5, 6, double.NaN], [8, 4.5, 4, 5]);
        Equal("nh2_hl", [bars], ("elig2", [0, 1, 1, 1]), ("nh2_hl", [0, 0, 1, 0]), ("nl2_hl", [0, 0, 1, 0]));
    }

    [Fact]
    public void Points_gained_and_lost()
    {
        // A: up 1.50, then down 0.50. B: 40 to 22 through a split 2:1, so up 2 on the scale of that day; then 22 to 22.
        // C: 10 to 9 with a dividend of 0.5: adjusted 9.5 to 9, so down 0.5; then up 1.
        Equal(
            "points",
            [FullBars.Of("A", [10, 11.5, 11]), FullBars.Of("B", [40, 22, 22], [20, 22, 22]), FullBars.Of("C", [10, 9, 10], [9.5, 9, 10])],
            ("points_up", [0, 3_500_000, 1_000_000]), ("points_down", [0, 500_000, 500_000]));
    }

    [Fact]
    public void A_later_split_changes_no_points()
    {
        var before = FullBars.Of("A", [40, 44, 43], [40, 44, 43]);
        var after = before with { AdjClose = [10, 11, 10.75] };
        foreach (var bars in new[] { before, after })
        {
            Equal("points", [bars], ("points_up", [0, 4_000_000, 0]), ("points_down", [0, 0, 1_000_000]));
        }
    }

    [Fact]
    public void Points_are_rounded_half_away_from_zero()
    {
        // 1 x (4 - 3) / 4 millionths is 0.25, 2 x 1 / 4 is 0.5, 5 x 2 / 4 is 2.5
        Equal("points", [FullBars.Of("A", [1e-6, 1e-6], [3e-6, 4e-6])], ("points_up", [0, 0]), ("points_down", [0, 0]));
        Equal("points", [FullBars.Of("A", [1e-6, 2e-6], [3e-6, 4e-6])], ("points_up", [0, 1]), ("points_down", [0, 0]));
        Equal("points", [FullBars.Of("A", [1e-6, 5e-6], [6e-6, 4e-6])], ("points_up", [0, 0]), ("points_down", [0, 3]));
    }

    [Fact]
    public void Points_that_no_price_could_make_count_as_the_highest_price()
    {
        double[] dearest = [Ticks.MaxPrice, Ticks.MaxPrice];
        Equal("points", [FullBars.Of("A", dearest, [1000, 0.000001])], ("points_up", [0, 0]), ("points_down", [0, Ticks.Max]));
        Equal("points", [FullBars.Of("A", dearest, [0.000201, 0.000001])], ("points_up", [0, 0]), ("points_down", [0, Ticks.Max]));
    }

    private static void Equal(string wish, FullBars[] bars, params (string Name, long[] Values)[] expected)
    {
        var counts = FullBars.Kernel(bars, [Universe.All], FurtherSet.Resolve(wish)).Counts(0, FullBars.Dates(bars));
        Assert.Equal(expected.Select(e => e.Name), counts.Select(c => c.Name));
        Assert.All(expected.Zip(counts), x => Assert.Equal(x.First.Values, x.Second.Values));
    }
}
