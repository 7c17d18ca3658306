using System.Globalization;
using System.Text;
using Bf.Core.Market;

namespace Bf.Sources;

/// <summary>Reads the fields of text files, as UTF-8: dates, prices, volumes.</summary>
public static class FieldParser
{
    /// <summary>Reads a time: an ISO date or date and time (UTC unless it says otherwise), or 20240102. A daily bar keeps only the date.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, Interval interval, out long ts)
    {
        text = text.Trim(" "u8);
        ts = 0;
        if (TryDate(text, out var date))
        {
            ts = Timestamp.Of(date);
            return true;
        }

        if (text.Length is < 12 or > 40 || !TryDate(text[..10], out date)
            || !DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return false;
        }

        // a daily bar's date is the one written down, whatever its zone
        ts = interval.IsDaily ? Timestamp.Of(date) : Timestamp.Of(time);
        return true;
    }

    /// <summary>Reads a price. What is no number at all is refused; whether the number makes sense is for <see cref="BarRules"/>.</summary>
    public static bool TryPrice(ReadOnlySpan<byte> text, out double price) =>
        double.TryParse(text.Trim(" "u8), NumberStyles.Float, CultureInfo.InvariantCulture, out price);

    /// <summary>Reads a volume; a fraction is rounded half away from zero.</summary>
    public static bool TryVolume(ReadOnlySpan<byte> text, out long volume)
    {
        text = text.Trim(" "u8);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out volume)
            || (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && TryVolume(number, out volume))
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var large) && TryVolume(large, out volume));
    }

    // exact, where a double would lose digits
    private static bool TryVolume(decimal number, out long volume)
    {
        var rounded = Math.Round(number, MidpointRounding.AwayFromZero);
        var fits = Math.Abs(rounded) < 9.2e18m;
        volume = fits ? (long)rounded : 0;
        return fits;
    }

    /// <summary>A volume given as a double, rounded half away from zero; false when it is not finite or beyond 63 bits.</summary>
    public static bool TryVolume(double number, out long volume)
    {
        var rounded = Math.Round(number, MidpointRounding.AwayFromZero);
        var fits = Math.Abs(rounded) < 9.2e18;
        volume = fits ? (long)rounded : 0;
        return fits;
    }

    // 2024-01-02, 2024/01/02 or 20240102
    private static bool TryDate(ReadOnlySpan<byte> text, out DateOnly date)
    {
        var separated = text.Length == 10 && text[4] is (byte)'-' or (byte)'/' && text[7] == text[4];
        int year = 0, month = 0, day = 0;
        var reads = separated
            ? Digits(text[..4], ref year) && Digits(text.Slice(5, 2), ref month) && Digits(text.Slice(8, 2), ref day)
            : text.Length == 8 && Digits(text[..4], ref year) && Digits(text.Slice(4, 2), ref month) && Digits(text.Slice(6, 2), ref day);
        var real = reads && year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
        date = real ? new DateOnly(year, month, day) : default;
        return real;
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
