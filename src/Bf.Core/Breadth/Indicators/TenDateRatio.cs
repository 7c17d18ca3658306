namespace Bf.Core.Breadth.Indicators;

/// <summary>Deemer's ratio: advances of ten dates for each decline of the same dates.</summary>
internal sealed class TenDateRatio : Indicator
{
    private const int Dates = 10;

    public static readonly BreadthColumn Ratio = new(
        "deemer_ratio", 10, "ratio", "Advances for each decline over ten dates", "sum of adv over 10 dates / sum of dec over 10 dates; undefined without declines",
        "Walter Deemer, breakaway momentum, walterdeemer.com", "there was no decline in ten dates, or nothing could be compared on one of them",
        p => Array.ConvertAll(OrInfinity(p), r => double.IsInfinity(r) ? double.NaN : r));

    public override string Name => "ten_date_ratio";

    public override string Title => "Ten-date advance-decline ratio";

    public override string Measures => "How far advances outnumber declines over two weeks";

    public override string Source => Ratio.Source;

    public override IReadOnlyList<IndicatorParameter> Parameters => [new("dates", Dates, 2, 100, "dates of the sums")];

    public override IReadOnlyList<BreadthColumn> Columns => [Ratio];

    /// <summary>The ratio with positive infinity for advances without any decline: above every threshold.</summary>
    public static double[] OrInfinity(BreadthPanel panel) => SeriesMath.Each(panel.Count, at => Of(panel.Tally, at));

    // Advances over no declines are infinite; ten dates on which nothing moved (0 / 0) are no thrust, but undefined.
    private static double Of(BreadthTally tally, int at) =>
        tally.TryMoved(at, Dates, out var adv, out var dec) ? (double)adv / dec : double.NaN;
}
