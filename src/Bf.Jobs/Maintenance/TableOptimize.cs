using System.Globalization;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Runs;

namespace Bf.Jobs.Maintenance;

/// <summary>What was done to one table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="FilesBefore">Data files before.</param>
/// <param name="FilesAfter">Data files afterwards.</param>
/// <param name="Rows">Rows written anew; 0 when the table lay well already.</param>
/// <param name="Version">The table's version afterwards.</param>
public sealed record OptimizedTable(string Table, int FilesBefore, int FilesAfter, long Rows, long Version);

/// <summary>
/// <c>bf table optimize</c>: bars as one file a calendar year, sorted by symbol and time; any other table as one file, sorted by its key.
/// The rows stay the same and the commit says so, so that an increment goes on from before it.
/// </summary>
public static class TableOptimize
{
    /// <summary>Optimizes tables.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="tables">Their names; all when there are none.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <param name="cancel">Ends the work; what was committed stays.</param>
    /// <exception cref="JobException">There is no such table.</exception>
    public static (string Run, IReadOnlyList<OptimizedTable> Tables) Run(DataLake lake, IReadOnlyList<string> tables, string arguments, CancellationToken cancel = default)
    {
        var names = LakeTables.Choose(lake, tables);
        return JobRun.Do(lake, "table optimize", arguments, run =>
        {
            var all = tables.Count == 0 || tables.Contains("all");
            OptimizedTable[] done = [.. names.Select(name => all ? OptimizeOrPass(run.Lake, name, cancel) : Optimize(run.Lake, name, cancel)).OfType<OptimizedTable>()];
            run.End(done.Sum(t => t.Rows));
            return (run.Id, done);
        });
    }

    /// <summary>Of all tables, one that only others can write does not keep the rest from being optimized.</summary>
    private static OptimizedTable? OptimizeOrPass(DataLake lake, string name, CancellationToken cancel)
    {
        try
        {
            return Optimize(lake, name, cancel);
        }
        catch (DeltaException e) when (!Features.AreKept(LakeTables.Log(lake, name).Load()))
        {
            Log.Warn($"{e.Message}; it is left as it is");
            return null;
        }
    }

    private static OptimizedTable Optimize(DataLake lake, string name, CancellationToken cancel)
    {
        using var connection = DuckDatabase.Connect(cancel);
        var table = LakeTables.Whole(lake, name);
        var before = 0;
        var rows = 0L;
        var after = table.Update(snapshot =>
        {
            before = snapshot.Files.Count;
            var change = LakeTables.IsBars(name) ? ByYear(table, connection, snapshot) : AsOne(table, connection, snapshot);
            rows = change?.Add.Sum(f => FileStatistics.Of(f).Rows ?? 0) ?? 0;
            return change is null ? null : Checked(table, connection, snapshot, change, rows);
        });
        return new(name, before, after.Files.Count, rows, after.Version);
    }

    private static Change? AsOne(DeltaTable table, DuckConnection connection, Snapshot snapshot)
    {
        if (snapshot.Files.Count <= 1)
        {
            return null;
        }

        var order = table.Schema.Key.Length == 0 ? "" : $" ORDER BY {string.Join(", ", table.Schema.Key)}";
        table.CheckUnharmed(snapshot.Files);
        return Replace(snapshot.Files, [table.WriteFile(connection, $"SELECT * FROM {table.Relation(snapshot)}{order}")]);
    }

    private static Change? ByYear(DeltaTable bars, DuckConnection connection, Snapshot snapshot)
    {
        var lone = snapshot.Files.GroupBy(BarLayout.YearOf).Where(y => y.Key is not null && y.Count() == 1).SelectMany(y => y).Where(BarLayout.IsMarked).ToHashSet();
        var astray = snapshot.Files.Where(f => !lone.Contains(f)).ToList();
        if (astray.Count == 0)
        {
            return null;
        }

        // a file over several years may hold rows of a year that has a file of its own
        var years = Years(bars, connection, snapshot, astray);
        astray.AddRange(lone.Where(f => years.Contains(BarLayout.YearOf(f)!.Value)));
        bars.CheckUnharmed(astray);
        var rows = bars.Relation(snapshot, astray);
        return Replace(astray, years.Select(year => BarLayout.Write(bars, connection, $"SELECT * FROM {rows} WHERE {BarLayout.InYear(year)}", BarLayout.Prefix(year))));
    }

    private static List<int> Years(DeltaTable bars, DuckConnection connection, Snapshot snapshot, List<AddFile> files)
    {
        var years = new List<int>();
        using var rows = connection.Query($"SELECT DISTINCT year(ts)::INTEGER FROM {bars.Relation(snapshot, files)} ORDER BY 1");
        while (rows.Next())
        {
            years.AddRange(rows.Column<int>(0));
        }

        return years;
    }

    private static Change Replace(IEnumerable<AddFile> old, IEnumerable<AddFile?> written)
    {
        var change = new Change("OPTIMIZE") { ChangesData = false, Holds = _ => true };
        change.Remove.AddRange(old);
        change.Add.AddRange(written.OfType<AddFile>());
        return change;
    }

    /// <summary>Rows without a year (no time) would be lost: what is written must be what was there.</summary>
    private static Change Checked(DeltaTable table, DuckConnection connection, Snapshot snapshot, Change change, long written)
    {
        var there = connection.Scalar($"SELECT count(*) FROM {table.Relation(snapshot, change.Remove)}");
        return written == there ? change : throw new JobException(
            string.Create(CultureInfo.InvariantCulture, $"{table.Place}: {written} rows would stand where {there} did, so nothing was changed; see what is wrong with: bf table check {table.Schema.Name}"));
    }
}
