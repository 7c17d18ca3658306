using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>Lowry's 90 % up day: nine tenths of the moving volume are in advancing symbols, and nine tenths of the points are gained, not lost.</summary>
internal sealed class LowryUpDay(double threshold = 0.90) : Detector
{
    public override string Name => "lowry90";

    public override string Title => "Lowry 90 % up day";

    public override string Measures => "Whether buyers are alone in volume and in price";

    public override string Formula => FormattableString.Invariant(
        $"up_vol / (up_vol + down_vol) >= {threshold:0.00} and points_up / (points_up + points_down) >= {threshold:0.00}, on every such date");

    public override string Source => "Paul Desmond, Identifying Bear Market Bottoms and New Bull Markets (2002)";

    public override string Note => "Points are counted only where they are asked for (--indicators): elsewhere it never fires. The value is the lesser of the two shares.";

    public override IReadOnlyList<DetectorParameter> Parameters => [new("threshold", threshold, 0, 1, "both shares must reach this")];

    public override double Threshold => threshold;

    public override IReadOnlyList<string> Inputs => ["up_vol", "down_vol", "points_up", "points_down"];

    public override int WarmUp => 1;

    public override IReadOnlyList<ThrustFire> Fires(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var (up, down) = (panel.Tally[TallyColumn.UpVol], panel.Tally[TallyColumn.DownVol]);
        if (panel.Tally.Further("points_up") is not { } gained || panel.Tally.Further("points_down") is not { } lost)
        {
            return [];
        }

        var fires = new List<ThrustFire>();
        for (var t = 0; t < panel.Count; t++)
        {
            var least = Math.Min(Share(up[t], down[t]), Share(gained[t], lost[t]));
            if (least >= threshold)
            {
                fires.Add(new(t, least, threshold, null));
            }
        }

        return fires;
    }

    private protected override Detector Of(double[] values) => new LowryUpDay(values[0]);

    // 0 / 0 is undefined, which no threshold is reached by; nine of ten divided is 0.9 as the threshold is written
    private static double Share(long part, long other) => part / ((double)part + other);
}
