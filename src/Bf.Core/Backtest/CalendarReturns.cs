namespace Bf.Core.Backtest;

/// <summary>The return of a calendar month or year of a curve.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">The month, 1 to 12; 0 for the whole year.</param>
/// <param name="Return">Last value of the period / last value before it - 1, a fraction; null where either is not above 0.</param>
public sealed record CalendarReturn(int Year, int Month, double? Return);

/// <summary>
/// A curve's returns by calendar month and year, in UTC. The first period is measured from the curve's first value and the last to its
/// last one, so they may be parts; compounded, the months make the years and the years the total return.
/// </summary>
public static class CalendarReturns
{
    /// <summary>By month, in order of time; months without a date are left out.</summary>
    /// <param name="ts">The dates, microseconds since 1970-01-01 UTC, strictly ascending.</param>
    /// <param name="equity">A value a date.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static IReadOnlyList<CalendarReturn> ByMonth(ReadOnlySpan<long> ts, ReadOnlySpan<double> equity) => Of(ts, equity, byMonth: true);

    /// <summary>By year, likewise.</summary>
    /// <param name="ts">The dates, microseconds since 1970-01-01 UTC, strictly ascending.</param>
    /// <param name="equity">A value a date.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static IReadOnlyList<CalendarReturn> ByYear(ReadOnlySpan<long> ts, ReadOnlySpan<double> equity) => Of(ts, equity, byMonth: false);

    private static List<CalendarReturn> Of(ReadOnlySpan<long> ts, ReadOnlySpan<double> equity, bool byMonth)
    {
        if (ts.Length != equity.Length)
        {
            throw new ArgumentException($"{equity.Length} values for {ts.Length} dates", nameof(equity));
        }

        var returns = new List<CalendarReturn>();
        var start = ts.Length > 0 ? equity[0] : 0;
        for (var i = 0; i < ts.Length; i++)
        {
            var (year, month) = PeriodOf(ts[i], byMonth);
            if (i == ts.Length - 1 || PeriodOf(ts[i + 1], byMonth) != (year, month))
            {
                returns.Add(new(year, month, start > 0 && equity[i] > 0 ? (equity[i] / start) - 1 : null));
                start = equity[i];
            }
        }

        return returns;
    }

    private static (int Year, int Month) PeriodOf(long ts, bool byMonth)
    {
        var date = DateTime.UnixEpoch.AddMicroseconds(ts);
        return (date.Year, byMonth ? date.Month : 0);
    }
}
