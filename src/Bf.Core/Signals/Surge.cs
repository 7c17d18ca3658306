using System.Globalization;
using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>
/// A rise from below one level to above another within some dates: the value crosses above the high level, was below the low one on
/// one of the dates before, and no thrust has come since the last such low, so that a low makes one thrust at most.
/// </summary>
internal abstract class Surge(BreadthColumn watched, double low, double high, int window) : Detector
{
    public override double Threshold => high;

    public override int WarmUp => watched.WarmUp;

    public override IReadOnlyList<string> Inputs => [watched.Name];

    public override string Formula =>
        $"{watched.Name} crosses above {Text(high)}, was below {Text(low)} on one of the {window} dates before, and has not fired since the last such low";

    protected double Low => low;

    protected int Window => window;

    public sealed override IReadOnlyList<ThrustFire> Fires(BreadthPanel panel)
    {
        var fires = new List<ThrustFire>();
        Follow(panel, fires, null);
        return fires;
    }

    public sealed override bool[] Armed(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var armed = new bool[panel.Count];
        Follow(panel, null, armed);
        return armed;
    }

    /// <summary>The level as the rule shows it: shares with two decimals at least.</summary>
    private string Text(double level) => level.ToString(Math.Abs(low) < 1 ? "0.00##" : "0.##", CultureInfo.InvariantCulture);

    private void Follow(BreadthPanel panel, List<ThrustFire>? fires, bool[]? armed)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var value = watched.Reals(panel);
        int lastLow = -1, fired = -1;
        for (var t = 0; t < value.Length; t++)
        {
            var crosses = t > 0 && value[t] > high && !(value[t - 1] > high);
            if (crosses && lastLow >= 0 && t - lastLow <= window && fired < lastLow)
            {
                fires?.Add(new(t, value[t], high, t - lastLow));
                fired = t;
            }

            lastLow = value[t] < low ? t : lastLow;
            armed?[t] = lastLow >= 0 && t + 1 - lastLow <= window && fired < lastLow;
        }
    }
}
