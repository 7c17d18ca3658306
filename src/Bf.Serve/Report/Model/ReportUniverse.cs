namespace Bf.Serve.Report;

/// <summary>The universe of a report.</summary>
/// <param name="Name">Its name, as it stands in the tables.</param>
/// <param name="Symbols">The number of symbols that belong at some time.</param>
/// <param name="Interval">The bars' interval, <c>1d</c>, <c>5m</c>, ...</param>
/// <param name="PointInTime">Whether it knows who belonged when; if not, the page warns.</param>
/// <param name="Survivorship">What survivorship does to its figures: a sentence without a full stop.</param>
public sealed record ReportUniverse(string Name, int Symbols, string Interval, bool PointInTime, string Survivorship);
