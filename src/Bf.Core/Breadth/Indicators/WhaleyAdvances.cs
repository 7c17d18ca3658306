namespace Bf.Core.Breadth.Indicators;

/// <summary>Whaley's five-day share of advances (ADT5).</summary>
internal sealed class WhaleyAdvances : Indicator
{
    private const int Dates = 5;

    public static readonly BreadthColumn Share = new(
        "whaley_ad5", 5, "share, 0 to 1", "Share of movers that advance, over five dates", "sum of adv over 5 dates / sum of adv + dec over 5 dates", Sources.Whaley,
        "nothing could be compared on one of the five dates, or nothing moved on any", p => SeriesMath.Each(p.Count, at => Of(p.Tally, at)));

    public override string Name => "whaley_ad5";

    public override string Title => "Whaley's five-day advances";

    public override string Measures => "How one-sidedly symbols rise over a week";

    public override string Source => Sources.Whaley;

    public override string Note =>
        "The formula is the author's own in print (Trader's Narrative, February 2010): advances of five days over advances and declines of the same days. The paper itself could not be read.";

    public override IReadOnlyList<IndicatorParameter> Parameters => [new("dates", Dates, 1, 100, "dates of the sums")];

    public override IReadOnlyList<BreadthColumn> Columns => [Share];

    // 0 / 0 is undefined
    private static double Of(BreadthTally tally, int at) =>
        tally.TryMoved(at, Dates, out var adv, out var dec) ? (double)adv / (adv + dec) : double.NaN;
}
