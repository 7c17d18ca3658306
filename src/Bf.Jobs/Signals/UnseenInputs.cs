using Bf.Core.Breadth;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Core.Signals;

namespace Bf.Jobs.Signals;

/// <summary>What detectors read that has no value on any date: without it they cannot have fired, and their 0 fires say nothing.</summary>
public static class UnseenInputs
{
    /// <summary>The columns that a detector reads and that have no value on any date.</summary>
    public static IReadOnlyList<string> Of(Detector detector, BreadthPanel panel)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(panel);
        return [.. detector.Inputs.Where(name => Column(name) is { } column && !Enumerable.Range(0, panel.Count).Any(t => !double.IsNaN(column.At(panel, t))))];
    }

    /// <summary>A sentence on the detectors that could not fire, and what would let them; null where all could.</summary>
    public static string? Sentence(IEnumerable<Detector> detectors, SignalReader signals, Universe universe)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(universe);
        var blind = detectors.Select(d => (Detector: d, Unseen: Of(d, signals.Panel))).Where(d => d.Unseen.Count > 0).ToList();
        if (blind.Count == 0)
        {
            return null;
        }

        var sentence = $"Could not fire, because what they read has no value on any date: {string.Join("; ", blind.Select(d => $"{d.Detector.Name} ({string.Join(", ", d.Unseen)})"))}.";
        var onDemand = blind.SelectMany(d => d.Unseen).Where(name => BreadthColumns.Find(name) is null).Select(name => FurtherIndicators.Find(name)!.Name).Distinct();
        var wanted = string.Join(',', ((string[])[signals.Settings.Indicators.Text]).Where(text => text.Length > 0).Concat(onDemand));
        return universe.IsCounts || !onDemand.Any() ? sentence
            : $"{sentence} Computed by: bf signals generate{(universe.IsAll ? "" : $" --universe {universe.Name}")} --indicators {wanted}";
    }

    private static BreadthColumn? Column(string name) =>
        BreadthColumns.Find(name) ?? FurtherIndicators.Find(name)?.Columns.FirstOrDefault(c => c.Name == name);
}
