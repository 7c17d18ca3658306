using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>Whaley's advance-decline thrust: over five dates, more than 73.66 % of the movers advance.</summary>
internal sealed class WhaleyAdvanceThrust(double threshold = 0.7366) : Crossing(threshold)
{
    public override string Name => "whaley_ad";

    public override string Title => "Whaley advance-decline thrust";

    public override string Measures => "How one-sidedly symbols rise over a week";

    public override string Formula => FormattableString.Invariant($"whaley_ad5 crosses above {Threshold:0.0000}");

    public override string Source => Sources.Whaley;

    public override string Note =>
        "The level is as others report it from the paper, which could not be read. Whaley leaves out repeats within ten days in his tables; here each crossing fires, and a run of dates above the level is one thrust.";

    public override IReadOnlyList<DetectorParameter> Parameters => [new("threshold", Threshold, 0, 1, "the share must rise above this")];

    public override IReadOnlyList<string> Inputs => [WhaleyAdvances.Share.Name];

    public override int WarmUp => WhaleyAdvances.Share.WarmUp;

    protected override double[] Watched(BreadthPanel panel) => WhaleyAdvances.Share.Reals(panel);

    private protected override Detector Of(double[] values) => new WhaleyAdvanceThrust(values[0]);
}
