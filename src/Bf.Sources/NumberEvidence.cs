namespace Bf.Sources;

/// <summary>Learns from a file's numbers whether the comma or the point stands before the fraction.</summary>
internal sealed class NumberEvidence
{
    private string? _comma;
    private string? _point;
    private string? _open;

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
        else if (commas == 1)
        {
            if (text.Length - text.IndexOf(',') == 4)
            {
                _open ??= text; // 1,234 may be either
            }
            else
            {
                _comma ??= text;
            }
        }
        else if (points == 1 && text.Length - text.IndexOf('.') != 4)
        {
            _point ??= text;
        }
    }

    /// <summary>What the numbers say.</summary>
    /// <exception cref="FormatException">They say both, or can be read both ways.</exception>
    public NumberStyle Decide() => (_comma, _point, _open) switch
    {
        ({ } comma, { } point, _) => throw new FormatException($"numbers are written both ways, as in {comma} and {point}; say --decimal point or --decimal comma, and rows of the other kind go to quarantine"),
        ({ }, null, _) => NumberStyle.Comma,
        (null, { }, _) => NumberStyle.Point,
        (null, null, { } open) => throw new FormatException($"{open} can be read two ways; say --decimal point (thousands) or --decimal comma (a fraction)"),
        _ => NumberStyle.Plain,
    };

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
