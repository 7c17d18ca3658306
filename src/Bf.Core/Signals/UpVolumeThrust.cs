using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>Desmond's 90 % up day: more than nine tenths of the moving volume is in advancing symbols.</summary>
internal sealed class UpVolumeThrust(string name, double threshold) : Detector
{
    public static UpVolumeThrust Ninety { get; } = new("upvol90", 0.90);

    public override string Name => name;

    public override string Title => "90 % up-volume day";

    public override string Measures => "How one-sidedly volume goes into advancing symbols";

    public override string Formula => $"upvol_ratio > {threshold:0.00}, on every such date";

    public override string Source => "Paul Desmond, Identifying Bear Market Bottoms and New Bull Markets (2002)";

    public override IReadOnlyList<DetectorParameter> Parameters => [new("threshold", threshold, "the share of up volume must exceed this")];

    public override double Threshold => threshold;

    public override int WarmUp => 1;

    public override IReadOnlyList<ThrustFire> Fires(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var ratio = panel.Series.UpVolRatio;
        return
        [
            .. Enumerable.Range(0, ratio.Length)
                .Where(t => ratio[t] > threshold)
                .Select(t => new ThrustFire(t, ratio[t], threshold, null)),
        ];
    }
}
