namespace Bf.Core.Breadth.Indicators;

/// <summary>Coppock's curve on differences of the advance-decline line.</summary>
internal sealed class CoppockBreadth : Indicator
{
    private const int Long = 14;
    private const int Short = 11;
    private const int Mean = 10;
    private const int WarmUp = Long + Mean - 1;

    private static readonly BreadthColumn Curve = new(
        "coppock_ad", WarmUp, "symbols", "Coppock curve of the advance-decline line",
        "WMA over 10 dates, weights 1 to 10, the newest 10, of (ad_line - ad_line 14 dates before) + (ad_line - ad_line 11 dates before)",
        "E. S. C. Coppock, Barron's, 15 October 1962; on the advance-decline line: definition", "a date has fewer than 23 before it",
        p => Of(AdvanceDeclineLine.Line.Integers(p)));

    public override string Name => "coppock_ad";

    public override string Title => "Coppock curve of the advance-decline line";

    public override string Measures => "Whether the advance-decline line turns up from a decline of weeks";

    public override string Source => Curve.Source;

    public override string Note =>
        "Coppock's curve smooths rates of change of a monthly index. A line that may be 0 or below has no rates of change, so differences stand in their place, over dates instead of months. " +
        "It is not the Coppock breadth indicator of charting programs, which is a running sum of (advances - declines) / issues.";

    public override IReadOnlyList<IndicatorParameter> Parameters =>
    [
        new("long", Long, 1, 500, "dates of the longer difference"),
        new("short", Short, 1, 500, "dates of the shorter one"),
        new("mean", Mean, 1, 500, "dates of the weighted mean"),
    ];

    public override IReadOnlyList<BreadthColumn> Columns => [Curve];

    private static double[] Of(long[] line) => SeriesMath.Each(line.Length, at =>
    {
        if (at < WarmUp)
        {
            return double.NaN;
        }

        var sum = 0L; // of integers, divided once
        for (var i = 0; i < Mean; i++)
        {
            var t = at - Mean + 1 + i;
            sum = checked(sum + ((i + 1) * ((2 * line[t]) - line[t - Long] - line[t - Short])));
        }

        return sum / (Mean * (Mean + 1) / 2.0);
    });
}
