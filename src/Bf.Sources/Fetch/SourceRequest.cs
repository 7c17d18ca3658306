using Bf.Core.Market;

namespace Bf.Sources.Fetch;

/// <summary>What a source is asked for.</summary>
/// <param name="Symbol">The symbol as the lake keeps it.</param>
/// <param name="From">The first moment, microseconds since 1970-01-01 UTC; null for as far back as the source goes.</param>
/// <param name="To">The first moment that is no longer wanted.</param>
/// <param name="Interval">The bars' length.</param>
public sealed record SourceRequest(string Symbol, long? From, long To, Interval Interval)
{
    /// <summary>Whether a bar that begins at <paramref name="ts"/> is wanted.</summary>
    public bool Wants(long ts) => ts < To && !(ts < From);
}
