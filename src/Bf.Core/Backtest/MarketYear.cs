namespace Bf.Core.Backtest;

/// <summary>How many dates a year has, which makes annual figures of those by date.</summary>
public static class MarketYear
{
    /// <summary>Trading days of a year, by convention.</summary>
    public const double Days = 252;

    private const long Day = 86_400_000_000;

    /// <summary>252 for daily bars; for bars within the day 252 x the usual number of dates in a day (UTC), the median of the days there are.</summary>
    /// <param name="ts">The dates, microseconds since 1970-01-01 UTC, strictly ascending.</param>
    public static double DatesOf(ReadOnlySpan<long> ts)
    {
        var counts = new List<int>();
        var within = false;
        for (var i = 0; i < ts.Length; i++)
        {
            if (i > 0 && DayOf(ts[i]) == DayOf(ts[i - 1]))
            {
                counts[^1]++;
                within = true;
            }
            else
            {
                counts.Add(1);
            }
        }

        if (!within)
        {
            return Days;
        }

        counts.Sort();
        return Days * counts[counts.Count / 2];
    }

    private static long DayOf(long ts) => ts >= 0 ? ts / Day : ((ts + 1) / Day) - 1;
}
