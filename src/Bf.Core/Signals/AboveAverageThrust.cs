using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>Participation in the middle trend from weak to strong: the percentage above the 50-bar mean from under 25 to over 75 within 15 dates.</summary>
internal sealed class AboveAverageThrust(double low = 25, double high = 75, int window = 15) : Surge(AboveAverages.Percent50, low, high, window)
{
    public override string Name => "pct50_thrust";

    public override string Title => "Thrust of the percentage above the 50-bar mean";

    public override string Measures => "How fast symbols come back above their middle trend";

    public override string Source => "in common use; no first publication found";

    public override string Note => "No publication with these numbers was found, so they are not verified against an original.";

    public override IReadOnlyList<DetectorParameter> Parameters =>
    [
        new("low", Low, 0, 100, "the percentage must have been below this"),
        new("high", Threshold, 0, 100, "it must rise above this"),
        new("window", Window, 1, 250, "within so many dates"),
    ];

    private protected override Detector Of(double[] values) => new AboveAverageThrust(values[0], values[1], (int)values[2]);
}
