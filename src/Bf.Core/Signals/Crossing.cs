using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>A value that rises above a level: it fires on the date of the crossing, not on those that follow above it.</summary>
internal abstract class Crossing(double threshold) : Detector
{
    public sealed override double Threshold => threshold;

    public sealed override IReadOnlyList<ThrustFire> Fires(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        var value = Watched(panel);
        var fires = new List<ThrustFire>();
        for (var t = 0; t < value.Length; t++)
        {
            if (value[t] > threshold && !(t > 0 && value[t - 1] > threshold))
            {
                fires.Add(new(t, value[t], threshold, null));
            }
        }

        return fires;
    }

    /// <summary>What has to exceed the level, an entry a date, NaN where undefined.</summary>
    protected abstract double[] Watched(BreadthPanel panel);
}
