using System.Globalization;

namespace Bf.Sources;

/// <summary>Learns from a file's dates such as 01/13/2024 whether the month or the day comes first: one number above 12 tells.</summary>
internal sealed class DateEvidence
{
    private string? _monthFirst;
    private string? _dayFirst;
    private string? _open;
    private string? _dotted; // 02.01.2024 has the day first, unless another date with dots says otherwise

    /// <summary>Whether there are dates that do not begin with the year, and none has told.</summary>
    public bool IsOpen => _open is not null && _monthFirst is null && _dayFirst is null;

    /// <summary>Whether a date has told that the month comes first.</summary>
    public bool HasMonthFirst => _monthFirst is not null;

    /// <summary>Looks at one more date.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        if (!DateText.TrySplit(text, out var first, out var second, out _, out _, out var separator))
        {
            return;
        }

        if (first > 12 && second <= 12)
        {
            _dayFirst ??= System.Text.Encoding.UTF8.GetString(text);
        }
        else if (second > 12 && first <= 12)
        {
            _monthFirst ??= System.Text.Encoding.UTF8.GetString(text);
        }
        else if (first <= 12 && first != second && separator == '.')
        {
            _dotted ??= System.Text.Encoding.UTF8.GetString(text);
        }
        else if (first <= 12 && _open is null && first != second)
        {
            _open = System.Text.Encoding.UTF8.GetString(text);
        }
    }

    /// <summary>What the dates say.</summary>
    /// <exception cref="FormatException">They say both, or can be read both ways.</exception>
    public DateOrder Decide() => (_monthFirst, _monthFirst?.Contains('.', StringComparison.Ordinal) == false ? _dayFirst ?? _dotted : _dayFirst, _open) switch
    {
        ({ } us, { } other, _) => throw new FormatException($"dates are written both ways, as in {us} and {other}; say --dates mdy or --dates dmy, and rows of the other kind go to quarantine"),
        ({ }, null, _) => DateOrder.MonthFirst,
        (null, { }, _) => DateOrder.DayFirst,
        (null, null, { } open) => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{open} can be read two ways, and no date of the file tells which; say --dates mdy (month first) or --dates dmy")),
        _ => _dotted is not null ? DateOrder.DayFirst : DateOrder.MonthFirst, // 05/05/2024 is the same both ways
    };
}
