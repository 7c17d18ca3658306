namespace Bf.Core.Statistics;

/// <summary>A detector's fires over one horizon, judged.</summary>
/// <param name="Detector">The detector's name.</param>
/// <param name="Outcome">What followed the fires, and what followed any date.</param>
/// <param name="Low">The lower end of the 95 % interval of the lift, a fraction; null where the history or the fires are too few to tell.</param>
/// <param name="High">Its upper end.</param>
/// <param name="PValue">
/// The chance that random dates, as many and as clustered, have a mean at least as high: one-sided, for a thrust says that prices will rise.
/// (1 + draws at least as high) / (1 + draws), hence never 0; null without events.
/// </param>
/// <param name="QValue">The Benjamini-Hochberg rate of false discoveries among everything tested with it; null without events.</param>
public sealed record EventResult(string Detector, HorizonOutcome Outcome, double? Low, double? High, double? PValue, double? QValue);
