namespace Bf.Serve.Report.Parts;

/// <summary>The lines of the thrust chart: a detector that fired, in the catalogue's order.</summary>
/// <param name="Detector">Its name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Marked">Whether its thrusts are marked on the index too: those of a detector that fires often would hide it.</param>
internal sealed record Lanes(string Detector, string Title, bool Marked)
{
    /// <summary>More thrusts a year than this are too many to mark.</summary>
    private const double MostAYear = 6;

    private const double MicrosecondsPerYear = 365.25 * 86_400e6;

    public static Lanes[] Of(ReportModel model)
    {
        if (model.Thrusts is [] || model.Series.Ts is [])
        {
            return [];
        }

        var fired = model.Thrusts.CountBy(t => t.Detector, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var years = Math.Max(1, (model.Series.Ts[^1] - model.Series.Ts[0]) / MicrosecondsPerYear);
        var rare = fired.Where(d => d.Value <= MostAYear * years).Select(d => d.Key).ToHashSet(StringComparer.Ordinal);
        return [.. model.Detectors.Select(d => d.Name).Where(fired.ContainsKey).Union(fired.Keys.Order(StringComparer.Ordinal))
            .Select(d => new Lanes(d, Findings.TitleOf(model, d), rare.Count == 0 || rare.Contains(d)))];
    }
}
