namespace Bf.Core.Breadth.Indicators;

/// <summary>The running sum of net volume, under both of its names.</summary>
internal sealed class VolumeLine : Indicator
{
    private static readonly BreadthColumn Line = Of("ad_volume_line", "Advance-decline volume line", Sources.Murphy);

    private static readonly BreadthColumn Cumulative = Of("cvi", "Cumulative volume index: the same as ad_volume_line", "TradingView and EquityRT, Cumulative Volume Index");

    public override string Name => "volume_line";

    public override string Title => "Advance-decline volume line, or cumulative volume index";

    public override string Measures => "Whether volume has gone into rising symbols since the beginning";

    public override string Source => Line.Source;

    public override string Note => "The two names mean one thing; sources that define the cumulative volume index by numbers of stocks describe the advance-decline line.";

    public override IReadOnlyList<BreadthColumn> Columns => [Line, Cumulative];

    private static BreadthColumn Of(string name, string measures, string source) => new(
        name, 1, "shares, summed", measures, "running sum of up_vol - down_vol from 0", source, "no volume was given so far",
        p => SeriesMath.RunningSum(p.Count, i => p.Tally[TallyColumn.UpVol][i] - p.Tally[TallyColumn.DownVol][i]),
        p => SeriesMath.FromFirst(p.Tally.Known(TallyColumn.UpVol, TallyColumn.DownVol)));
}
