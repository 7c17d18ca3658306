using Bf.Core.Market;
using Bf.Jobs.Counts;
using Bf.Jobs.Lake;

namespace Bf.Jobs.Universes;

/// <summary>Finds the universe that a command's options name.</summary>
public static class UniverseChoice
{
    /// <summary>The universe of at most one of the three options; every symbol of the lake when none is given.</summary>
    /// <param name="universe">A name: all, a symbol list's, or that of imported counts.</param>
    /// <param name="symbolList">A symbol list's name.</param>
    /// <param name="symbols">Symbols, separated by commas.</param>
    /// <param name="lake">Where imported counts are.</param>
    /// <exception cref="JobException">Several are given, or the name is not known.</exception>
    public static Universe Of(string? universe, string? symbolList, string? symbols, Func<DataLake> lake)
    {
        if (new[] { universe, symbolList, symbols }.Count(o => o is not null) > 1)
        {
            throw new JobException("give one of --universe, --symbol-list and --symbols, not several");
        }

        return symbols is not null ? OfSymbols(symbols) : Named(symbolList ?? universe ?? Universe.All.Name, lake);
    }

    /// <summary>The names that a universe can be chosen by: all, symbol lists, imported counts.</summary>
    public static IReadOnlyList<string> Names(DataLake lake) => [Universe.All.Name, .. SymbolLists.All().Select(l => l.Name), .. CountUniverses.Names(lake)];

    /// <summary>The universe of a name as it stands in the tables: all, a symbol list's, or symbols separated by commas.</summary>
    public static Universe Stored(string name) => name == Universe.All.Name ? Universe.All : SymbolLists.Find(name)?.Universe ?? OfSymbols(name);

    private static Universe Named(string name, Func<DataLake> lake)
    {
        if (name == Universe.All.Name)
        {
            return Universe.All;
        }

        var counts = CountUniverses.Find(lake(), name);
        return SymbolLists.Find(name) is not { } list ? counts ?? throw Unknown(name, lake())
            : counts is null ? list.Universe
            : throw new JobException($"'{name}' is a symbol list ({list.Path}) and imported counts; rename the list's file");
    }

    private static Universe OfSymbols(string symbols)
    {
        var list = Split(symbols).Select(Bar.Normalize).Where(s => s.Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        return list.Count > 0
            ? Universe.Of(string.Join(',', list.Select(s => s.Contains(',', StringComparison.Ordinal) ? $"\"{s}\"" : s)), list)
            : throw new JobException("--symbols names no symbol; write --symbols AAPL,MSFT");
    }

    /// <summary>The parts between commas; a symbol that holds one stands in quotes.</summary>
    private static IEnumerable<string> Split(string symbols) =>
        symbols.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Split(','));

    private static JobException Unknown(string name, DataLake lake)
    {
        var known = Names(lake);
        var near = known.Where(k => k.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(k, StringComparison.OrdinalIgnoreCase)).ToList();
        return new($"no universe or symbol list '{name}'. {(near.Count > 0 ? $"Did you mean {string.Join(" or ", near)}?" : $"There are {string.Join(", ", known)}.")} Or name symbols with --symbols AAPL,MSFT");
    }
}
