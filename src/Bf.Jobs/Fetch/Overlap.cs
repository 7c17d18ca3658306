using Bf.Core.Market;
using Bf.Sources;

namespace Bf.Jobs.Fetch;

/// <summary>Where an answer meets what the lake has already.</summary>
internal static class Overlap
{
    // Sources compute adjusted prices anew for each answer, with single precision in between.
    private const double Noise = 1e-6;

    /// <summary>Whether the past changed: a split, a dividend or a correction moves closes that are stored.</summary>
    public static bool IsReadjusted(IEnumerable<BarReading> rows, IReadOnlyDictionary<long, Bar> stored) =>
        rows.Any(r => r.Broken is null && stored.TryGetValue(r.Bar.Ts, out var known) && !(Near(r.Bar.Close, known.Close) && Near(r.Bar.AdjClose, known.AdjClose)));

    /// <summary>The rows without those that say what is stored, but for noise in the last digits.</summary>
    public static IReadOnlyList<BarReading> News(IEnumerable<BarReading> rows, IReadOnlyDictionary<long, Bar> stored) =>
        [.. rows.Where(r => r.Broken is not null || !stored.TryGetValue(r.Bar.Ts, out var known) || !Same(r.Bar, known))];

    private static bool Same(in Bar a, in Bar b) =>
        a.Volume == b.Volume && Near(a.Open, b.Open) && Near(a.High, b.High) && Near(a.Low, b.Low) && Near(a.Close, b.Close) && Near(a.AdjClose, b.AdjClose);

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Noise * Math.Abs(b);
}
