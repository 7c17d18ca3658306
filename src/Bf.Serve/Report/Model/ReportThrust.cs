namespace Bf.Serve.Report;

/// <summary>A detector, as the catalogue describes it.</summary>
/// <param name="Name">Its name in the tables, <c>zbt_ema</c>, say.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Rule">When it fires, in a sentence.</param>
public sealed record ReportDetector(string Name, string Title, string Rule);

/// <summary>A thrust that fired.</summary>
/// <param name="Detector">The detector's name.</param>
/// <param name="Ts">When, microseconds since 1970-01-01 UTC.</param>
/// <param name="Value">The detector's value then.</param>
/// <param name="Threshold">What it had to pass.</param>
/// <param name="DaysSinceLow">Bars since the low from which it sprang; null for a detector without one.</param>
/// <param name="Forward">The index's return from there, an entry for each of <see cref="ReportModel.Horizons"/>, null where the future is not known yet; or empty.</param>
public sealed record ReportThrust(string Detector, long Ts, double? Value, double? Threshold, int? DaysSinceLow, double?[] Forward);

/// <summary>What followed the thrusts of a detector.</summary>
/// <param name="Detector">The detector's name.</param>
/// <param name="Horizon">How many bars later.</param>
/// <param name="Events">The thrusts whose future is known that far.</param>
/// <param name="MeanReturn">The mean of the index's return over that horizon.</param>
/// <param name="HitRate">The share of the thrusts after which the index was higher.</param>
/// <param name="BaseMean">The mean return over that horizon from every date: what to compare with.</param>
public sealed record ReportFollowUp(string Detector, int Horizon, int Events, double? MeanReturn, double? HitRate, double? BaseMean);
