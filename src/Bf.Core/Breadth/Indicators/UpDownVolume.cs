namespace Bf.Core.Breadth.Indicators;

/// <summary>Up volume for each share of down volume.</summary>
internal sealed class UpDownVolume : Indicator
{
    private static readonly BreadthColumn Ratio = new(
        "updown_vol_ratio", 1, "ratio", "Up volume for each share of down volume", "up_vol / down_vol; undefined without down volume", Sources.Zweig + ", up volume indicator",
        "there is no down volume", p => SeriesMath.Ratio(p.Count, i => p.Tally[TallyColumn.UpVol][i], i => p.Tally[TallyColumn.DownVol][i]));

    public override string Name => "updown_volume";

    public override string Title => "Up/down volume ratio";

    public override string Measures => "How far up volume outweighs down volume; 9 is Zweig's nine-to-one day";

    public override string Source => Ratio.Source;

    public override IReadOnlyList<BreadthColumn> Columns => [Ratio];
}
