using System.Globalization;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Runs;

namespace Bf.Jobs.Maintenance;

/// <summary>A run that a restore undoes.</summary>
public sealed record UndoneRun(string Run, string? Command, DateTimeOffset? When);

/// <summary>What a restore did, or would do, to one table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="From">Its version before.</param>
/// <param name="To">The version whose content it has again; -1 for none, as before its first commit.</param>
/// <param name="RowsBefore">Its rows before.</param>
/// <param name="RowsAfter">Its rows afterwards.</param>
/// <param name="Undone">The runs whose changes go, oldest first.</param>
/// <param name="Version">Its version afterwards: a new one, unless it had that content already.</param>
public sealed record RestoredTable(string Table, long From, long To, long? RowsBefore, long? RowsAfter, IReadOnlyList<UndoneRun> Undone, long Version);

/// <summary>
/// <c>bf table restore</c>: a new commit that gives a table the content of an older version. Nothing is lost by it: what it undoes is
/// still in the history, and can be restored in turn.
/// </summary>
public static class TableRestore
{
    /// <summary>Gives a table the content of an older version.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="version">The version.</param>
    /// <param name="dryRun">Whether to say only what would happen.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <exception cref="JobException">There is no such table, or a file of that version is gone; the message names it.</exception>
    /// <exception cref="DeltaException">There is no such version.</exception>
    public static (string? Run, IReadOnlyList<RestoredTable> Tables) ToVersion(DataLake lake, string table, long version, bool dryRun, string arguments)
    {
        LakeTables.Choose(lake, [table]);
        return Restore(lake, [(table, version)], dryRun, arguments);
    }

    /// <summary>
    /// Undoes a run: bars, counts, quarantine and what sources were asked for get the content that they had before its first commit. Later runs that changed the same
    /// tables are undone with it. Results are not touched: the next <c>bf signals generate</c> computes them from the bars.
    /// </summary>
    /// <exception cref="JobException">The run changed no such table, or a file that is needed is gone; the message names it.</exception>
    public static (string? Run, IReadOnlyList<RestoredTable> Tables) BeforeRun(DataLake lake, string run, bool dryRun, string arguments)
    {
        var sources = LakeTables.Names(lake).Where(n => LakeTables.IsBars(n) || n == Tables.Quarantine.Name || n == Tables.Counts.Name || n == Tables.Fetches.Name).ToList();
        var targets = sources.Select(name => (Name: name, First: FirstOf(lake, name, run))).Where(t => t.First is not null).Select(t => (t.Name, t.First!.Value - 1)).ToList();
        return targets.Count > 0 ? Restore(lake, targets, dryRun, arguments) : throw new JobException(
            LakeTables.Names(lake).Any(name => FirstOf(lake, name, run) is not null)
                ? $"run {run} changed no bars, only results; those are computed anew with: bf signals generate --force-recalculate"
                : $"no commit of run '{run}' in {string.Join(", ", sources.DefaultIfEmpty("the lake"))}; see the runs with: bf table history bars_1d");
    }

    private static long? FirstOf(DataLake lake, string table, string run) =>
        LogFolder.Of(lake, table).Back(LakeTables.Log(lake, table)).LastOrDefault(c => c.Run == run)?.Version;

    private static (string? Run, IReadOnlyList<RestoredTable> Tables) Restore(DataLake lake, IReadOnlyList<(string Table, long Version)> targets, bool dryRun, string arguments)
    {
        // all are looked at before the first is changed: a file that is gone stops them all
        RestoredTable[] looks = [.. targets.Select(t => Look(lake, t.Table, t.Version))];
        if (dryRun)
        {
            return (null, looks);
        }

        return JobRun.Do(lake, "table restore", arguments, run =>
        {
            RestoredTable[] done = [.. looks.Select(look => look with { Version = Commit(run.Lake, look.Table, look.To) })];
            run.End(done.Sum(t => Math.Abs((t.RowsAfter - t.RowsBefore) ?? 0)));
            return (run.Id, done);
        });
    }

    private static RestoredTable Look(DataLake lake, string name, long version)
    {
        var table = LakeTables.Whole(lake, name);
        var (now, then) = (table.Load(), At(table, version));
        CheckThere(table, version, Missing(then, now));
        var undone = LogFolder.Of(lake, name).Back(LakeTables.Log(lake, name)).TakeWhile(c => c.Version > version).Where(c => c.ChangesData && c.Run is not null)
            .Reverse().DistinctBy(c => c.Run).Select(c => new UndoneRun(c.Run!, c.Command, c.When));
        return new(name, now.Version, version, Rows(now), Rows(then), [.. undone], now.Version);
    }

    private static long Commit(DataLake lake, string name, long version)
    {
        var table = LakeTables.Whole(lake, name);
        var then = At(table, version);
        List<AddFile> back = [];
        var restored = table.Update(now =>
        {
            back = Missing(then, now);
            MakeYoung(lake, table, back);
            CheckThere(table, version, back);
            var gone = Missing(now, then);
            var settings = then.MetaData is { } old && (old.SchemaString != now.MetaData!.SchemaString || !old.PartitionColumns.SequenceEqual(now.MetaData.PartitionColumns)) ? old : null;
            if (back.Count + gone.Count == 0 && settings is null)
            {
                return null;
            }

            var change = new Change("RESTORE") { MetaData = settings, Parameters = { ["version"] = version.ToString(CultureInfo.InvariantCulture) } };
            change.Add.AddRange(back);
            change.Remove.AddRange(gone);
            // progress that came later is not true of this content: what was not there yet is undone by a number that fits nothing
            change.Txns.AddRange(now.Txns.Select(t => t with { Version = then.TxnOf(t.AppId) ?? -1 }));
            return change;
        });
        CheckThere(table, version, back); // another engine's vacuum does not look at their age again
        return restored.Version;
    }

    /// <summary>A vacuum that is at work may have found the files to be old and needed by no version: it leaves alone what became young since.</summary>
    private static void MakeYoung(DataLake lake, DeltaTable table, List<AddFile> files) =>
        files.ForEach(f => lake.Store.MakeYoung(DataPath.Resolve(table.Schema.Name, f.Path), lake.Clock.GetUtcNow()));

    private static Snapshot At(DeltaTable table, long version) => version < 0 ? new Snapshot() : table.Load(version);

    private static List<AddFile> Missing(Snapshot of, Snapshot from) => [.. of.Files.Where(f => !from.Has(f))];

    private static void CheckThere(DeltaTable table, long version, IEnumerable<AddFile> files)
    {
        if (files.FirstOrDefault(f => !table.Has(f.Path)) is { } gone)
        {
            throw new JobException($"{table.Place} can't be restored to version {version}: its file {table.PlaceOf(gone.Path)} is gone (vacuumed, perhaps). Put it back from a backup, or restore to a later version: bf table history {table.Schema.Name}");
        }
    }

    private static long? Rows(Snapshot snapshot) => snapshot.Files.Aggregate((long?)0, (sum, file) => sum + FileStatistics.Of(file).Rows);
}
