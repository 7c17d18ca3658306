using System.Globalization;
using System.Text;

namespace Bf.Sources;

/// <summary>The forms in which people write dates and times of the day, as UTF-8.</summary>
internal static class DateText
{
    private static readonly string[] WithMonthNames = ["MMM d, yyyy", "d MMM yyyy", "d-MMM-yyyy", "d-MMM-yy", "MMMM d, yyyy", "d MMMM yyyy", "yyyy-MMM-dd", "ddMMMyyyy"];

    /// <summary>Reads 2024-01-02, 2024/01/02, 2024.01.02 or 20240102.</summary>
    public static bool TryYearFirst(ReadOnlySpan<byte> text, out DateOnly date)
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

    /// <summary>Takes a date that does not begin with its year apart: 1/31/2024, 31-01-24, 31.1.2024 9:30.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, out int first, out int second, out int year, out ReadOnlySpan<byte> rest, out byte separator)
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
    public static bool IsMoment(string text) =>
        text.Replace(".0", "", StringComparison.Ordinal) is { Length: >= 9 } digits && digits.All(char.IsAsciiDigit) && digits.Length is not (12 or 14)
        || (text.Length > 10 && (text.EndsWith('Z') || text.EndsWith("+00:00", StringComparison.Ordinal) || text.EndsWith("+0000", StringComparison.Ordinal)));

    /// <summary>Reads Jan 31, 2024 and the like.</summary>
    public static bool TryNamed(ReadOnlySpan<byte> text, out DateOnly date)
    {
        date = default;
        return text.ContainsAnyInRange((byte)'A', (byte)'z')
            && DateOnly.TryParseExact(Encoding.UTF8.GetString(text), WithMonthNames, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out date);
    }

    /// <summary>Reads a time of the day: 9:30, 09:30:00, 09:30:00.000, 093000, 0930, 09:30:00 AM.</summary>
    public static bool TryTimeOfDay(ReadOnlySpan<byte> text, out long ticks)
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
