using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>Whaley's up-volume thrust: over five dates, more than 77.88 % of the moving volume is in advancing symbols.</summary>
internal sealed class WhaleyUpVolumeThrust(double threshold = 0.7788) : Crossing(threshold)
{
    public override string Name => "whaley_upvol";

    public override string Title => "Whaley up-volume thrust";

    public override string Measures => "How one-sidedly volume goes into rising symbols over a week";

    public override string Formula => FormattableString.Invariant($"whaley_upvol5 crosses above {Threshold:0.0000}");

    public override string Source => Sources.Whaley;

    public override string Note => "The level is as others report it from the paper, which could not be read. Each crossing fires, and a run of dates above the level is one thrust.";

    public override IReadOnlyList<DetectorParameter> Parameters => [new("threshold", Threshold, 0, 1, "the share must rise above this")];

    public override IReadOnlyList<string> Inputs => [WhaleyUpVolume.Share.Name];

    public override int WarmUp => WhaleyUpVolume.Share.WarmUp;

    protected override double[] Watched(BreadthPanel panel) => WhaleyUpVolume.Share.Reals(panel);

    private protected override Detector Of(double[] values) => new WhaleyUpVolumeThrust(values[0]);
}
