using Bf.Core.Breadth;
using Bf.Core.Signals;

namespace Bf.Core.Tests.Breadth;

/// <summary>A tally that does not know all counts, as official ones are: what follows from the unknown is undefined, never 0.</summary>
public sealed class UnknownCountsTests
{
    // volume from the third date on but for the fifth; new highs and lows, unchanged, returns never
    private static readonly bool[] Volume = [false, false, true, true, false, true];
    private static readonly BreadthPanel Panel = new(Tally());

    [Theory]
    [InlineData("adv", "60 70 80 60 50 90")]
    [InlineData("unch", "- - - - - -")]
    [InlineData("issues", "- - - - - -")]
    [InlineData("bars", "- - - - - -")]
    [InlineData("up_vol", "- - 8 6 - 9")]
    [InlineData("nh252", "- - - - - -")]
    [InlineData("nh_nl", "- - - - - -")]
    [InlineData("elig200", "- - - - - -")]
    [InlineData("return_sum", "- - - - - -")]
    [InlineData("index_ew", "- - - - - -")]
    [InlineData("pct_above50", "- - - - - -")]
    [InlineData("nhnl_ratio", "- - - - - -")]
    [InlineData("ad_line", "20 60 120 140 140 220")]
    [InlineData("ad_volume_line", "- - 6 8 8 16")]
    [InlineData("upvol_ratio", "- - 0.8 0.6 - 0.9")]
    [InlineData("trin", "- - 1 1 - 1")]
    [InlineData("abi", "20 40 60 20 0 80")]
    public void What_follows_from_unknown_counts_is_undefined(string column, string values) =>
        Assert.Equal(values, string.Join(' ', Enumerable.Range(0, 6).Select(i => BreadthColumns.Find(column)!.At(Panel, i) is var x && double.IsFinite(x) ? $"{x:0.##}" : "-")));

    [Fact]
    public void Series_of_advances_need_neither_the_unchanged_nor_bars()
    {
        Assert.All(Panel.Reals("mcc_osc_classic"), x => Assert.True(double.IsFinite(x)));
        Assert.Equal([0.6, 0.7, 0.8, 0.6, 0.5, 0.9], Panel.Reals("adv_ratio"));
    }

    [Fact]
    public void Detectors_on_what_is_unknown_are_silent_and_there_is_no_score()
    {
        long[] adv = [.. Enumerable.Range(0, 400).Select(i => i % 20 < 10 ? 95L : 5)];
        var all = Panels.Tally((TallyColumn.Adv, adv), (TallyColumn.Dec, [.. adv.Select(a => 100 - a)]));
        var panel = new BreadthPanel(new(all.Ts, [.. Enum.GetValues<TallyColumn>().Select(c => all[c])], [.. Enum.GetValues<TallyColumn>().Select(c => c is TallyColumn.Adv or TallyColumn.Dec ? null : new bool[400])]));

        Assert.Equal(
            ["zbt_ema", "zbt_sma", "deemer_1.97", "deemer_1.90", "whaley_ad", "mcc_thrust"],
            Detectors.All.Zip(new ThrustMemory(panel).Fires).Where(d => d.Second.Count > 0).Select(d => d.First.Name));
        Assert.All(new BreadthScore(panel).Values, x => Assert.True(double.IsNaN(x)));
    }

    [Fact]
    public void Tallies_with_unknown_counts_do_not_add_but_to_nothing()
    {
        var tally = Tally();

        Assert.Same(tally, BreadthTally.Add(tally, BreadthTally.Empty));
        Assert.Same(tally, BreadthTally.Add(BreadthTally.Empty, tally));
        Assert.Throws<ArgumentException>(() => BreadthTally.Add(tally, Panels.Reference.Tally));
        Assert.Throws<ArgumentException>(() => BreadthTally.Add(Panels.Reference.Tally, tally));
    }

    [Fact]
    public void Everything_counted_from_bars_is_known_but_what_has_conditions_of_its_own() =>
        Assert.All(BreadthColumns.All.Where(c => c.Name is not "tick_index" && !c.Name.StartsWith("hindenburg_", StringComparison.Ordinal)), c => Assert.Null(c.Known(Panels.Reference)));

    [Fact]
    public void Knowledge_of_another_length_than_the_dates_is_refused() =>
        Assert.Throws<ArgumentException>(() => new BreadthTally([1], [.. Enumerable.Repeat(new long[1], BreadthTally.ColumnCount)], [.. Enumerable.Repeat(new bool[2], BreadthTally.ColumnCount)]));

    private static BreadthTally Tally()
    {
        long[] adv = [60, 70, 80, 60, 50, 90], up = [0, 0, 8, 6, 0, 9];
        var all = Panels.Tally((TallyColumn.Adv, adv), (TallyColumn.Dec, [.. adv.Select(a => 100 - a)]), (TallyColumn.UpVol, up), (TallyColumn.DownVol, [0, 0, 2, 4, 0, 1]), (TallyColumn.Issues, new long[6]));
        return new(all.Ts, [.. Enum.GetValues<TallyColumn>().Select(c => all[c])], [.. Enum.GetValues<TallyColumn>().Select(Known)]);

        static bool[]? Known(TallyColumn column) => column switch
        {
            TallyColumn.Adv or TallyColumn.Dec => null,
            TallyColumn.UpVol or TallyColumn.DownVol => Volume,
            _ => new bool[6],
        };
    }
}
