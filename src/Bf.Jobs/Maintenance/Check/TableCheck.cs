using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Maintenance;

/// <summary><c>bf table check</c>: log, checkpoints, data files, statistics and keys of tables. It reads every byte and writes nothing.</summary>
public static class TableCheck
{
    /// <summary>Checks tables.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="tables">Their names; all when there are none.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="JobException">There is no such table.</exception>
    public static IReadOnlyList<CheckedTable> Run(DataLake lake, IReadOnlyList<string> tables, CancellationToken cancel = default) =>
        [.. LakeTables.Choose(lake, tables).Select(name => Check(lake, name, cancel).Result)];

    /// <summary>Checks one table; the log's part of it too, for who repairs.</summary>
    internal static (CheckedTable Result, LogCheck Log, List<AddFile> Broken) Check(DataLake lake, string name, CancellationToken cancel)
    {
        var log = new LogCheck(lake, name);
        var findings = log.Run();
        var broken = new List<AddFile>();
        var (version, files, rows) = ((long?)null, 0, 0L);
        try
        {
            var table = LakeTables.Open(lake, name);
            var snapshot = table.Load();
            using var connection = DuckDatabase.Connect(cancel);
            var check = new FileCheck(table, snapshot, connection);
            foreach (var file in snapshot.Files)
            {
                if (check.Problem(file) is { } problem)
                {
                    broken.Add(file);
                    findings.Add(Describe(name, file, problem));
                }
            }

            (version, files, rows) = (snapshot.Version, snapshot.Files.Count, check.Rows);
            if (broken.Count == 0 && Twice(table, snapshot, connection) is { } twice)
            {
                findings.Add(twice);
            }

            findings.AddRange(LyingAbout(lake, table, snapshot, log.EverAdded));
        }
        catch (DeltaException e)
        {
            if (findings.TrueForAll(f => f.Harmless))
            {
                findings.Add(new(name, "the table", e.Problem ?? e.Message, "its data files are not touched: another Delta reader may know more"));
            }
        }

        return (new(name, version, files, rows, findings), log, broken);
    }

    private static Finding Describe(string table, AddFile file, string problem)
    {
        var s = FileStatistics.Of(file);
        if (LakeTables.IsResult(table))
        {
            return new(table, file.Path, problem, $"its rows follow from the bars: bf table check {table} --repair takes it out, and the next bf signals generate computes them anew", Repair.Recompute);
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{s.Rows?.ToString("#,0", CultureInfo.InvariantCulture) ?? "its"} rows")
            + (s.MinText("symbol") is { } low && s.MaxText("symbol") is { } high ? $" of {low} to {high}" : "")
            + (s.MinTime("ts") is { } from && s.MaxTime("ts") is { } to ? $", {Timestamp.Format(from)} to {Timestamp.Format(to)}" : "");
        return new(table, file.Path, problem, $"put it back from a backup. Without one: bf table check {table} --drop-lost takes it out ({what})"
            + (LakeTables.IsBars(table) ? ", and importing those bars again brings them back" : ""), Repair.Drop);
    }

    private static Finding? Twice(DeltaTable table, Snapshot snapshot, DuckConnection connection)
    {
        if (table.Schema.Key.Length == 0)
        {
            return null;
        }

        var key = string.Join(", ", table.Schema.Key);
        using var rows = connection.Query($"SELECT count(*), CAST(any_value(k) AS VARCHAR) FROM (SELECT {{{string.Join(", ", table.Schema.Key.Select(k => $"'{k}': {k}"))}}} AS k FROM {table.Relation(snapshot)} GROUP BY ALL HAVING count(*) > 1)");
        rows.Next();
        var count = rows.Column<long>(0)[0];
        return count == 0 ? null : new(table.Schema.Name, $"the key ({key})", string.Create(CultureInfo.InvariantCulture, $"{count} keys stand there twice or more, as {rows.Text(1, 0)}"),
            $"another program wrote there: see which commit it was with bf table history {table.Schema.Name}, and undo it with bf table restore {table.Schema.Name} --to-version N");
    }

    private static IEnumerable<Finding> LyingAbout(DataLake lake, DeltaTable table, Snapshot snapshot, HashSet<string> everAdded)
    {
        var name = table.Schema.Name;
        const string Advice = "harmless; bf table vacuum removes it when it is old enough that no command can be at work on it";
        foreach (var leftover in TableFolder.Leftovers(lake, name))
        {
            yield return new(name, leftover.Path[(name.Length + 1)..], "was being written by a command that was killed, or is at work now", Advice, Harmless: true);
        }

        var known = everAdded.Concat(snapshot.Files.Select(f => f.Path)).Concat(snapshot.Removed.Select(f => f.Path)).Select(table.PlaceOf).ToHashSet(StringComparer.Ordinal);
        foreach (var file in TableFolder.DataFiles(lake, name).Where(f => f.Path.EndsWith(".parquet", StringComparison.Ordinal) && !known.Contains(lake.Store.PlaceOf(f.Path))))
        {
            yield return new(name, file.Path[(name.Length + 1)..], "belongs to no version: a command was killed before its commit, or is at work now", Advice, Harmless: true);
        }
    }
}
