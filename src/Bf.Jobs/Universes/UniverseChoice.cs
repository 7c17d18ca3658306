using Bf.Core.Market;
using Bf.Jobs.Counts;
using Bf.Jobs.Lake;

namespace Bf.Jobs.Universes;

/// <summary>Finds the universes that a command's options name.</summary>
public static class UniverseChoice
{
    /// <summary>The universe of at most one of the three options; every symbol of the lake when none is given.</summary>
    /// <param name="universe">A name: all, a symbol list's, a group's of one, or that of imported counts.</param>
    /// <param name="symbolList">A symbol list's name, or a group's of one.</param>
    /// <param name="symbols">Symbols, separated by commas.</param>
    /// <param name="lake">Where imported counts are.</param>
    /// <exception cref="JobException">Several are given, or the name is not known.</exception>
    public static Universe Of(string? universe, string? symbolList, string? symbols, Func<DataLake> lake)
    {
        CheckOne(universe, symbolList, symbols);
        return symbols is not null ? OfSymbols(symbols) : Named(symbolList ?? universe ?? Universe.All.Name, lake);
    }

    /// <summary>
    /// The universes of at most one of the three options, for a command that takes several: <paramref name="universe"/> may name some,
    /// separated by commas, and a list with groups stands for itself and each of its groups. Each comes once, in the order named.
    /// </summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyList<Universe> Several(string? universe, string? symbolList, string? symbols, Func<DataLake> lake)
    {
        CheckOne(universe, symbolList, symbols);
        if (universe is null)
        {
            return [Of(null, symbolList, symbols, lake)];
        }

        var names = Parts(universe);
        if (names.Length == 0)
        {
            throw new JobException("--universe names no universe; write --universe all,dow30");
        }

        var found = new List<Universe>();
        foreach (var name in names)
        {
            var one = Named(name, lake);
            var family = one.IsAll || one.IsCounts ? [one] : SymbolLists.Family(name);
            found.AddRange(family.Where(u => !found.Exists(f => f.Name == u.Name)));
        }

        return found;
    }

    /// <summary>The names that a universe can be chosen by: all, symbol lists and their groups, imported counts.</summary>
    public static IReadOnlyList<string> Names(DataLake lake) =>
        [Universe.All.Name, .. SymbolLists.All().SelectMany(l => l.Family).Select(u => u.Name), .. CountUniverses.Names(lake)];

    /// <summary>The universe of a name as it stands in the tables: all, a symbol list's, a group's of one, or symbols separated by commas.</summary>
    public static Universe Stored(string name) => name == Universe.All.Name ? Universe.All : SymbolLists.FindUniverse(name) ?? OfSymbols(name);

    private static void CheckOne(string? universe, string? symbolList, string? symbols)
    {
        if ((universe is null ? 0 : 1) + (symbolList is null ? 0 : 1) + (symbols is null ? 0 : 1) > 1)
        {
            throw new JobException("give one of --universe, --symbol-list and --symbols, not several");
        }
    }

    private static Universe Named(string name, Func<DataLake> lake)
    {
        if (name == Universe.All.Name)
        {
            return Universe.All;
        }

        var counts = CountUniverses.Find(lake(), name);
        return SymbolLists.FindUniverse(name) is not { } list ? counts ?? throw Unknown(name, lake())
            : counts is null ? list
            : throw new JobException($"'{name}' is a symbol list ({SymbolLists.Find(name)?.Path}) and imported counts; rename the list's file");
    }

    private static Universe OfSymbols(string symbols)
    {
        var list = Split(symbols).Select(Bar.Normalize).Where(s => s.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        return list.Count > 0
            ? Universe.Of(string.Join(',', list.Select(s => s.Contains(',', StringComparison.Ordinal) ? $"\"{s}\"" : s)), list)
            : throw new JobException("--symbols names no symbol; write --symbols AAPL,MSFT");
    }

    private static string[] Parts(string names) => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The parts between commas; a symbol that holds one stands in quotes.</summary>
    private static IEnumerable<string> Split(string symbols) =>
        symbols.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(','));

    private static JobException Unknown(string name, DataLake lake)
    {
        var known = Names(lake);
        if (Parts(name).Where(p => known.Contains(p, StringComparer.OrdinalIgnoreCase)).ToList() is [_, ..] several && name.Contains(',', StringComparison.Ordinal))
        {
            return new($"'{name}' names several universes, and one is wanted here: {string.Join(" or ", several.Select(s => $"--universe {s}"))}. Only bf signals generate takes several");
        }

        var cut = name.LastIndexOf('/');
        if (cut > 0 && SymbolLists.Find(name[..cut]) is { } list)
        {
            return new(list.Groups.Count == 0 ? $"the symbol list {list.Name} has no groups; write --universe {list.Name}"
                : $"the symbol list {list.Name} has no group '{name[(cut + 1)..]}'. There are {string.Join(", ", list.Groups.Select(g => g.Universe.Name))}");
        }

        var alike = known.Where(k => k.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(k, StringComparison.OrdinalIgnoreCase)).ToList();
        var near = alike.Where(k => k.IndexOf('/', StringComparison.Ordinal) is not (> 0 and var i) || !alike.Contains(k[..i])).ToList(); // a list stands for its groups
        return new($"no universe or symbol list '{name}'. {(near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"There are {string.Join(", ", known.Where(k => !k.Contains('/', StringComparison.Ordinal)))}.")} Or name symbols with --symbols AAPL,MSFT");
    }
}
