using System.Globalization;
using Bf.Core.Market;

namespace Bf.Jobs.Universes;

/// <summary>A symbol list: its name, where it lies, what its first comment says, and its universe.</summary>
public sealed record SymbolList(string Name, string Path, string About, Universe Universe);

/// <summary>
/// Symbol lists are CSV files: <c>symbol</c>, or <c>symbol,from,to</c> with membership intervals; lines that begin with # are comments.
/// They are looked for in <c>symbol-lists/</c> of the present folder, then of the program.
/// </summary>
public static class SymbolLists
{
    private const string Folder = "symbol-lists";

    /// <summary>All lists, by name.</summary>
    public static IReadOnlyList<SymbolList> All() =>
        [.. Folders().Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.csv"))
            .DistinctBy(f => Path.GetFileNameWithoutExtension(f), StringComparer.OrdinalIgnoreCase)
            .Select(Read).OrderBy(l => l.Name, StringComparer.Ordinal)];

    /// <summary>The list of a name, or of a file's path; null when there is none.</summary>
    /// <exception cref="JobException">The file is not what it should be; the message names the line.</exception>
    public static SymbolList? Find(string name)
    {
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && File.Exists(name))
        {
            return Read(name);
        }

        var file = name.AsSpan().ContainsAny('/', '\\') ? null : Folders().Select(f => Path.Combine(f, name + ".csv")).FirstOrDefault(File.Exists);
        return file is null ? null : Read(file);
    }

    private static IEnumerable<string> Folders() => [Path.GetFullPath(Folder), Path.Combine(AppContext.BaseDirectory, Folder)];

    private static SymbolList Read(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var about = "";
        var stays = new List<(string, Membership)>();
        var number = 0;
        foreach (var text in File.ReadLines(path))
        {
            number++;
            var line = text.Trim();
            if (line.StartsWith('#'))
            {
                about = about.Length == 0 ? line.TrimStart('#', ' ') : about;
            }
            else if (line.Length > 0 && !line.Split(',')[0].Trim().Equals("symbol", StringComparison.OrdinalIgnoreCase))
            {
                stays.Add(Stay(path, number, line.Split(',', StringSplitOptions.TrimEntries)));
            }
        }

        if (stays.Count == 0)
        {
            throw new JobException($"{path}: the list names no symbol");
        }

        try
        {
            return new(name, path, about, Universe.Of(name, stays.Distinct()));
        }
        catch (ArgumentException e)
        {
            throw new JobException($"{path}: {e.Message}");
        }
    }

    private static (string, Membership) Stay(string path, int line, string[] fields)
    {
        var symbol = Bar.Normalize(fields[0]);
        if (symbol.Length == 0 || fields.Length > 3)
        {
            throw new JobException($"{path} line {line}: write symbol, or symbol,from,to");
        }

        return (symbol, new Membership(Date(1, long.MinValue), Date(2, long.MaxValue)));

        long Date(int field, long missing) =>
            fields.Length <= field || fields[field].Length == 0 ? missing
            : DateOnly.TryParseExact(fields[field], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Timestamp.Of(date)
            : throw new JobException($"{path} line {line}: '{fields[field]}' is no date like 2024-01-31");
    }
}
