using System.Globalization;

namespace Bf.Core.Market;

/// <summary>Times as the tables keep them: microseconds since 1970-01-01 UTC.</summary>
public static class Timestamp
{
    /// <summary>Microseconds in a day.</summary>
    public const long Day = 86_400_000_000;

    /// <summary>A date's midnight.</summary>
    public static long Of(DateOnly date) => (date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber) * Day;

    /// <summary>A moment.</summary>
    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The moment of a time.</summary>
    public static DateTimeOffset ToMoment(long ts) => new(DateTime.UnixEpoch.Ticks + (ts * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    /// <summary>The date of a time.</summary>
    public static DateOnly ToDate(long ts) => DateOnly.FromDateTime(ToMoment(ts).UtcDateTime);

    /// <summary>A time as text: the date, and the time of day where it is not midnight.</summary>
    public static string Format(long ts) => ToMoment(ts).ToString(ts % Day == 0 ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
