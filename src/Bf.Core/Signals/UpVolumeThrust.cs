using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>The 90 % up day: more than nine tenths of the moving volume is in advancing symbols.</summary>
internal sealed class UpVolumeThrust(double threshold = 0.90) : Detector
{
    public override string Name => "upvol90";

    public override string Title => "90 % up-volume day";

    public override string Measures => "How one-sidedly volume goes into advancing symbols";

    public override string Formula => FormattableString.Invariant($"upvol_ratio > {threshold:0.00}, on every such date");

    public override string Source => UpVolumeShare.Share.Source;

    public override string Note => "Zweig's nine-to-one day is the same but for its \"90 % or more\". Desmond asks for 90 % of the points gained too: that is lowry90.";

    public override IReadOnlyList<DetectorParameter> Parameters => [new("threshold", threshold, 0, 1, "the share of up volume must exceed this")];

    public override double Threshold => threshold;

    public override IReadOnlyList<string> Inputs => [UpVolumeShare.Share.Name];

    public override int WarmUp => UpVolumeShare.Share.WarmUp;

    public override IReadOnlyList<ThrustFire> Fires(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var ratio = UpVolumeShare.Share.Reals(panel);
        var fires = new List<ThrustFire>();
        for (var t = 0; t < ratio.Length; t++)
        {
            if (ratio[t] > threshold)
            {
                fires.Add(new(t, ratio[t], threshold, null));
            }
        }

        return fires;
    }

    private protected override Detector Of(double[] values) => new UpVolumeThrust(values[0]);
}
