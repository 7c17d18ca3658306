namespace Bf.Core.Breadth.Indicators;

/// <summary>The Hindenburg omen, and the four conditions that make it.</summary>
internal sealed class HindenburgOmen : Indicator
{
    private const int Share = 28; // of 1000
    private const int Multiple = 2;
    private const int Before = 50;
    private const string Published = "Jim Miekka, after Norman Fosback's high-low logic; the list of conditions as Wikipedia (2013) and InvestorWords give it";

    private static readonly BreadthColumn Split = Part(
        "hindenburg_split", 251, "1 where many symbols are at a new high and many at a new low", "nh252 and nl252 are both at least 2.8 % of adv + dec",
        "nothing moved, nobody has a year of bars, or a count is not given",
        p =>
        {
            var (movers, highs, lows) = (Movers(p), p.Tally[TallyColumn.Nh252], p.Tally[TallyColumn.Nl252]);
            return i => 1000 * highs[i] >= Share * movers[i] && 1000 * lows[i] >= Share * movers[i];
        },
        p => SeriesMath.Both(Extremes(p), Positive(Movers(p))));

    private static readonly BreadthColumn Balance = Part(
        "hindenburg_balance", 251, "1 where new highs do not prevail", "nh252 is at most twice nl252", "nobody has a year of bars, or a count is not given",
        p =>
        {
            var (highs, lows) = (p.Tally[TallyColumn.Nh252], p.Tally[TallyColumn.Nl252]);
            return i => highs[i] <= Multiple * lows[i];
        },
        Extremes);

    private static readonly BreadthColumn Trend = Part(
        "hindenburg_trend", Before, "1 where the market has risen over 50 dates", "index_ew is above its level 50 dates before", "there is no index, or none 50 dates before",
        p =>
        {
            var index = EqualWeightIndex.Level.Reals(p);
            return i => i >= Before && index[i] > index[i - Before];
        },
        p =>
        {
            var index = EqualWeightIndex.Level.Reals(p);
            return SeriesMath.Each(p.Count, i => i >= Before && !double.IsNaN(index[i - Before]));
        });

    private static readonly BreadthColumn Momentum = Part(
        "hindenburg_momentum", 1, "1 where net advances lose momentum", "mcc_osc is below 0", "mcc_osc is undefined",
        p =>
        {
            var oscillator = McClellan.Oscillator.Reals(p);
            return i => oscillator[i] < 0;
        },
        p =>
        {
            var oscillator = McClellan.Oscillator.Reals(p);
            return SeriesMath.Each(p.Count, i => !double.IsNaN(oscillator[i]));
        });

    private static readonly BreadthColumn[] Parts = [Split, Balance, Trend, Momentum];

    private static readonly BreadthColumn Omen = Part(
        "hindenburg_omen", 251, "1 where all four conditions hold: a market at odds with itself", "the product of the four", "one of the four is",
        p =>
        {
            var parts = Array.ConvertAll(Parts, c => c.Integers(p));
            return i => Array.TrueForAll(parts, part => part[i] == 1);
        },
        p => Parts.Select(c => c.Known(p)).Aggregate(SeriesMath.Both));

    public override string Name => "hindenburg";

    public override string Title => "Hindenburg omen";

    public override string Measures => "Whether a rising market is at odds with itself: many new highs and many new lows on one day";

    public override string Source => Published;

    public override string Note =>
        "Older lists ask for 2.2 or 2.5 % of all issues and a rising ten-week mean; this is the later list: 2.8 % of those that advance or decline, and a level above that of 50 days ago. " +
        "It is made for the New York Stock Exchange; here the universe's own equal-weight index stands for its composite. Many count it only when it comes twice in 36 days.";

    public override IReadOnlyList<IndicatorParameter> Parameters =>
    [
        new("share", Share / 10.0, 0.1, 50, "least percentage of movers at a new high, and at a new low"),
        new("multiple", Multiple, 1, 10, "new highs may be at most so many times the new lows"),
        new("dates", Before, 1, 250, "dates over which the index must have risen"),
    ];

    public override IReadOnlyList<BreadthColumn> Columns => [.. Parts, Omen];

    private static long[] Movers(BreadthPanel panel) =>
        SeriesMath.Each(panel.Count, i => panel.Tally[TallyColumn.Adv][i] + panel.Tally[TallyColumn.Dec][i]);

    /// <summary>Where highs and lows of a year are known: official counts give them without saying how many symbols have a year of bars.</summary>
    private static bool[]? Extremes(BreadthPanel panel)
    {
        var (eligible, counted) = (panel.Tally[TallyColumn.Elig252], panel.Tally.Known(TallyColumn.Elig252));
        return SeriesMath.Both(panel.Tally.Known(TallyColumn.Nh252, TallyColumn.Nl252), SeriesMath.Each(panel.Count, i => eligible[i] > 0 || (counted is not null && !counted[i])));
    }

    private static bool[] Positive(long[] values) => SeriesMath.Each(values.Length, i => values[i] > 0);

    private static BreadthColumn Part(
        string name, int warmUp, string measures, string formula, string undefined, Func<BreadthPanel, Func<int, bool>> condition, Func<BreadthPanel, bool[]?> known) =>
        new(name, warmUp, "0 or 1", measures, formula, Published, undefined, p =>
        {
            var holds = condition(p);
            return SeriesMath.Each(p.Count, i => holds(i) ? 1L : 0L);
        }, known);
}
