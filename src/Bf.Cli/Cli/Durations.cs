using System.Globalization;

namespace Bf.Cli;

/// <summary>Lengths of time as options have them: 500ms, 8s, 2m, 1h; a number alone is seconds.</summary>
internal static class Durations
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("", TimeSpan.FromSeconds(1)),
    ];

    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    /// <summary>Reads a length of time; null where the option is not given.</summary>
    /// <exception cref="UsageException">The text is none.</exception>
    public static TimeSpan? ParseOrNull(string option, string? text) => text is null ? null : Parse(option, text);

    /// <summary>Reads a length of time, above nothing and up to a day.</summary>
    /// <exception cref="UsageException">The text is none.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        foreach (var (unit, length) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal) && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count > 0 && count <= Most / length)
            {
                return count * length;
            }
        }

        throw new UsageException($"{option}: '{text}' is no length of time; write 500ms, 8s, 2m or 1h, up to a day");
    }
}
