namespace Bf.Core.Breadth.Indicators;

/// <summary>Whaley's five-day share of up volume (UDT5).</summary>
internal sealed class WhaleyUpVolume : Indicator
{
    private const int Dates = 5;

    public static readonly BreadthColumn Share = new(
        "whaley_upvol5", 5, "share, 0 to 1", "Share of moving volume that advances, over five dates", "sum of up_vol over 5 dates / sum of up_vol + down_vol over 5 dates",
        Sources.Whaley, "a volume is not given, or nothing could be compared, on one of the five dates, or no volume moved on any", p => Of(p.Tally));

    public override string Name => "whaley_upvol5";

    public override string Title => "Whaley's five-day up volume";

    public override string Measures => "How one-sidedly volume goes into rising symbols over a week";

    public override string Source => Sources.Whaley;

    public override string Note => "Made like whaley_ad5, of volumes. The paper itself could not be read.";

    public override IReadOnlyList<IndicatorParameter> Parameters => [new("dates", Dates, 1, 100, "dates of the sums")];

    public override IReadOnlyList<BreadthColumn> Columns => [Share];

    private static double[] Of(BreadthTally tally)
    {
        var known = tally.Known(TallyColumn.UpVol, TallyColumn.DownVol);
        return SeriesMath.Each(tally.Count, at => Of(tally, known, at));
    }

    private static double Of(BreadthTally tally, bool[]? known, int at)
    {
        if (at < Dates - 1)
        {
            return double.NaN;
        }

        ulong up = 0, both = 0;
        for (var i = at - Dates + 1; i <= at; i++)
        {
            if (known?[i] == false || tally.NothingCompared(i))
            {
                return double.NaN;
            }

            up = checked(up + (ulong)tally[TallyColumn.UpVol][i]);
            both = checked(both + (ulong)tally[TallyColumn.UpVol][i] + (ulong)tally[TallyColumn.DownVol][i]);
        }

        return (double)up / (double)both; // 0 / 0 is undefined
    }
}
