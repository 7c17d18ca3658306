using Bf.Core.Breadth.Further;

namespace Bf.Core.Tests.Breadth.Further;

public sealed class FurtherSetTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData(" , ", "")]
    [InlineData("pct_above_sma30", "pct_above_sma30")]
    [InlineData("ABOVE_SMA30, pct_above_sma30 ,elig_sma30", "pct_above_sma30")]
    [InlineData("nh100_hl,nl9,pct_above_sma200,pct_above_sma30", "pct_above_sma30,pct_above_sma200,nh_nl9,nh_nl100_hl")]
    [InlineData("points", "points_up_share")]
    [InlineData("adv,nh252,pct_above50,elig20", "")]
    [InlineData("pct_above_sma2,pct_above_ema1000", "pct_above_sma2,pct_above_ema1000")]
    public void The_same_wish_has_one_text(string? wish, string text)
    {
        Assert.Equal(text, FurtherSet.Resolve(wish).Text);
        Assert.Equal(text, FurtherSet.Resolve(text).Text);
    }

    [Fact]
    public void All_is_the_standard_indicators_and_further_ones_may_be_named_beside_it()
    {
        var all = FurtherSet.Resolve("all");
        Assert.Equal(FurtherIndicators.Standard.Select(i => i.Name), all.Indicators.Select(i => i.Name));
        Assert.Equal(all.Text, FurtherSet.Resolve("nh20,ALL").Text);
        Assert.All(all.Indicators, i => Assert.Same(i, Assert.Single(FurtherSet.Resolve(i.Name).Indicators)));
        Assert.Equal(all.Indicators.Count + 1, FurtherSet.Resolve("all,nh21").Indicators.Count);
    }

    [Fact]
    public void A_count_that_several_need_is_counted_once() =>
        Assert.Equal(["elig63", "nh63", "nl63", "nh63_hl", "nl63_hl"], FurtherSet.Resolve("nh_nl63,nh_nl63_hl").Counts);

    [Fact]
    public void A_count_that_every_run_has_is_not_counted_again() =>
        Assert.Equal(["nh20", "nl20"], FurtherSet.Resolve("nh20").Counts);

    [Theory]
    [InlineData("pct_above_sma30,nh9", BarColumns.AdjClose)]
    [InlineData("points", BarColumns.AdjClose | BarColumns.Close)]
    [InlineData("nh9,nh9_hl", BarColumns.AdjClose | BarColumns.Close | BarColumns.High | BarColumns.Low)]
    [InlineData("", BarColumns.None)]
    public void A_set_says_what_it_reads(string wish, BarColumns reads) => Assert.Equal(reads, FurtherSet.Resolve(wish).Reads);

    [Theory]
    [InlineData("pct_above_sam30", "pct_above_sma30")]
    [InlineData("sma50", "pct_above_sma50")]
    [InlineData("nh_nl252", "nh_nl")]
    [InlineData("pionts", "points")]
    [InlineData("alll", "all")]
    [InlineData("zzzzzz", "pct_above_smaN")]
    public void An_unknown_name_is_told_what_may_be_meant(string name, string meant)
    {
        var e = Assert.Throws<ArgumentException>(() => FurtherSet.Resolve("nh9," + name));
        Assert.Contains($"'{name}'", e.Message, StringComparison.Ordinal);
        Assert.Contains(meant, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pct_above_sma1")]
    [InlineData("nh1001")]
    [InlineData("nl0_hl")]
    public void A_length_out_of_range_is_told_the_range(string name)
    {
        var e = Assert.Throws<ArgumentException>(() => FurtherSet.Resolve(name));
        Assert.Contains("from 2 to 1000", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", "abc", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("sma", "sam", 2)]
    public void Edits_are_counted(string a, string b, int edits)
    {
        Assert.Equal(edits, NearNames.Edits(a, b));
        Assert.Equal(edits, NearNames.Edits(b, a));
    }
}
