using System.Globalization;

namespace Bf.Core.Market;

/// <summary>Volumes are whole numbers; a fraction is rounded half away from zero.</summary>
public static class Volumes
{
    /// <summary>Reads a volume; false when the text is no number, or beyond 63 bits.</summary>
    /// <param name="text">The number, as UTF-8.</param>
    /// <param name="volume">The volume.</param>
    /// <param name="unit">What the number counts, such as thousands.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long volume, long unit = 1)
    {
        if (unit == 1 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out volume))
        {
            return true;
        }

        // exact, where a double would lose digits
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 9.2e18m)
        {
            var rounded = Math.Round(number * unit, MidpointRounding.AwayFromZero);
            var fits = Math.Abs(rounded) < 9.2e18m;
            volume = fits ? (long)rounded : 0;
            return fits;
        }

        volume = 0;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var large) && TryRound(large * unit, out volume);
    }

    /// <summary>A volume given as a double; false when it is not finite or beyond 63 bits.</summary>
    public static bool TryRound(double number, out long volume)
    {
        var rounded = Math.Round(number, MidpointRounding.AwayFromZero);
        var fits = Math.Abs(rounded) < 9.2e18;
        volume = fits ? (long)rounded : 0;
        return fits;
    }
}
