using Bf.Core.Breadth;
using Bf.Core.Breadth.Indicators;

namespace Bf.Core.Signals;

/// <summary>
/// Deemer's breakaway momentum: over ten dates, more than 1.97 advances for each decline. 1.90 is the looser form that
/// others watch.
/// </summary>
internal sealed class DeemerMomentum(string name, double threshold) : Crossing(threshold)
{
    public static DeemerMomentum Above197 { get; } = new("deemer_1.97", 1.97);

    public static DeemerMomentum Above190 { get; } = new("deemer_1.90", 1.90);

    public override string Name => name;

    public override string Title => FormattableString.Invariant($"Breakaway momentum above {Threshold:0.00}");

    public override string Measures => "How far advances outnumber declines over ten dates";

    public override string Formula => FormattableString.Invariant(
        $"deemer_ratio crosses above {Threshold:0.00}; without any decline it counts as above, and undefined counts as not above");

    public override string Source => "Walter Deemer, breakaway momentum, walterdeemer.com";

    public override string Note => "Deemer's level is 1.97; 1.90 is a looser form, not his.";

    public override IReadOnlyList<DetectorParameter> Parameters => [new("threshold", Threshold, 0, 100, "the ratio must rise above this")];

    public override IReadOnlyList<string> Inputs => ["deemer_ratio"];

    public override int WarmUp => TenDateRatio.Ratio.WarmUp;

    protected override double[] Watched(BreadthPanel panel) => TenDateRatio.OrInfinity(panel);

    private protected override Detector Of(double[] values) => new DeemerMomentum(name, values[0]);
}
