using System.Globalization;
using System.Text;
using Bf.Core.Market;

namespace Bf.Sources;

/// <summary>
/// Reads dates and times of text files, as UTF-8: ISO, 20240102, epoch seconds to nanoseconds, 01/31/2024 in a known order, 31.01.2024, Jan 31, 2024.
/// A time without zone is one of the given zone.
/// </summary>
public sealed class TimeParser(Interval interval, DateOrder order = DateOrder.Unknown, TimeZoneInfo? zone = null)
{
    private static readonly string[] WithMonthNames = ["MMM d, yyyy", "d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "MMMM d, yyyy", "d MMMM yyyy", "yyyy-MMM-dd", "ddMMMyyyy"];

    /// <summary>Reads the time of a bar; a daily bar keeps only the date that is written down, whatever its zone.</summary>
    /// <param name="text">The date, perhaps with a time.</param>
    /// <param name="time">The time of the day, where it stands in a column of its own; else empty.</param>
    /// <param name="ts">Microseconds since 1970-01-01 UTC.</param>
    public bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> time, out long ts)
    {
        text = text.Trim(" "u8);
        if (TryYearFirst(text, out var date))
        {
            return Finish(date, time, out ts);
        }

        if (text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is -1 or > 8 && TryEpoch(text, out ts))
        {
            ts = interval.IsDaily ? DayOf(ts) : ts;
            return true;
        }

        ts = 0;
        return text.Length is >= 6 and <= 40
            && (TryYearFirstWithTime(text, out ts) || TryOrdered(text, time, out ts) || (TryNamed(text, out date) && Finish(date, time, out ts)));
    }

    /// <summary>Takes a date that does not begin with its year apart: 1/31/2024, 31-01-24, 31.1.2024 9:30.</summary>
    internal static bool TrySplit(ReadOnlySpan<byte> text, out int first, out int second, out int year, out ReadOnlySpan<byte> rest, out byte separator)
    {
        (first, second, year, separator) = (0, 0, 0, 0);
        rest = text.Trim(" "u8);
        if (!Number(ref rest, 2, ref first) || rest.IsEmpty || rest[0] is not ((byte)'/' or (byte)'-' or (byte)'.'))
        {
            return false;
        }

        separator = rest[0];
        rest = rest[1..];
        if (!Number(ref rest, 2, ref second) || rest.IsEmpty || rest[0] != separator)
        {
            return false;
        }

        rest = rest[1..];
        var digits = rest.Length;
        var reads = Number(ref rest, 4, ref year);
        digits -= rest.Length;
        year += digits == 2 ? (year < 70 ? 2000 : 1900) : 0;

        // 24-01-02 may as well begin with the year
        return reads && (digits == 4 || (digits == 2 && separator != '-')) && year >= 1 && first is >= 1 and <= 31 && second is >= 1 and <= 31;
    }

    /// <summary>Whether a text is a moment in UTC, not the clock at some place: an epoch, or a time with Z or +00:00.</summary>
    internal static bool IsMoment(string text) =>
        text.Replace(".0", "", StringComparison.Ordinal) is { Length: >= 9 } digits && digits.All(char.IsAsciiDigit) && digits.Length is not (12 or 14)
        || (text.Length > 10 && (text.EndsWith('Z') || text.EndsWith("+00:00", StringComparison.Ordinal) || text.EndsWith("+0000", StringComparison.Ordinal)));

    private bool Finish(DateOnly date, ReadOnlySpan<byte> time, out long ts)
    {
        ts = Timestamp.Of(date);
        return interval.IsDaily || time.IsEmpty || (TryTimeOfDay(time, out var ticks) && ToUtc(date.ToDateTime(new TimeOnly(ticks)), out ts));
    }

    private bool ToUtc(DateTime local, out long ts)
    {
        ts = 0;
        if (zone is null)
        {
            ts = Timestamp.Of(new DateTimeOffset(local, TimeSpan.Zero));
            return true;
        }

        if (zone.IsInvalidTime(local))
        {
            return false; // the hour that a change to summer time leaves out
        }

        ts = Timestamp.Of(new DateTimeOffset(local, zone.GetUtcOffset(local)));
        return true;
    }

