namespace Bf.Core.Signals;

/// <summary>The catalogue of detectors.</summary>
public static class Detectors
{
    /// <summary>Every detector once, in the order in which they are shown.</summary>
    public static IReadOnlyList<Detector> All { get; } =
    [
        ZweigThrust.OfExponentialMean, ZweigThrust.OfSimpleMean,
        DeemerMomentum.Above197, DeemerMomentum.Above190,
        UpVolumeThrust.Ninety,
    ];

    /// <summary>The detector of a name, or null; case does not matter.</summary>
    public static Detector? Find(string name) =>
        All.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase));
}
