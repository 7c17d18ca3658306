using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>Participation in the short trend from almost none to almost all: the percentage above the 20-bar mean from under 10 to over 80 within a month.</summary>
internal sealed class AboveAverageSurge(double low = 10, double high = 80, int window = 21) : Surge(AboveAverages.Percent20, low, high, window)
{
    public override string Name => "pct20_surge";

    public override string Title => "Surge of the percentage above the 20-bar mean";

    public override string Measures => "How fast symbols come back above their short trend";

    public override string Source => "Jason Goepfert, SentimenTrader, Stocks in the S&P 500 Are Now Showing a Breadth Thrust (19 October 2021)";

    public override string Note =>
        "Published of the ten-day mean: fewer than 10 % above it, then more than 80 % within a month (another of SentimenTrader's forms: 25 % to 90 %). Here the same levels of the 20-bar mean, a month being 21 dates.";

    public override IReadOnlyList<DetectorParameter> Parameters =>
    [
        new("low", Low, 0, 100, "the percentage must have been below this"),
        new("high", Threshold, 0, 100, "it must rise above this"),
        new("window", Window, 1, 250, "within so many dates"),
    ];

    private protected override Detector Of(double[] values) => new AboveAverageSurge(values[0], values[1], (int)values[2]);
}
