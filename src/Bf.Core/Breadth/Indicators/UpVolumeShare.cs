namespace Bf.Core.Breadth.Indicators;

/// <summary>The share of moving volume that is in rising symbols.</summary>
internal sealed class UpVolumeShare : Indicator
{
    public static readonly BreadthColumn Share = new(
        "upvol_ratio", 1, "share, 0 to 1", "Share of moving volume that advances", "up_vol / (up_vol + down_vol)",
        "Paul Desmond, Identifying Bear Market Bottoms and New Bull Markets (2002)", "no volume moved",
        p => SeriesMath.Each(p.Count, i => Of(p.Tally[TallyColumn.UpVol][i], p.Tally[TallyColumn.DownVol][i])));

    public override string Name => "upvol_share";

    public override string Title => "Share of up volume";

    public override string Measures => "How one-sidedly volume goes into advancing symbols";

    public override string Source => Share.Source;

    public override IReadOnlyList<BreadthColumn> Columns => [Share];

    // Two volumes that fit 63 bits may add up to more.
    private static double Of(long up, long down) => up == 0 && down == 0 ? double.NaN : up / (double)((ulong)up + (ulong)down);
}
