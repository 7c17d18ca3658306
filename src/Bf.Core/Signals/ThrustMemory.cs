using Bf.Core.Breadth;

namespace Bf.Core.Signals;

/// <summary>How long ago each detector of the catalogue last fired, and where it stands: a thrust stays in mind for 60 dates.</summary>
public sealed class ThrustMemory
{
    /// <summary>The dates after which a thrust is forgotten.</summary>
    public const int Dates = 60;

    private readonly int?[][] _since;
    private readonly ThrustState[][] _states;

    /// <summary>Runs every detector of the catalogue over a panel.</summary>
    public ThrustMemory(BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(panel);
        Fires = [.. Detectors.All.Select(d => d.Fires(panel))];
        _since = [.. Fires.Select(fires => Remember(fires, panel.Count))];
        _states = [.. Detectors.All.Select((d, at) => Stand(Fires[at], _since[at], d.Armed(panel)))];
    }

    /// <summary>The fires of each detector, in the order of <see cref="Detectors.All"/>.</summary>
    public IReadOnlyList<IReadOnlyList<ThrustFire>> Fires { get; }

    /// <summary>
    /// The number of dates since the detector's last fire, 0 on the date itself; null when it never fired
    /// or more than <see cref="Dates"/> ago.
    /// </summary>
    /// <param name="detector">Index into <see cref="Detectors.All"/>.</param>
    /// <param name="index">Index of the date in the panel.</param>
    public int? Since(int detector, int index) => _since[detector][index];

    /// <summary>Every fire with its detector, by date and then by the detector's name.</summary>
    public IReadOnlyList<DetectedThrust> InOrder()
    {
        var all = new List<DetectedThrust>();
        for (var d = 0; d < Fires.Count; d++)
        {
            foreach (var fire in Fires[d])
            {
                all.Add(new(Detectors.All[d], fire));
            }
        }

        all.Sort((a, b) => a.Fire.Index != b.Fire.Index ? a.Fire.Index.CompareTo(b.Fire.Index) : string.CompareOrdinal(a.Detector.Name, b.Detector.Name));
        return all;
    }

    /// <summary>Where a detector stands at the close of a date.</summary>
    /// <param name="detector">Index into <see cref="Detectors.All"/>.</param>
    /// <param name="index">Index of the date in the panel.</param>
    public ThrustState StateOf(int detector, int index) => _states[detector][index];

    private static int?[] Remember(IReadOnlyList<ThrustFire> fires, int count)
    {
        var since = new int?[count];
        foreach (var fire in fires)
        {
            for (var t = fire.Index; t < count && t - fire.Index <= Dates; t++)
            {
                since[t] = t - fire.Index;
            }
        }

        return since;
    }

    private static ThrustState[] Stand(IReadOnlyList<ThrustFire> fires, int?[] since, bool[]? armed)
    {
        var first = fires.Count == 0 ? since.Length : fires[0].Index;
        var states = new ThrustState[since.Length];
        for (var t = 0; t < states.Length; t++)
        {
            states[t] = armed?[t] == true ? ThrustState.Armed : since[t] is not null ? ThrustState.Fired : t > first ? ThrustState.Decayed : ThrustState.None;
        }

        return states;
    }
}

/// <summary>A fire, and the detector that fired.</summary>
/// <param name="Detector">The detector.</param>
/// <param name="Fire">Its fire.</param>
public sealed record DetectedThrust(Detector Detector, ThrustFire Fire);
