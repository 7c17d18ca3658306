using System.Globalization;
using Bf.Core.Market;

namespace Bf.Core.Exchange;

/// <summary>
/// Times in messages. Written as 2018-01-02T14:30:00Z, with a fraction where there is one. Read are ISO-8601 with any zone (none is UTC) and with or without
/// seconds, a date, 20180102, and seconds, milli-, micro- or nanoseconds since 1970, told apart by their size.
/// </summary>
internal static class MessageTime
{
    /// <summary>The length of a written time without fraction.</summary>
    public const int OwnLength = 20;

    private static readonly long First = Timestamp.Of(DateOnly.MinValue);
    private static readonly long Last = Timestamp.Of(DateOnly.MaxValue) + Timestamp.Day - 1;

    /// <summary>Writes a time.</summary>
    /// <returns>How many bytes: at most 27.</returns>
    public static int Write(Span<byte> to, long ts)
    {
        var time = Timestamp.ToMoment(ts).UtcDateTime;
        var (date, clock) = (DateOnly.FromDateTime(time), time.TimeOfDay);
        PutTwo(to, 0, date.Year / 100);
        PutTwo(to, 2, date.Year % 100);
        PutTwo(to, 5, date.Month);
        PutTwo(to, 8, date.Day);
        PutTwo(to, 11, clock.Hours);
        PutTwo(to, 14, clock.Minutes);
        PutTwo(to, 17, clock.Seconds);
        (to[4], to[7], to[10], to[13], to[16]) = ((byte)'-', (byte)'-', (byte)'T', (byte)':', (byte)':');
        var length = OwnLength - 1;
        if ((int)(clock.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond) is > 0 and var micros)
        {
            to[19] = (byte)'.';
            PutTwo(to, 20, micros / 10_000);
            PutTwo(to, 22, micros / 100 % 100);
            PutTwo(to, 24, micros % 100);
            length += 7;
        }

        to[length] = (byte)'Z';
        return length + 1;
    }

    /// <summary>Reads what begins with 2018-01-02T14:30:00Z.</summary>
    public static bool TryReadOwn(ReadOnlySpan<byte> text, out long ts)
    {
        ts = 0;
        return text.Length >= OwnLength && text[10] == 'T' && text[19] == 'Z' && TryDate(text, out ts) && TryClock(text[11..], ref ts);
    }

    /// <summary>Reads a time of any known form.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long ts)
    {
        text = text.Trim(" "u8);
        return TryIso(text, out ts) || TryNumber(text, out ts);
    }

    private static bool TryIso(ReadOnlySpan<byte> text, out long ts)
    {
        if (!TryDate(text, out ts))
        {
            return false;
        }

        text = text[10..];
        if (text.IsEmpty)
        {
            return true;
        }

        long micros = 0;
        if (text.Length < 6 || text[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || !Two(text, 1, 23, out var hour) || text[3] != ':' || !Two(text, 4, 59, out var minute))
        {
            return false;
        }

        var second = 0;
        text = text[6..];
        if (text.Length > 0 && text[0] == ':')
        {
            if (!Two(text, 1, 59, out second))
            {
                return false;
            }

            text = text[3..];
            if (!TakeFraction(ref text, out micros))
            {
                return false;
            }
        }

        if (!TryZone(text, out var offset))
        {
            return false;
        }

        ts += ((((hour * 60L) + minute - offset) * 60) + second) * 1_000_000 + micros;
        return ts >= First && ts <= Last;
    }

    // digits beyond the sixth are cut
    private static bool TakeFraction(ref ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.IsEmpty || text[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var digits = 1;
        for (long unit = 100_000; digits < text.Length && (uint)(text[digits] - '0') <= 9; digits++, unit /= 10)
        {
            micros += (text[digits] - '0') * unit;
        }

        text = text[digits..];
        return digits > 1;
    }

    /// <param name="text">Nothing, Z, +05, +0530 or +05:30.</param>
    /// <param name="minutes">East of Greenwich.</param>
    private static bool TryZone(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.IsEmpty || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
        {
            return true;
        }

        var rest = 0;
        if (text[0] is not ((byte)'+' or (byte)'-') || !Two(text, 1, 18, out var hours)
            || !(text.Length == 3 || (text.Length == 5 && Two(text, 3, 59, out rest)) || (text.Length == 6 && text[3] == ':' && Two(text, 4, 59, out rest))))
        {
            return false;
        }

        minutes = (text[0] == '-' ? -1 : 1) * ((hours * 60) + rest);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> text, out long ts)
    {
        ts = 0;
        if (text.Length == 8 && TwoDigits(text, 0) is >= 0 and var century && TwoDigits(text, 2) is >= 0 and var year && TwoDigits(text, 4) is > 0 and <= 12 and var month && TwoDigits(text, 6) is > 0 and var day)
        {
            return TryDays((century * 100) + year, month, day, out ts);
        }

        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var micros = Math.Abs(number) switch { < 1e11m => number * 1_000_000, < 1e14m => number * 1_000, < 1e17m => number, _ => number / 1_000 };
        if (micros < First || micros > Last)
        {
            return false;
        }

        ts = (long)Math.Floor(micros);
        return true;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out long ts)
    {
        ts = 0;
        return text.Length >= 10 && text[4] == '-' && text[7] == '-'
            && TwoDigits(text, 0) is >= 0 and var century && TwoDigits(text, 2) is >= 0 and var year && TwoDigits(text, 5) is > 0 and <= 12 and var month && TwoDigits(text, 8) is > 0 and var day
            && TryDays((century * 100) + year, month, day, out ts);
    }

    private static bool TryDays(int year, int month, int day, out long ts)
    {
        var known = year > 0 && (day <= 28 || day <= DateTime.DaysInMonth(year, month));
        ts = known ? Timestamp.Of(new DateOnly(year, month, day)) : 0;
        return known;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, ref long ts)
    {
        if (!Two(text, 0, 23, out var hour) || text[2] != ':' || !Two(text, 3, 59, out var minute) || text[5] != ':' || !Two(text, 6, 59, out var second))
        {
            return false;
        }

        ts += ((((hour * 60L) + minute) * 60) + second) * 1_000_000;
        return true;
    }

    private static void PutTwo(Span<byte> to, int at, int number) => (to[at], to[at + 1]) = ((byte)('0' + (number / 10)), (byte)('0' + (number % 10)));

    private static bool Two(ReadOnlySpan<byte> text, int at, int most, out int number) => (number = text.Length >= at + 2 ? TwoDigits(text, at) : -1) >= 0 && number <= most;

    private static int TwoDigits(ReadOnlySpan<byte> text, int at)
    {
        var (tens, ones) = ((uint)(text[at] - '0'), (uint)(text[at + 1] - '0'));
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -1;
    }
}
