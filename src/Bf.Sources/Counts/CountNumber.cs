namespace Bf.Sources.Counts;

/// <summary>Reads whole numbers as published tables write them: 1234, 1,234, 1 234, 1234.0, 1.2B; in a file with semicolons also 1.234 and 1234,0.</summary>
internal static class CountNumber
{
    // below this a fraction says that the number is in thousands or millions: rounding would lose what it says
    private const long LeastWithFraction = 1000;

    private static readonly NumberStyle[] PointFirst = [NumberStyle.Point, NumberStyle.Comma];
    private static readonly NumberStyle[] CommaFirst = [NumberStyle.Comma, NumberStyle.Point];

    /// <summary>Reads a number; null when the field says that there is none.</summary>
    /// <param name="text">The field.</param>
    /// <param name="commaIsDecimal">Whether a comma stands before decimals, and a point between thousands, where it can be read so.</param>
    /// <param name="fractions">Whether a large number's fraction is rounded, half away from zero; else it is refused.</param>
    /// <param name="number">The number.</param>
    /// <returns>False when the field is no number.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, bool commaIsDecimal, bool fractions, out long? number)
    {
        number = null;
        if (FieldParser.IsMissing(text))
        {
            return true;
        }

        foreach (var style in commaIsDecimal ? CommaFirst : PointFirst)
        {
            if (FieldParser.TryVolume(text, out var whole, style) && FieldParser.TryPrice(text, out var exact, style))
            {
                number = whole;
                return exact == Math.Truncate(exact) || (fractions && Math.Abs(whole) >= LeastWithFraction);
            }
        }

        return false;
    }
}
