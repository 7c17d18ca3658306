using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>
/// Zweig's breadth thrust: the ten-date mean of adv / (adv + dec) rises from below 0.40 to above 0.615 within ten dates.
/// Zweig wrote of a ten-day average without saying which; both the exponential and the simple one are in use.
/// </summary>
internal sealed class ZweigThrust(string name, string mean, string column, int warmUp, Func<MarketSeries, double[]> series) : Detector
{
    private const double Low = 0.40;
    private const double High = 0.615;
    private const int Window = 10;

    public static ZweigThrust OfExponentialMean { get; } = new("zbt_ema", "exponential", "zweig_ema10", 1, s => s.ZweigEma10);

    public static ZweigThrust OfSimpleMean { get; } = new("zbt_sma", "simple", "zweig_sma10", 10, s => s.ZweigSma10);

    public override string Name => name;

    public override string Title => $"Zweig breadth thrust, {mean} mean";

    public override string Measures => "How fast the share of advancing symbols turns from weak to strong";

    public override string Formula =>
        $"{column} crosses above {High}, was below {Low:0.00} on one of the {Window} dates before, and has not fired since the last such low";

    public override string Source => "Martin Zweig, Winning on Wall Street (1986)";

    public override IReadOnlyList<DetectorParameter> Parameters =>
    [
        new("low", Low, "the mean must have been below this"),
        new("high", High, "the mean must rise above this"),
        new("window", Window, "within so many dates"),
    ];

    public override double Threshold => High;

    public override int WarmUp => warmUp;

    public override IReadOnlyList<ThrustFire> Fires(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var z = series(panel.Series);
        var fires = new List<ThrustFire>();
        int low = -1, fired = -1;
        for (var t = 1; t < z.Length; t++)
        {
            low = z[t - 1] < Low ? t - 1 : low;
            var crosses = z[t] > High && !(z[t - 1] > High);
            if (crosses && low >= 0 && t - low <= Window && fired < low)
            {
                fires.Add(new(t, z[t], High, t - low));
                fired = t;
            }
        }

        return fires;
    }
}
