using System.Globalization;

namespace Bf.Jobs.Infra.Native;

/// <summary>The times of log lines, as the services and bf write them; a line without one is as old as the line before it.</summary>
internal static class LogTimes
{
    private static readonly (string Format, int Length)[] Local = [("'['yyyy-MM-dd HH:mm:ss", 20), ("'['yyyy-MM-dd'T'HH:mm:ss", 20), ("yy/MM/dd HH:mm:ss", 17)];

    /// <summary>The lines from a time on.</summary>
    public static IEnumerable<string> From(IReadOnlyList<string> lines, DateTimeOffset? since, TimeProvider clock)
    {
        if (since is not { } least)
        {
            return lines;
        }

        var (kept, take) = (new List<string>(), false);
        foreach (var line in lines)
        {
            take = Of(line, clock) is { } time ? time >= least : take;
            if (take)
            {
                kept.Add(line);
            }
        }

        return kept;
    }

    private static DateTimeOffset? Of(string line, TimeProvider clock)
    {
        foreach (var (format, length) in Local)
        {
            if (line.Length >= length && DateTime.TryParseExact(line.AsSpan(0, length), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            {
                return new DateTimeOffset(time, clock.LocalTimeZone.GetUtcOffset(time));
            }
        }

        return line.StartsWith(NativeLauncher.Mark, StringComparison.Ordinal) && DateTimeOffset.TryParse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture, out var began) ? began : null;
    }
}
