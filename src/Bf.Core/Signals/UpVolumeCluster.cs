using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>
/// Two 90 % up days within ten dates. A cluster is a chain of such days of which each comes at most ten dates after the one before;
/// it fires once, on its second day, and a new cluster begins where a longer time has passed.
/// </summary>
internal sealed class UpVolumeCluster(double threshold = 0.90, int window = 10) : Detector
{
    public override string Name => "upvol90x2";

    public override string Title => "Two 90 % up-volume days";

    public override string Measures => "Whether a rush into advancing symbols is repeated soon";

    public override string Formula => FormattableString.Invariant(
        $"upvol_ratio > {threshold:0.00} for the second time, at most {window} dates after the first; later days of the same cluster do not fire");

    public override string Source => Sources.Zweig + ", double nine-to-one days";

    public override string Note =>
        "Zweig's two days may lie three months apart; ten dates is the stricter form. The first day of a cluster is what arms it: days_since_low counts from there.";

    public override IReadOnlyList<DetectorParameter> Parameters =>
    [
        new("threshold", threshold, 0, 1, "the share of up volume must exceed this"),
        new("window", window, 1, 250, "dates from one such day to the next"),
    ];

    public override double Threshold => threshold;

    public override IReadOnlyList<string> Inputs => [UpVolumeShare.Share.Name];

    public override int WarmUp => UpVolumeShare.Share.WarmUp + 1;

    public override IReadOnlyList<ThrustFire> Fires(BreadthPanel panel)
    {
        var fires = new List<ThrustFire>();
        Follow(panel, fires, null);
        return fires;
    }

    public override bool[] Armed(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var armed = new bool[panel.Count];
        Follow(panel, null, armed);
        return armed;
    }

    private void Follow(BreadthPanel panel, List<ThrustFire>? fires, bool[]? armed)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var ratio = UpVolumeShare.Share.Reals(panel);
        int last = -1, days = 0;
        for (var t = 0; t < ratio.Length; t++)
        {
            if (ratio[t] > threshold)
            {
                days = last >= 0 && t - last <= window ? days + 1 : 1;
                if (days == 2)
                {
                    fires?.Add(new(t, ratio[t], threshold, t - last));
                }

                last = t;
            }

            armed?[t] = days == 1 && t + 1 - last <= window;
        }
    }

    private protected override Detector Of(double[] values) => new UpVolumeCluster(values[0], (int)values[1]);
}
