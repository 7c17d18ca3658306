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
    /// <summary>Reads the time of a bar; a daily bar keeps only the date that is written down, whatever its zone.</summary>
    /// <param name="text">The date, perhaps with a time.</param>
    /// <param name="time">The time of the day, where it stands in a column of its own; else empty.</param>
    /// <param name="ts">Microseconds since 1970-01-01 UTC.</param>
    public bool TryParse(ReadOnlySpan<byte> text, ReadOnlySpan<byte> time, out long ts)
    {
        text = text.Trim(" "u8);
        if (DateText.TryYearFirst(text, out var date))
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
            && (TryYearFirstWithTime(text, out ts) || TryOrdered(text, time, out ts) || (DateText.TryNamed(text, out date) && Finish(date, time, out ts)));
    }

    private bool Finish(DateOnly date, ReadOnlySpan<byte> time, out long ts)
    {
        ts = Timestamp.Of(date);
        return interval.IsDaily || time.IsEmpty || (DateText.TryTimeOfDay(time, out var ticks) && ToUtc(date.ToDateTime(new TimeOnly(ticks)), out ts));
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
        if (text.Length <= length + 1 || text[length] is not ((byte)' ' or (byte)'T' or (byte)';') || !DateText.TryYearFirst(text[..length], out var date))
        {
            return false;
        }

        var time = text[(length + 1)..];
        if (DateText.TryTimeOfDay(time, out _))
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
        if (!DateText.TrySplit(text, out var first, out var second, out var year, out var rest, out var separator) || (separator != '.' && order == DateOrder.Unknown))
        {
            return false;
        }

        var (month, day) = order == DateOrder.MonthFirst ? (first, second) : (second, first);
        rest = rest.Trim(" "u8);
        return month <= 12 && day <= DateTime.DaysInMonth(year, month)
            && (rest.IsEmpty || DateText.TryTimeOfDay(rest, out _))
            && Finish(new DateOnly(year, month, day), rest.IsEmpty ? time : rest, out ts);
    }

    // by its digits: 10 seconds (9 before 2001), 13 milliseconds, 16 microseconds, 19 nanoseconds; 12 and 14 are a date and time
    private bool TryEpoch(ReadOnlySpan<byte> text, out long ts)
    {
        ts = 0;
        text = text.EndsWith(".0"u8) ? text[..^2] : text;
        if (text.Length is 12 or 14 && DateText.TryYearFirst(text[..8], out var date) && DateText.TryTimeOfDay(text[8..], out _))
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
}
