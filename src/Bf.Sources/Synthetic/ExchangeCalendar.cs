using Bf.Core.Market;

namespace Bf.Sources.Synthetic;

/// <summary>The sessions of the US stock exchanges by today's rules, whatever the year: weekdays but holidays, 9:30 to 16:00 in New York, or to 13:00.</summary>
internal static class ExchangeCalendar
{
    private const long Minute = 60_000_000;

    /// <summary>The sessions from a day to another, both inclusive.</summary>
    public static IEnumerable<DateOnly> Sessions(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !IsHoliday(day))
            {
                yield return day;
            }
        }
    }

    /// <summary>When a session opens, microseconds since 1970-01-01 UTC.</summary>
    public static long Opens(DateOnly session)
    {
        var summer = session >= Nth(session.Year, 3, DayOfWeek.Sunday, 2) && session < Nth(session.Year, 11, DayOfWeek.Sunday, 1);
        return Timestamp.Of(session) + ((summer ? 13 : 14) * 60 * Minute) + (30 * Minute);
    }

    /// <summary>How long a session is, in minutes.</summary>
    public static int Minutes(DateOnly session) => IsShort(session) ? 210 : 390;

    // the days before Independence Day and Christmas, the day after Thanksgiving
    private static bool IsShort(DateOnly day) =>
        day is { Month: 7, Day: 3 } or { Month: 12, Day: 24 }
        || (day.Month == 11 && day == Thanksgiving(day.Year).AddDays(1));

    private static bool IsHoliday(DateOnly day) => day.Month switch
    {
        1 => (day.Day == 1 || day is { Day: 2, DayOfWeek: DayOfWeek.Monday }) || day == Nth(day.Year, 1, DayOfWeek.Monday, 3),
        2 => day == Nth(day.Year, 2, DayOfWeek.Monday, 3),
        3 or 4 => day == Easter(day.Year).AddDays(-2),
        5 => day.DayOfWeek == DayOfWeek.Monday && day.Day > 24,
        6 => day == Observed(new(day.Year, 6, 19)),
        7 => day == Observed(new(day.Year, 7, 4)),
        9 => day == Nth(day.Year, 9, DayOfWeek.Monday, 1),
        11 => day == Thanksgiving(day.Year),
        12 => day == Observed(new(day.Year, 12, 25)),
        _ => false,
    };

    private static DateOnly Thanksgiving(int year) => Nth(year, 11, DayOfWeek.Thursday, 4);

    // a holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after; New Year's alone has no Friday
    private static DateOnly Observed(DateOnly day) =>
        day.AddDays(day.DayOfWeek switch { DayOfWeek.Saturday => -1, DayOfWeek.Sunday => 1, _ => 0 });

    private static DateOnly Nth(int year, int month, DayOfWeek weekday, int n)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((weekday - first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).</summary>
    private static DateOnly Easter(int year)
    {
        int a = year % 19, b = year / 100, c = year % 100;
        var h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        var l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        var m = (a + (11 * h) + (22 * l)) / 451;
        var day = h + l - (7 * m) + 114;
        return new DateOnly(year, day / 31, (day % 31) + 1);
    }
}
