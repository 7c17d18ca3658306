using Bf.Core.Market;

namespace Bf.Sources;

/// <summary>
/// One row of a source: a bar, or, when <see cref="Broken"/> names a rule, a row that can't become one.
/// </summary>
/// <param name="Bar">The bar, when <paramref name="Broken"/> is null.</param>
/// <param name="Line">The row's line in its file; in Parquet its row number; both begin at 1.</param>
/// <param name="Broken">The rule that the row breaks, or null.</param>
/// <param name="Raw">The row as it stood, for the quarantine; may be null when nothing is broken.</param>
/// <param name="IsGap">Whether the row says that there is no bar: a date and nothing but <c>null</c>.</param>
/// <param name="IsUnadjusted">Whether the row has no adjusted close, so that the close stands for it.</param>
public readonly record struct BarReading(Bar Bar, long Line, string? Broken, string? Raw, bool IsGap = false, bool IsUnadjusted = false);
