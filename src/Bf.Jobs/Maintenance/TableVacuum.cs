using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.Store;
using Bf.Jobs.Runs;

namespace Bf.Jobs.Maintenance;

/// <summary>What a vacuum took, or would take, from one table.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Files">The files, by path below the lake's root.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="TooYoung">Files that no version needs, but that are too young to go: a commit under way may have written them.</param>
public sealed record VacuumedTable(string Table, IReadOnlyList<string> Files, long Bytes, int TooYoung);

/// <summary>
/// <c>bf table vacuum</c>: removes data files that no version of the last hours needs, and what killed commands left behind.
/// Nothing goes that is younger than the retention, since a commit under way may be about to name it.
/// </summary>
public static class TableVacuum
{
    /// <summary>The retention that is safe beside other readers and writers, in hours: Delta's own, a week.</summary>
    public const double SafeHours = 168;

    /// <summary>Vacuums tables.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="tables">Their names; all when there are none.</param>
    /// <param name="hours">Versions that were current within so many hours stay readable.</param>
    /// <param name="dryRun">Whether to say only what would go.</param>
    /// <param name="arguments">The command line, for the table <c>runs</c>.</param>
    /// <exception cref="JobException">There is no such table.</exception>
    /// <exception cref="DeltaException">A log can't be read: then nothing of its table goes.</exception>
    public static (string? Run, IReadOnlyList<VacuumedTable> Tables) Run(DataLake lake, IReadOnlyList<string> tables, double hours, bool dryRun, string arguments)
    {
        var names = LakeTables.Choose(lake, tables);
        var cutoff = lake.Clock.GetUtcNow() - TimeSpan.FromHours(hours);
        if (dryRun)
        {
            return (null, [.. names.Select(name => Look(lake, name, cutoff).Result)]);
        }

        return JobRun.Do(lake, "table vacuum", arguments, run =>
        {
            VacuumedTable[] done = [.. names.Select(name => Remove(run.Lake, name, cutoff))];
            run.End(0);
            return (run.Id, done);
        });
    }

    private static VacuumedTable Remove(DataLake lake, string name, DateTimeOffset cutoff)
    {
        var (result, files) = Look(lake, name, cutoff);
        foreach (var file in files)
        {
            lake.Store.DeleteOlder(file.Path, cutoff);
        }

        return result;
    }

    private static (VacuumedTable Result, IReadOnlyList<StoredObject> Files) Look(DataLake lake, string name, DateTimeOffset cutoff)
    {
        // the files are listed before the log is read: what is committed between the two is too young to go anyway
        StoredObject[] there = [.. TableFolder.DataFiles(lake, name), .. TableFolder.Leftovers(lake, name)];
        var needed = Needed(lake, name, cutoff);
        var unneeded = there.Where(f => !needed.Contains(lake.Store.PlaceOf(f.Path))).ToList();
        var old = unneeded.Where(f => f.Modified < cutoff).ToList();
        return (new(name, [.. old.Select(f => f.Path)], old.Sum(f => f.Size), unneeded.Count - old.Count), old);
    }

    /// <summary>The files of every version that was current after a moment.</summary>
    private static HashSet<string> Needed(DataLake lake, string name, DateTimeOffset cutoff)
    {
        var table = LakeTables.Open(lake, name);
        var snapshot = table.Load();
        var since = cutoff.ToUnixTimeMilliseconds();
        // checkpoints forget removed files after a week, so that the entries are asked as well
        var removed = LogFolder.Of(lake, name).Back(LakeTables.Log(lake, name)).TakeWhile(c => c.When is not { } when || when >= cutoff).SelectMany(c => c.Removed);
        var late = snapshot.Removed.Concat(removed).Where(r => r.DeletionTimestamp is not { } at || at >= since).ToList();
        var vectors = snapshot.Files.Select(f => f.DeletionVector).Concat(late.Select(r => r.DeletionVector)).Select(v => v?.FileOf(name)).OfType<string>();
        return [.. snapshot.Files.Select(f => table.PlaceOf(f.Path)), .. late.Select(r => table.PlaceOf(r.Path)), .. vectors.Select(lake.Store.PlaceOf)];
    }
}
