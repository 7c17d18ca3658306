using Bf.Core.Market;

namespace Bf.Jobs.Universes;

/// <summary>
/// The symbol lists: files NAME.csv in <c>symbol-lists/</c> of the present folder, then of the program; or any file by its path.
/// A list with groups is a family of universes: <c>sectors</c>, <c>sectors/energy</c>, ...
/// </summary>
public static class SymbolLists
{
    private const string Folder = "symbol-lists";

    /// <summary>All lists, by name.</summary>
    public static IReadOnlyList<SymbolList> All() =>
        [.. Folders().Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*.csv"))
            .DistinctBy(f => Path.GetFileNameWithoutExtension(f), StringComparer.OrdinalIgnoreCase)
            .Select(SymbolListFile.Read).OrderBy(l => l.Name, StringComparer.Ordinal)];

    /// <summary>The list of a name, or of a file's path; null when there is none.</summary>
    /// <exception cref="JobException">The file is not what it should be; the message names the line.</exception>
    public static SymbolList? Find(string name)
    {
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && File.Exists(name))
        {
            return SymbolListFile.Read(name);
        }

        var file = name.Length == 0 || name.AsSpan().ContainsAny('/', '\\') ? null : Folders().Select(f => Path.Combine(f, name + ".csv")).FirstOrDefault(File.Exists);
        return file is null ? null : SymbolListFile.Read(file);
    }

    /// <summary>The universe of a list, or of one of its groups: <c>dow30</c>, <c>sectors/energy</c>; null when there is none.</summary>
    /// <exception cref="JobException">The file is not what it should be.</exception>
    public static Universe? FindUniverse(string name)
    {
        if (Find(name) is { } list)
        {
            return list.Universe;
        }

        var cut = name.LastIndexOf('/');
        return cut < 0 ? null : Find(name[..cut])?.Groups.FirstOrDefault(g => g.Universe.Name.AsSpan().EndsWith(name.AsSpan(cut), StringComparison.OrdinalIgnoreCase))?.Universe;
    }

    /// <summary>All universes of a list: itself, then its groups; of a group, itself; none when there is no such name.</summary>
    /// <exception cref="JobException">The file is not what it should be.</exception>
    public static IReadOnlyList<Universe> Family(string name) =>
        Find(name)?.Family ?? (FindUniverse(name) is { } universe ? [universe] : []);

    private static IEnumerable<string> Folders() => [Path.GetFullPath(Folder), Path.Combine(AppContext.BaseDirectory, Folder)];
}
