using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>New extremes turn from lows to highs: their share of highs from under 10 % to over 50 % within ten dates.</summary>
internal sealed class NewHighsThrust(double low = 0.10, double high = 0.50, int window = 10) : Surge(RecordHighs.Share, low, high, window)
{
    public override string Name => "nhnl_thrust";

    public override string Title => "Thrust of new highs";

    public override string Measures => "How fast new extremes turn from lows to highs";

    public override string Source => "in common use; no first publication found";

    public override string Note =>
        "It watches the day's share, not a mean of it. A date without any new extreme is undefined: neither below nor above. Not verified against an original.";

    public override IReadOnlyList<DetectorParameter> Parameters =>
    [
        new("low", Low, 0, 1, "the share must have been below this"),
        new("high", Threshold, 0, 1, "it must rise above this"),
        new("window", Window, 1, 250, "within so many dates"),
    ];

    private protected override Detector Of(double[] values) => new NewHighsThrust(values[0], values[1], (int)values[2]);
}
