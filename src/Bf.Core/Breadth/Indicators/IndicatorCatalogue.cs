namespace Bf.Core.Breadth.Indicators;

/// <summary>The catalogue of indicators that follow from the daily counts.</summary>
public static class IndicatorCatalogue
{
    /// <summary>Every indicator once, in the order in which they are shown.</summary>
    public static IReadOnlyList<Indicator> All { get; } =
    [
        new IssueCounts(), new AdvanceShare(), new TenDateRatio(), new AdvanceDeclineRatio(), new AdvanceDeclineLine(), new AbsoluteBreadth(),
        new McClellan(), new McClellanClassic(), new WhaleyAdvances(), new CoppockBreadth(), new TickIndex(),
        new VolumeCounts(), new UpVolumeShare(), new UpDownVolume(), new VolumeLine(), new ArmsIndex(), new WhaleyUpVolume(),
        new NewExtremes(), new RecordHighs(), new HindenburgOmen(),
        new AboveAverages(), new EqualWeightIndex(), new RollingScores(),
    ];

    /// <summary>The indicator of a name, or the one that has a column of that name, or null; case does not matter.</summary>
    public static Indicator? Find(string name) =>
        All.FirstOrDefault(i => Same(i.Name, name)) ?? All.FirstOrDefault(i => i.Columns.Any(c => Same(c.Name, name)));

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
