using Bf.Core.Breadth;
using Bf.Core.Signals;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Signals;

public sealed class BreadthScoreTests
{
    [Fact]
    public void A_z_score_is_the_distance_from_the_windows_mean_in_population_deviations()
    {
        // 59 x 1 and 1 x 61: mean 2, variance (59 x 1 + 59^2) / 60 = 59
        var z = RollingZ.At([.. Enumerable.Repeat(1.0, 59), 61], 59);

        Assert.Equal((2.0, 60), (z.Mean, z.Count));
        Assert.Equal(Math.Sqrt(59), z.Deviation, 12);
        Assert.Equal(59 / Math.Sqrt(59), z.Z, 12);
    }

    [Fact]
    public void A_window_needs_sixty_defined_values_a_value_today_and_some_spread()
    {
        double[] rising = [.. Enumerable.Range(0, 400)];
        Assert.Equal(double.NaN, RollingZ.At(rising, 58).Z);
        Assert.False(double.IsNaN(RollingZ.At(rising, 59).Z));
        Assert.Equal(double.NaN, RollingZ.At([.. rising[..100], double.NaN], 100).Z);
        Assert.Equal(double.NaN, RollingZ.At([.. Enumerable.Repeat(0.1, 100)], 99).Z);
        Assert.Equal(252, RollingZ.At(rising, 399).Count);
        Assert.Equal(399 - 125.5, RollingZ.At(rising, 399).Mean);
    }

    [Theory]
    [InlineData(100, SignalState.Buy)]
    [InlineData(60, SignalState.Buy)]
    [InlineData(59.999, SignalState.Hold)]
    [InlineData(40.001, SignalState.Hold)]
    [InlineData(40, SignalState.Sell)]
    [InlineData(0, SignalState.Sell)]
    [InlineData(double.NaN, SignalState.None)]
    public void A_score_says_buy_from_60_and_sell_up_to_40(double score, SignalState state) =>
        Assert.Equal(state, BreadthScore.StateOf(score));

    [Fact]
    public void The_score_is_undefined_until_every_family_is()
    {
        var score = new BreadthScore(Panels.Reference);
        // highs and lows: 251 dates before elig252, 9 for the mean, 59 for the window
        var first = 251 + 9 + 59;

        Assert.All(score.Values[..first], x => Assert.True(double.IsNaN(x)));
        Assert.All(score.States[..first], s => Assert.Equal(SignalState.None, s));
        Assert.All(score.Values[first..], x => Assert.InRange(x, 0, 100));
        Assert.All(score.States[first..], s => Assert.NotEqual(SignalState.None, s));
    }

    [Fact]
    public void The_parts_of_an_explanation_add_up_to_the_score()
    {
        var score = new BreadthScore(Panels.Reference);
        for (var t = 319; t < Panels.Reference.Count; t++)
        {
            var why = score.Explain(t);

            Assert.Equal((Panels.Reference.Ts[t], score.Values[t], score.States[t]), (why.Ts, why.Score, why.State));
            Assert.Equal(why.Score, 50 + why.Parts.Sum(p => p.Points), 10);
            Assert.Equal(1, why.Parts.Sum(p => p.Weight));
            Assert.All(why.Parts, p => Assert.Equal(p.Clipped, Math.Clamp((p.Value - p.Mean) / p.Deviation, -3, 3), 12));
            Assert.All(why.Parts, p => Assert.InRange(p.Count, 60, 252));
            Assert.All(why.Parts, p => Assert.All(p.Inputs, i => Assert.Equal(BreadthColumns.Find(i.Name)!.At(Panels.Reference, t), i.Value)));
        }
    }

    [Fact]
    public void An_undefined_score_can_be_explained_too()
    {
        var why = new BreadthScore(Panels.Reference).Explain(0);

        Assert.Equal((double.NaN, SignalState.None), (why.Score, why.State));
        Assert.Equal(["advances", "volume", "highs_lows", "trend"], why.Parts.Select(p => p.Family.Name));
    }

    [Fact]
    public void A_score_depends_on_the_dates_up_to_it_alone()
    {
        var full = new BreadthScore(Panels.Reference);
        foreach (var count in (int[])[1, 319, 320, 333, 400, 419])
        {
            var cut = new BreadthScore(new(Panels.Cut(Panels.Reference.Tally, count)));
            Assert.Equal(full.Values[..count], cut.Values);
            Assert.Equal(full.States[..count], cut.States);
        }
    }

    [Fact]
    public void Families_are_what_their_formulas_say()
    {
        long[] steady = [.. Enumerable.Repeat(30L, 12)];
        var panel = Panels.Of(
            (TallyColumn.UpVol, steady), (TallyColumn.DownVol, [.. Enumerable.Repeat(10L, 12)]),
            (TallyColumn.Nh252, steady), (TallyColumn.Nl252, [.. Enumerable.Repeat(5L, 12)]), (TallyColumn.Elig252, [.. Enumerable.Repeat(50L, 12)]),
            (TallyColumn.Above50, steady), (TallyColumn.Elig50, [.. Enumerable.Repeat(40L, 12)]),
            (TallyColumn.Above200, steady), (TallyColumn.Elig200, [.. Enumerable.Repeat(60L, 12)]));

        Assert.Equal([double.NaN, 0.75], ScoreFamily.All[1].Values(panel)[8..10]);
        Assert.Equal([double.NaN, 50.0], ScoreFamily.All[2].Values(panel)[8..10]);
        Assert.Equal(62.5, ScoreFamily.All[3].Values(panel)[0]);
    }
}
