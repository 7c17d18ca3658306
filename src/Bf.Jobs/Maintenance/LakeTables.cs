using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Maintenance;

/// <summary>The tables that lie in a lake, by name.</summary>
internal static class LakeTables
{
    private const string BarsPrefix = "bars_";

    /// <summary>The names of all tables, in order; a folder in which a first commit never came about is none.</summary>
    public static IReadOnlyList<string> Names(DataLake lake) =>
        [.. lake.Store.Folders("").Where(name => lake.Store.List($"{name}/_delta_log").Count > 0)];

    /// <summary>The tables of bars, in order.</summary>
    public static IEnumerable<string> Bars(DataLake lake) => Names(lake).Where(IsBars);

    /// <summary>Whether a table holds bars.</summary>
    public static bool IsBars(string table) => table.StartsWith(BarsPrefix, StringComparison.Ordinal);

    /// <summary>Whether a table's rows follow from other tables, so that losing them loses nothing.</summary>
    public static bool IsResult(string table) => table == Tables.Breadth.Name || table == Tables.Signals.Name || table == Tables.Thrusts.Name || table == Tables.State.Name;

    /// <summary>The tables that a command line names: these, or all for none or <c>all</c>.</summary>
    /// <exception cref="JobException">One is not there; the message lists those that are.</exception>
    public static IReadOnlyList<string> Choose(DataLake lake, IReadOnlyList<string> names)
    {
        var there = Names(lake);
        if (there.Count == 0)
        {
            throw new JobException($"there are no tables in {lake.Root}; bring some bars with: bf data import FILE");
        }

        return names.Count == 0 || names.Contains("all") ? there
            : names.FirstOrDefault(n => !there.Contains(n)) is { } unknown ? throw new JobException($"there is no table '{unknown}' in {lake.Root}; there are {string.Join(", ", there)}")
            : [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A table with the columns that we give it; with those that it has, when it is none of ours.</summary>
    public static DeltaTable Open(DataLake lake, string name) =>
        Schema(name) is { } schema ? lake.Table(schema) : Whole(lake, name);

    /// <summary>A table with all the columns that it has, also those that others gave it: for who writes its rows anew.</summary>
    public static DeltaTable Whole(DataLake lake, string name) =>
        lake.Table((Schema(name) ?? new TableSchema(name, [], [])).Whole(Log(lake, name).Load()));

    /// <summary>A table's log.</summary>
    public static DeltaLog Log(DataLake lake, string name) => new(lake.Store, name, lake.Clock);

    /// <summary>The columns that we give a table; null for a table of others.</summary>
    public static TableSchema? Schema(string name) =>
        Array.Find(Tables.Fixed, t => t.Name == name)
        ?? (IsBars(name) && Interval.TryParse(name[BarsPrefix.Length..], out var interval) ? Tables.Bars(interval) : null);
}
