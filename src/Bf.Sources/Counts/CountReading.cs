using Bf.Core.Market;

namespace Bf.Sources.Counts;

/// <summary>One row of a file of counts: a date's counts, or, when <see cref="Broken"/> names a rule, a row that can't become some.</summary>
/// <param name="Count">The counts; null when the row is broken.</param>
/// <param name="Line">The row's line in its file, beginning at 1.</param>
/// <param name="Broken">The rule that the row breaks, or null.</param>
/// <param name="Raw">The row as it stood.</param>
public sealed record CountReading(MarketCount? Count, long Line, string? Broken, string Raw);
