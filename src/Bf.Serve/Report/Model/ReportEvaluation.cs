using Bf.Core.Statistics;

namespace Bf.Serve.Report;

/// <summary>What followed the fires of the detectors, tested against luck: the figures of <c>bf signals evaluate</c>.</summary>
/// <param name="Results">A result for each detector and horizon, in catalogue order.</param>
/// <param name="Draws">How often chance was drawn.</param>
/// <param name="Seed">Where chance began.</param>
/// <param name="Detector">The detector that the backtest trades; null where it trades none.</param>
public sealed record ReportEvaluation(IReadOnlyList<EventResult> Results, int Draws, long Seed, string? Detector);
