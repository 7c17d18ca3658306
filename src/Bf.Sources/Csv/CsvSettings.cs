using Bf.Core.Market;

namespace Bf.Sources.Csv;

/// <summary>What a user says about text tables; what is left open is learned from each file.</summary>
/// <param name="Interval">The bars' length.</param>
/// <param name="Map">Columns by other names: what <see cref="ColumnMap.ParseOverrides"/> read.</param>
/// <param name="Dates">The order of dates such as 01/02/2024.</param>
/// <param name="Numbers">How numbers are written; null to learn it.</param>
/// <param name="Zone">The zone of times that name none; UTC when null. Daily bars have none.</param>
/// <param name="Now">The present time, microseconds: with it each bar is held against the rules while its text is at hand; null to leave that to others.</param>
public sealed record CsvSettings(Interval Interval, IReadOnlyDictionary<BarColumn, string> Map, DateOrder Dates = DateOrder.Unknown, NumberStyle? Numbers = null, TimeZoneInfo? Zone = null, long? Now = null)
{
    /// <summary>Nothing said but the bars' length.</summary>
    public CsvSettings(Interval interval)
        : this(interval, new Dictionary<BarColumn, string>())
    {
    }
}
