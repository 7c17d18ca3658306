namespace Bf.Core.Signals;

/// <summary>The catalogue of detectors.</summary>
public static class Detectors
{
    /// <summary>Every detector once, in the order in which they are shown.</summary>
    public static IReadOnlyList<Detector> All { get; } =
    [
        ZweigThrust.OfExponentialMean, ZweigThrust.OfSimpleMean,
        DeemerMomentum.Above197, DeemerMomentum.Above190,
        new UpVolumeThrust(), new UpVolumeCluster(), new LowryUpDay(),
        new WhaleyAdvanceThrust(), new WhaleyUpVolumeThrust(),
        new McClellanThrust(), new NewHighsThrust(),
        new AboveAverageThrust(), new AboveAverageSurge(),
    ];

    /// <summary>The detector of a name, or null; case does not matter.</summary>
    public static Detector? Find(string name) =>
        All.FirstOrDefault(d => string.Equals(d.Name, name, StringComparison.OrdinalIgnoreCase));
}
