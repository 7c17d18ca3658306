using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>
/// Deemer's breakaway momentum: over ten dates, more than 1.97 advances for each decline. 1.90 is the looser form that
/// others watch.
/// </summary>
internal sealed class DeemerMomentum(string name, double threshold) : Detector
{
    public static DeemerMomentum Above197 { get; } = new("deemer_1.97", 1.97);

    public static DeemerMomentum Above190 { get; } = new("deemer_1.90", 1.90);

    public override string Name => name;

    public override string Title => $"Breakaway momentum above {threshold:0.00}";

    public override string Measures => "How far advances outnumber declines over ten dates";

    public override string Formula =>
        $"deemer_ratio crosses above {threshold:0.00}; without any decline it counts as above, and undefined counts as not above";

    public override string Source => "Walter Deemer, breakaway momentum, walterdeemer.com";

    public override IReadOnlyList<DetectorParameter> Parameters => [new("threshold", threshold, "the ratio must rise above this")];

    public override double Threshold => threshold;

    public override int WarmUp => 10;

    public override IReadOnlyList<ThrustFire> Fires(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var ratio = panel.Series.DeemerRatioOrInfinity;
        return
        [
            .. Enumerable.Range(0, ratio.Length)
                .Where(t => ratio[t] > threshold && !(t > 0 && ratio[t - 1] > threshold))
                .Select(t => new ThrustFire(t, ratio[t], threshold, null)),
        ];
    }
}
