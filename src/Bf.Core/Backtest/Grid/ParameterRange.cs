using System.Globalization;

namespace Bf.Core.Backtest.Grid;

/// <summary>The values of a parameter as a command line has them: <c>5..24</c>, <c>5..24:2</c>, <c>5,10,20</c>, or these mixed.</summary>
public static class ParameterRange
{
    /// <summary>The most values of one parameter.</summary>
    public const int Most = 10_000;

    /// <summary>The values, in the order given. A range holds its ends; where the step does not meet the upper one, it stops before it.</summary>
    /// <exception cref="FormatException">The text is no such list, a value occurs twice, or there are more than <see cref="Most"/>.</exception>
    public static decimal[] Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var values = new List<decimal>();
        foreach (var part in text.Split(','))
        {
            var dots = part.IndexOf("..", StringComparison.Ordinal);
            if (dots < 0)
            {
                values.Add(Number(part, text));
                continue;
            }

            var colon = part.IndexOf(':', dots);
            var from = Number(part[..dots], text);
            var to = Number(colon < 0 ? part[(dots + 2)..] : part[(dots + 2)..colon], text);
            var step = colon < 0 ? 1 : Number(part[(colon + 1)..], text);
            if (step <= 0 || to < from)
            {
                throw new FormatException($"'{part}' is no range: it goes up, FROM..TO or FROM..TO:STEP with a step above 0");
            }

            if ((to - from) / step >= Most)
            {
                throw new FormatException($"'{part}' has more than {Most} values");
            }

            for (var value = from; value <= to; value += step)
            {
                values.Add(value);
            }
        }

        return values.Count > Most ? throw new FormatException($"'{text}' has more than {Most} values")
            : values.Distinct().Count() < values.Count ? throw new FormatException($"'{text}' names a value twice")
            : [.. values];
    }

    private static decimal Number(string part, string text) =>
        decimal.TryParse(part.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000
            ? number
            : throw new FormatException($"'{text}' is no list of values; write 5..24, 5..24:2 or 5,10,20");
}
