namespace Bf.Sources;

/// <summary>Learns from a file's numbers whether the comma or the point stands before the fraction.</summary>
internal sealed class NumberEvidence
{
    private string? _comma;
    private string? _point;
    private string? _openComma;
    private string? _openPoint;

    /// <summary>Looks at one more number.</summary>
    public void Add(string text)
    {
        text = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '\u2019'))); // 1 234,50 and 1'234.50
        if (text.Length == 0 || !text.All(c => char.IsAsciiDigit(c) || c is ',' or '.' or '-' or '+' or '$'))
        {
            return;
        }

        var (commas, points) = (text.Count(c => c == ','), text.Count(c => c == '.'));
        if (commas > 0 && points > 0)
        {
            Note(text.LastIndexOf(',') > text.LastIndexOf('.'), text);
        }
        else if (commas + points > 1)
        {
            Note(points > 1, text); // what stands twice separates thousands
        }
        else if (commas + points == 1 && !MayBeThousands(text))
        {
            Note(commas == 1, text);
        }
        else
        {
            _openComma ??= commas == 1 ? text : null;
            _openPoint ??= points == 1 ? text : null;
        }
    }

    /// <summary>What the numbers say.</summary>
    /// <param name="commaIsLikely">Whether a point may separate thousands: where semicolons separate fields, since commas may not.</param>
    /// <exception cref="FormatException">They say both, or can be read both ways.</exception>
    public NumberStyle Decide(bool commaIsLikely) => (_comma, _point, _openComma ?? (commaIsLikely ? _openPoint : null)) switch
    {
        ({ } comma, { } point, _) => throw new FormatException($"numbers are written both ways, as in {comma} and {point}; say --decimal point or --decimal comma, and rows of the other kind go to quarantine"),
        ({ }, null, _) => NumberStyle.Comma,
        (null, { }, _) => NumberStyle.Point,
        (null, null, { } open) => throw new FormatException($"{open} can be read two ways, as thousands or with a fraction; say --decimal point or --decimal comma"),
        _ => NumberStyle.Plain,
    };

    // 1,234 may be either; 0,234 and 1234,567 have a fraction
    private static bool MayBeThousands(string text)
    {
        var digits = text.TrimStart('-', '+', '$');
        return digits.IndexOfAny([',', '.']) is >= 1 and <= 3 and var at && digits.Length - at == 4 && digits[0] != '0';
    }

    private void Note(bool comma, string text)
    {
        if (comma)
        {
            _comma ??= text;
        }
        else
        {
            _point ??= text;
        }
    }
}
