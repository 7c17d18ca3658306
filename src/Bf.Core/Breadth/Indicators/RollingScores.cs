namespace Bf.Core.Breadth.Indicators;

/// <summary>How unusual the best-known series are against their own last year.</summary>
internal sealed class RollingScores : Indicator
{
    public override string Name => "z";

    public override string Title => "Rolling z-scores";

    public override string Measures => "How unusual a value is among those of the last year";

    public override string Source => "definition";

    public override string Note =>
        "Mean and deviation are of the window that ends at the date itself, and of the population (divided by n). The score of bf signals is made from z-scores of the same kind.";

    public override IReadOnlyList<IndicatorParameter> Parameters =>
    [
        new("dates", RollingZ.Window, 2, 2520, "dates of the window, the present one included"),
        new("fewest", RollingZ.Fewest, 2, 2520, "the fewest defined values in it"),
        new("cut", RollingZ.Cut, 0.5, 10, "where it is cut off, on either side"),
    ];

    public override IReadOnlyList<BreadthColumn> Columns { get; } =
    [
        Of(AdvanceShare.ExponentialMean), Of(McClellan.Oscillator), Of(McClellan.Summation), Of(UpVolumeShare.Share), Of(RecordHighs.Index),
        Of(AboveAverages.Percent20), Of(AboveAverages.Percent50), Of(AboveAverages.Percent200),
    ];

    private static BreadthColumn Of(BreadthColumn series) => new(
        $"z_{series.Name}", series.WarmUp + RollingZ.Fewest - 1, "standard deviations, -3 to 3", $"Rolling z-score of {series.Name}",
        $"({series.Name} - its mean) / its standard deviation over the last {RollingZ.Window} dates (at least {RollingZ.Fewest} defined), cut off at +-{RollingZ.Cut:0}", "definition",
        $"{series.Name} is, fewer than {RollingZ.Fewest} dates of the window are defined, or all of them are equal", p => RollingZ.Scores(series.Reals(p), p.From));
}
