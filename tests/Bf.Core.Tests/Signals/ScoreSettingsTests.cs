using Bf.Core.Signals;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Signals;

public sealed class ScoreSettingsTests
{
    [Theory]
    [InlineData(null, null, null, "advances=1,volume=1,highs_lows=1,trend=1;buy=60;sell=40")]
    [InlineData("advances=2, trend = 0.5", null, null, "advances=2,volume=0,highs_lows=0,trend=0.5;buy=60;sell=40")]
    [InlineData("volume", 70.5, 30.0, "advances=0,volume=1,highs_lows=0,trend=0;buy=70.5;sell=30")]
    public void Settings_are_read_from_what_a_user_writes_and_from_their_own_text(string? weights, double? buy, double? sell, string text)
    {
        var settings = ScoreSettings.Parse(weights, buy, sell);

        Assert.Equal(text, settings.ToString());
        Assert.Equal(settings, ScoreSettings.FromText(text));
    }

    [Theory]
    [InlineData("breadth=1", null, null, "has no family 'breadth'; it has advances, volume, highs_lows, trend")]
    [InlineData("advances=much", null, null, "'much' is no weight of advances")]
    [InlineData("advances=1,advances=2", null, null, "two weights")]
    [InlineData("advances=-1,trend=2", null, null, "0 or more")]
    [InlineData("advances=NaN", null, null, "0 or more")]
    [InlineData("advances=0", null, null, "has to weigh something")]
    [InlineData("", null, null, "has to weigh something")]
    [InlineData(null, 40.0, 60.0, "less than the one that says buy")]
    [InlineData(null, 101.0, null, "100 or less")]
    [InlineData(null, double.NaN, null, "100 or less")]
    public void Settings_that_make_no_score_are_refused(string? weights, double? buy, double? sell, string because) =>
        Assert.Contains(because, Assert.Throws<FormatException>(() => ScoreSettings.Parse(weights, buy, sell)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("advances=1;buy=60")]
    [InlineData("advances=1;sell=40;buy=60")]
    public void A_text_that_is_none_is_refused(string text) => Assert.Throws<FormatException>(() => ScoreSettings.FromText(text));

    [Fact]
    public void Weights_count_in_proportion_and_one_family_alone_makes_the_score()
    {
        var panel = Panels.Reference;
        var usual = new BreadthScore(panel);
        var double2 = new BreadthScore(panel, settings: ScoreSettings.Parse("advances=2,volume=2,highs_lows=2,trend=2"));
        var trend = new BreadthScore(panel, settings: ScoreSettings.Parse("trend=3"));

        Assert.Equal(usual.Values, double2.Values);
        Assert.False(double.IsNaN(trend.Values[300])); // long before highs and lows are defined
        for (var t = 0; t < panel.Count; t++)
        {
            Assert.Equal(50 + (50 * trend.Parts[3][t] / 3), trend.Values[t], 12);
        }
    }

    [Fact]
    public void An_explanation_with_weights_adds_up_and_names_them()
    {
        var score = new BreadthScore(Panels.Reference, settings: ScoreSettings.Parse("advances=3,volume=1", buy: 55, sell: 45));
        var why = score.Explain(400);

        Assert.Equal([0.75, 0.25, 0, 0], why.Parts.Select(p => p.Weight));
        Assert.Equal(why.Score, 50 + why.Parts.Sum(p => p.Points), 10);
        Assert.Contains("advances 3, volume 1, highs_lows 0, trend 0", why.Rule);
        Assert.Contains("buy from 55, sell up to 45", why.Rule);
        Assert.Equal(SignalState.Buy, BreadthScore.StateOf(55, score.Settings));
        Assert.Equal(SignalState.Hold, BreadthScore.StateOf(55));
    }

    [Fact]
    public void Parts_are_explained_in_percent()
    {
        var part = new BreadthScore(Panels.Reference).Explain(400).Parts[0];

        Assert.Equal(100 * Panels.Reference.Reals("zweig_ema10")[400], part.Value);
        Assert.InRange(part.Mean, 30, 70);
    }
}
