using System.Globalization;
using System.Text.RegularExpressions;

namespace Bf.Sources.Counts;

/// <summary>Reads whole numbers as published tables write them: 1234, 1,234, 1 234, 1234.0; in a file with semicolons also 1.234 and 1234,0.</summary>
internal static partial class CountNumber
{
    // below this a fraction says that the number is in thousands or millions: rounding would lose what it says
    private const decimal LeastWithFraction = 1000;

    private static readonly string[] NotGiven = ["", "-", "null", "nan", "n/a", "na", "none"];

    /// <summary>Reads a number; null when the field says that there is none.</summary>
    /// <param name="text">The field.</param>
    /// <param name="commaIsDecimal">Whether a comma may stand before decimals, and a point between thousands.</param>
    /// <param name="fractions">Whether a large number's fraction is rounded, half away from zero; else it is refused.</param>
    /// <param name="number">The number.</param>
    /// <returns>False when the field is no number.</returns>
    public static bool TryRead(string text, bool commaIsDecimal, bool fractions, out long? number)
    {
        number = null;
        text = text.Trim();
        if (NotGiven.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        if ((commaIsDecimal ? ContinentalGroups() : Groups()).IsMatch(text))
        {
            text = Marks().Replace(text, "");
        }

        var point = commaIsDecimal ? text.Replace(',', '.') : text;
        if (!decimal.TryParse(point, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || Math.Abs(value) > 9.2e18m
            || (value != Math.Truncate(value) && (!fractions || Math.Abs(value) < LeastWithFraction)))
        {
            return false;
        }

        number = (long)Math.Round(value, MidpointRounding.AwayFromZero);
        return true;
    }

    // one mark throughout; one point alone is taken for a decimal one where commas separate fields
    [GeneratedRegex(@"^[+-]?\d{1,3}(?:(?<mark>[, '_\u00a0\u202f])\d{3}(?:\k<mark>\d{3})*|\.\d{3}(?:\.\d{3})+)$")]
    private static partial Regex Groups();

    [GeneratedRegex(@"^[+-]?\d{1,3}(?<mark>[. '_\u00a0\u202f])\d{3}(?:\k<mark>\d{3})*$")]
    private static partial Regex ContinentalGroups();

    [GeneratedRegex(@"[,. '_\u00a0\u202f]")]
    private static partial Regex Marks();
}
