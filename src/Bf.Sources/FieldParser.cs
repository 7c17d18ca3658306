using System.Globalization;
using Bf.Core.Market;

namespace Bf.Sources;

/// <summary>Reads numbers of text files, as UTF-8.</summary>
public static class FieldParser
{
    private const int Longest = 64;

    /// <summary>Reads a price. What is no number at all is refused; whether the number makes sense is for <see cref="BarRules"/>.</summary>
    public static bool TryPrice(ReadOnlySpan<byte> text, out double price, NumberStyle style = NumberStyle.Plain)
    {
        if (style != NumberStyle.Comma && double.TryParse(text.Trim(" "u8), NumberStyles.Float, CultureInfo.InvariantCulture, out price))
        {
            return true;
        }

        Span<byte> plain = stackalloc byte[Longest];
        return TryPlain(text, style, plain, out var length, out _) & double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out price) && length > 0;
    }

    /// <summary>Reads a volume; a fraction is rounded half away from zero; 82.49M and the like are millions.</summary>
    public static bool TryVolume(ReadOnlySpan<byte> text, out long volume, NumberStyle style = NumberStyle.Plain)
    {
        if (style != NumberStyle.Comma && Volumes.TryParse(text.Trim(" "u8), out volume))
        {
            return true;
        }

        Span<byte> plain = stackalloc byte[Longest];
        volume = 0;
        return TryPlain(text, style, plain, out var length, out var unit) && Volumes.TryParse(plain[..length], out volume, unit);
    }

    /// <summary>Whether a field says that there is no value: nothing, null, NaN, N/A or a dash.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" "u8);
        return text.Length switch
        {
            0 => true,
            1 => text[0] == '-',
            2 => text.SequenceEqual("NA"u8) || text.SequenceEqual("--"u8) || text.SequenceEqual("\\N"u8),
            3 => System.Text.Ascii.EqualsIgnoreCase(text, "nan"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "n/a"u8),
            4 => System.Text.Ascii.EqualsIgnoreCase(text, "null"u8) || System.Text.Ascii.EqualsIgnoreCase(text, "none"u8),
            _ => false,
        };
    }

    /// <summary>Writes a number in the plain style: without currency sign, thousands and unit. False when it is none.</summary>
    private static bool TryPlain(ReadOnlySpan<byte> text, NumberStyle style, Span<byte> plain, out int length, out long unit)
    {
        (length, unit) = (0, 1);
        text = text.Trim(" $"u8);
        if (text.Length is 0 or > Longest)
        {
            return false;
        }

        text = WithPlainSpaces(text);
        unit = (text[^1] | 0x20) switch { 'k' => 1_000, 'm' => 1_000_000, 'b' => 1_000_000_000, _ => 1 };
        text = unit == 1 ? text : text[..^1];
        var point = style == NumberStyle.Comma ? (byte)',' : (byte)'.';
        var whole = text.IndexOf(point) is >= 0 and var at ? text[..at] : text;
        if (!AreGroups(whole, style))
        {
            return false;
        }

        foreach (var c in whole)
        {
            if (!IsGroupSeparator(c, style))
            {
                plain[length++] = c;
            }
        }

        var fraction = text[whole.Length..];
        if (!fraction.IsEmpty)
        {
            plain[length++] = (byte)'.';
            fraction[1..].CopyTo(plain[length..]);
            length += fraction.Length - 1;
        }

        return length > 0;
    }

    // spaces that don't break the line, thin ones, and the typographic apostrophe
    private static ReadOnlySpan<byte> WithPlainSpaces(ReadOnlySpan<byte> text)
    {
        if (System.Text.Ascii.IsValid(text))
        {
            return text;
        }

        var plain = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text[i..];
            var (at, width) = rest.StartsWith("\u00A0"u8) ? ((byte)' ', 2)
                : rest.StartsWith("\u202F"u8) || rest.StartsWith("\u2009"u8) ? ((byte)' ', 3)
                : rest.StartsWith("\u2019"u8) ? ((byte)'\'', 3)
                : (text[i], 1);
            plain[length++] = at;
            i += width - 1;
        }

        return plain.AsSpan(0, length);
    }

    // thousands come in threes, or not at all
    private static bool AreGroups(ReadOnlySpan<byte> whole, NumberStyle style)
    {
        var inGroup = -1; // -1 before the first separator
        for (var i = 0; i < whole.Length; i++)
        {
            if (IsGroupSeparator(whole[i], style))
            {
                // 12,34,567 in India: pairs before the last three
                if (!(inGroup is -1 or 3 || (inGroup == 2 && style == NumberStyle.Point)) || i == 0)
                {
                    return false;
                }

                inGroup = 0;
            }
            else if (inGroup >= 0 && ++inGroup > 3)
            {
                return false;
            }
        }

        return inGroup is -1 or 3;
    }

    private static bool IsGroupSeparator(byte c, NumberStyle style) => style switch
    {
        NumberStyle.Point => c is (byte)',' or (byte)'\'' or (byte)' ',
        NumberStyle.Comma => c is (byte)'.' or (byte)'\'' or (byte)' ',
        _ => false,
    };
}
