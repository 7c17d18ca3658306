using Bf.Core.Statistics;

namespace Bf.Jobs.Signals;

/// <summary>What an evaluation found.</summary>
/// <param name="Results">A result for each detector and horizon, in catalogue order.</param>
/// <param name="From">The first date of the universe.</param>
/// <param name="To">Its last date.</param>
/// <param name="Dates">Its dates.</param>
/// <param name="DatesLeftOut">Those that the index does not have.</param>
/// <param name="FiresLeftOut">The fires on them, of all detectors evaluated.</param>
/// <param name="Unseen">A sentence on the detectors that could not fire; null where all could.</param>
/// <param name="Timings">Milliseconds by stage.</param>
public sealed record EvaluateResult(
    IReadOnlyList<EventResult> Results, long From, long To, int Dates, int DatesLeftOut, int FiresLeftOut, string? Unseen, IReadOnlyDictionary<string, double> Timings);
