using System.Text.RegularExpressions;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Universes;
using Bf.Sources.Files;

namespace Bf.Jobs.Counts;

/// <summary>The universes that imported counts make: names in lower case, so that none is taken for symbols.</summary>
public static partial class CountUniverses
{
    /// <summary>The names of those in the lake, ascending.</summary>
    public static IReadOnlyList<string> Names(DataLake lake)
    {
        var table = lake.Table(Tables.Counts);
        var snapshot = table.Load();
        if (snapshot.Files.Count == 0)
        {
            return [];
        }

        using var connection = DuckDatabase.Connect();
        return [.. connection.CountBy($"SELECT universe, count(*) FROM {table.Relation(snapshot)} GROUP BY universe").Keys];
    }

    /// <summary>The universe of a name, in any case; null when there are no counts of it.</summary>
    public static Universe? Find(DataLake lake, string name)
    {
        var known = name.ToLowerInvariant();
        return Names(lake).Contains(known, StringComparer.Ordinal) ? Universe.OfCounts(known) : null;
    }

    /// <summary>The name that an import gives: the one asked for, or the file's.</summary>
    /// <exception cref="JobException">It is no name of a universe of counts, or belongs to another universe.</exception>
    public static string NameFor(string? asked, string file)
    {
        var name = (asked ?? OtherSigns().Replace(DataFile.Stem(file), "-").Trim('-')).ToLowerInvariant();
        return !Good().IsMatch(name) ? throw new JobException($"'{asked ?? Path.GetFileName(file)}' gives no name of a universe; write --universe NAME with a letter first, then letters, digits, - and _")
            : name == Universe.All.Name ? throw new JobException($"universe {name} is every symbol of the lake; name the counts otherwise with --universe NAME")
            : SymbolLists.Find(name) is { } list ? throw new JobException($"universe {name} is the symbol list {list.Path}; name the counts otherwise with --universe NAME")
            : name;
    }

    [GeneratedRegex("[^A-Za-z0-9_]+")]
    private static partial Regex OtherSigns();

    [GeneratedRegex("^[a-z][a-z0-9_-]*$")]
    private static partial Regex Good();
}
