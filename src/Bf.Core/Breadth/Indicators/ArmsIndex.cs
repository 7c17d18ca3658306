namespace Bf.Core.Breadth.Indicators;

/// <summary>The Arms index (TRIN).</summary>
internal sealed class ArmsIndex : Indicator
{
    private static readonly BreadthColumn Trin = new(
        "trin", 1, "ratio", "Arms index: below 1, volume favours the advancing", "(adv / dec) / (up_vol / down_vol); undefined when one of the four is 0",
        "Richard Arms, The Arms Index (1989); Barron's, 1967", "one of the four is 0 or not given", p => SeriesMath.Each(p.Count, i => Of(p.Tally, i)));

    public override string Name => "trin";

    public override string Title => "Arms index (TRIN)";

    public override string Measures => "Whether the rising symbols have more or less than their share of the volume";

    public override string Source => Trin.Source;

    public override IReadOnlyList<BreadthColumn> Columns => [Trin];

    private static double Of(BreadthTally tally, int at)
    {
        var (adv, dec) = (tally[TallyColumn.Adv][at], tally[TallyColumn.Dec][at]);
        var (up, down) = (tally[TallyColumn.UpVol][at], tally[TallyColumn.DownVol][at]);
        return adv == 0 || dec == 0 || up == 0 || down == 0 ? double.NaN : (double)adv / dec / ((double)up / down);
    }
}
