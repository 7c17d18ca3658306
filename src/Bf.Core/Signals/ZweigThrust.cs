using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>Zweig's breadth thrust: the ten-date mean of adv / (adv + dec) rises from below 0.40 to above 0.615 within ten dates.</summary>
internal sealed class ZweigThrust(string name, string mean, BreadthColumn watched, double low = 0.40, double high = 0.615, int window = 10)
    : Surge(watched, low, high, window)
{
    private readonly BreadthColumn _watched = watched;

    public static ZweigThrust OfExponentialMean { get; } = new("zbt_ema", "exponential", AdvanceShare.ExponentialMean);

    public static ZweigThrust OfSimpleMean { get; } = new("zbt_sma", "simple", AdvanceShare.SimpleMean);

    public override string Name => name;

    public override string Title => $"Zweig breadth thrust, {mean} mean";

    public override string Measures => "How fast the share of advancing symbols turns from weak to strong";

    public override string Source => Sources.Zweig;

    public override string Note =>
        "Zweig wrote of a ten-day average without saying which, and of ten days from below the one level to above the other; the first crossing after a low fires, later ones wait for a new low.";

    public override IReadOnlyList<DetectorParameter> Parameters =>
    [
        new("low", Low, 0, 1, "the mean must have been below this"),
        new("high", Threshold, 0, 1, "the mean must rise above this"),
        new("window", Window, 1, 250, "within so many dates"),
    ];

    private protected override Detector Of(double[] values) => new ZweigThrust(name, mean, _watched, values[0], values[1], (int)values[2]);
}
