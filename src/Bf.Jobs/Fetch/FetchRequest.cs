using Bf.Core.Market;
using Bf.Sources.Fetch;

namespace Bf.Jobs.Fetch;

/// <summary>What to fetch.</summary>
/// <param name="Source">The source's name: stands in the column <c>source</c>.</param>
/// <param name="Bars">The source.</param>
/// <param name="Symbols">The symbols.</param>
/// <param name="From">The first moment, microseconds; null to go on from each symbol's last bar, or for all where there is none.</param>
/// <param name="To">The first moment that is not wanted; null to go on to the present.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="Parallel">How many symbols are asked for at the same time.</param>
public sealed record FetchRequest(string Source, IBarSource Bars, IReadOnlyList<string> Symbols, long? From, long? To, Interval Interval, int Parallel)
{
    /// <summary>What the source is made from, for a cluster, which makes its own; null where only this process asks.</summary>
    public SourceChoice? Choice { get; init; }

    /// <summary>Where bars end at the present: after today for daily bars, now for others.</summary>
    internal long Present(DateTimeOffset now) => Interval.IsDaily ? Timestamp.Of(DateOnly.FromDateTime(now.UtcDateTime).AddDays(1)) : Timestamp.Of(now);
}
