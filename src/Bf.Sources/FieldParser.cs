using System.Globalization;
using Bf.Core.Market;

namespace Bf.Sources;

/// <summary>Reads the fields of text files: dates, prices, volumes.</summary>
public static class FieldParser
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "yyyyMMdd", "yyyy/MM/dd"];

    /// <summary>Reads a time: an ISO date or date and time (UTC unless it says otherwise), or 20240102. A daily bar keeps only the date.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, Interval interval, out long ts)
    {
        text = text.Trim();
        if (DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            ts = Timestamp.Of(date);
            return true;
        }

        if (text.Length >= 12 && char.IsAsciiDigit(text[0]) && text[4] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var time))
        {
            // a daily bar's date is the one written down, whatever its zone
            ts = interval.IsDaily ? Timestamp.Of(DateOnly.FromDateTime(time.DateTime)) : Timestamp.Of(time);
            return true;
        }

        ts = 0;
        return false;
    }

    /// <summary>Reads a price. What is no number at all is refused; whether the number makes sense is for <see cref="BarRules"/>.</summary>
    public static bool TryPrice(ReadOnlySpan<char> text, out double price) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out price);

    /// <summary>Reads a volume; a fraction is rounded half away from zero.</summary>
    public static bool TryVolume(ReadOnlySpan<char> text, out long volume)
    {
        text = text.Trim();
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out volume))
        {
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && TryVolume(number, out volume);
    }

    /// <summary>A volume given as a double, rounded half away from zero; false when it is not finite or beyond 63 bits.</summary>
    public static bool TryVolume(double number, out long volume)
    {
        var rounded = Math.Round(number, MidpointRounding.AwayFromZero);
        volume = double.IsFinite(rounded) && Math.Abs(rounded) < 9.2e18 ? (long)rounded : 0;
        return double.IsFinite(rounded) && Math.Abs(rounded) < 9.2e18;
    }
}