    // 2024-01-02T09:30:00Z, 2024-01-02 00:00:00-05:00, 20240102 09:30, 2024.01.02 09:30:00
    private bool TryYearFirstWithTime(ReadOnlySpan<byte> text, out long ts)
    {
        ts = 0;
        var length = text.Length > 10 && text[4] is (byte)'-' or (byte)'/' or (byte)'.' ? 10 : 8;
        if (text.Length <= length + 1 || text[length] is not ((byte)' ' or (byte)'T' or (byte)';') || !TryYearFirst(text[..length], out var date))
        {
            return false;
        }

        var time = text[(length + 1)..];
        if (TryTimeOfDay(time, out _))
        {
            return Finish(date, time, out ts);
        }

        if (!DateTimeOffset.TryParse($"{date:yyyy-MM-dd}T{Encoding.UTF8.GetString(time)}", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            return false;
        }

        var isUtc = zone is not null && moment.Offset == TimeSpan.Zero && time[^1] is (byte)'Z' or (byte)'0';
        ts = !interval.IsDaily ? Timestamp.Of(moment) : isUtc ? DayOf(Timestamp.Of(moment)) : Timestamp.Of(date);
        return true;
    }

    private bool TryOrdered(ReadOnlySpan<byte> text, ReadOnlySpan<byte> time, out long ts)
    {
        ts = 0;
        if (!TrySplit(text, out var first, out var second, out var year, out var rest, out var separator) || (separator != '.' && order == DateOrder.Unknown))
        {
            return false;
        }

        var (month, day) = order == DateOrder.MonthFirst ? (first, second) : (second, first);
        rest = rest.Trim(" "u8);
        return month <= 12 && day <= DateTime.DaysInMonth(year, month)
            && (rest.IsEmpty || TryTimeOfDay(rest, out _))
            && Finish(new DateOnly(year, month, day), rest.IsEmpty ? time : rest, out ts);
    }

    private static bool TryNamed(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        return text.ContainsAnyInRange((byte)'A', (byte)'z')
            && DateOnly.TryParseExact(Encoding.UTF8.GetString(text), WithMonthNames, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out date);
    }

    // 9:30, 09:30:00, 09:30:00.000, 093000, 0930, 09:30:00 AM
    private static bool TryTimeOfDay(ReadOnlySpan<byte> text, out long ticks)
    {
        text = text.Trim(" "u8);
        ticks = 0;
        var number = 0;
        if (text.Length is >= 1 and <= 6 && Digits(text, ref number))
        {
            var clock = text.Length <= 4 ? number * 100 : number;
            var (hour, minute, second) = (clock / 10000, clock / 100 % 100, clock % 100);
            ticks = new TimeSpan(hour, minute, second).Ticks;
            return hour < 24 && minute < 60 && second < 60;
        }

        var reads = TimeOnly.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, out var time) && text.Contains((byte)':');
        ticks = time.Ticks;
        return reads;
    }

    // by its digits: 10 seconds (9 before 2001), 13 milliseconds, 16 microseconds, 19 nanoseconds; 12 and 14 are a date and time
    private bool TryEpoch(ReadOnlySpan<byte> text, out long ts)
    {
        ts = 0;
        text = text.EndsWith(".0"u8) ? text[..^2] : text;
        if (text.Length is 12 or 14 && TryYearFirst(text[..8], out var date) && TryTimeOfDay(text[8..], out _))
        {
            return Finish(date, text[8..], out ts);
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        ts = text.Length switch
        {
            9 or 10 => number * 1_000_000,
            12 or 13 => number * 1_000,
            15 or 16 => number,
            18 or 19 => number / 1_000,
            _ => long.MinValue,
        };
        return ts != long.MinValue;
    }

    // midnight in UTC says the date; any other moment has the date at the place of the zone
    private long DayOf(long ts)
    {
        var local = zone is null || Modulo(ts) == 0 ? ts : ts + (zone.GetUtcOffset(DateTime.UnixEpoch.AddTicks(ts * TimeSpan.TicksPerMicrosecond)).Ticks / TimeSpan.TicksPerMicrosecond);
        return local - Modulo(local);
    }

    private static long Modulo(long ts) => ((ts % Timestamp.Day) + Timestamp.Day) % Timestamp.Day;

    // 2024-01-02, 2024/01/02, 2024.01.02 or 20240102
    private static bool TryYearFirst(ReadOnlySpan<byte> text, out DateOnly date)
    {
        var separated = text.Length == 10 && text[4] is (byte)'-' or (byte)'/' or (byte)'.' && text[7] == text[4];
        int year = 0, month = 0, day = 0;
        var reads = separated
            ? Digits(text[..4], ref year) && Digits(text.Slice(5, 2), ref month) && Digits(text.Slice(8, 2), ref day)
            : text.Length == 8 && Digits(text[..4], ref year) && Digits(text.Slice(4, 2), ref month) && Digits(text.Slice(6, 2), ref day);
        var real = reads && year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = real ? new DateOnly(year, month, day) : default;
        return real;
    }

    /// <summary>Reads leading digits, at most so many, and moves behind them.</summary>
    private static bool Number(ref ReadOnlySpan<byte> text, int most, ref int number)
    {
        var length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : text.Length;
        if (length == 0 || length > most || !Digits(text[..length], ref number))
        {
            return false;
        }

        text = text[length..];
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, ref int number)
    {
        foreach (var c in text)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = (number * 10) + c - '0';
        }

        return true;
    }
}
