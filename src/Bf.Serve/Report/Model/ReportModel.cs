namespace Bf.Serve.Report;

/// <summary>
/// All that the report page shows, as plain values: whoever fills it decides where they come from.
/// Times are microseconds since 1970-01-01 UTC; returns, shares of volume, hit rates and drawdowns are fractions (0.05 is 5 %);
/// what is undefined is null, and a part that is left out is left out of the page.
/// </summary>
public sealed record ReportModel
{
    /// <summary>Whose breadth it is.</summary>
    public required ReportUniverse Universe { get; init; }

    /// <summary>What computed it, from what.</summary>
    public required ReportRun Run { get; init; }

    /// <summary>The daily (or intraday) series behind the charts.</summary>
    public required ReportSeries Series { get; init; }

    /// <summary>The last date in figures; null where there is none.</summary>
    public ReportDay? LastDay { get; init; }

    /// <summary>The detectors that were run, in the order of the catalogue, fired or not.</summary>
    public ReportDetector[] Detectors { get; init; } = [];

    /// <summary>The thrusts that fired within the range, in any order.</summary>
    public ReportThrust[] Thrusts { get; init; } = [];

    /// <summary>The horizons of <see cref="ReportThrust.Forward"/>, in bars.</summary>
    public int[] Horizons { get; init; } = [5, 20, 60, 120, 250];

    /// <summary>What followed the thrusts on average, one entry for a detector and a horizon.</summary>
    public ReportFollowUp[] FollowUps { get; init; } = [];

    /// <summary>The detectors tested against luck; null where they were not.</summary>
    public ReportEvaluation? Evaluation { get; init; }

    /// <summary>Whether the page is about the backtest, which then comes first, over its span.</summary>
    public bool BacktestFirst { get; init; }

    /// <summary>The backtest; null where none was run.</summary>
    public ReportBacktest? Backtest { get; init; }
}
