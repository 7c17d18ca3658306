using System.Globalization;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Maintenance;

/// <summary>One version of a table.</summary>
/// <param name="Version">The version.</param>
/// <param name="When">When it was committed; null when the commit does not say.</param>
/// <param name="Operation">What was done: WRITE, MERGE, OPTIMIZE, ...</param>
/// <param name="Run">The run that did it, for commits of <c>bf</c>.</param>
/// <param name="Command">Its command.</param>
/// <param name="Source">Where bars came from.</param>
/// <param name="RowsAdded">Rows with a new key; for commits of others, rows of the added files.</param>
/// <param name="RowsChanged">Rows whose values changed; null when the commit does not say.</param>
/// <param name="RowsRemoved">Rows that went; null when the commit does not say.</param>
/// <param name="FilesAdded">Data files that came.</param>
/// <param name="FilesRemoved">Data files that went.</param>
/// <param name="Details">What else the commit says: symbols, versions.</param>
/// <param name="Engine">The program that committed.</param>
public sealed record TableVersion(
    long Version, DateTimeOffset? When, string Operation, string? Run, string? Command, string? Source, long? RowsAdded, long? RowsChanged, long? RowsRemoved,
    int FilesAdded, int FilesRemoved, IReadOnlyDictionary<string, string?> Details, string? Engine);

/// <summary><c>bf table history</c>: what each commit of a table did, newest first.</summary>
public static class TableHistory
{
    /// <summary>The versions of a table, newest first, as far back as the log goes.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="limit">At most so many.</param>
    /// <exception cref="JobException">There is no such table.</exception>
    /// <exception cref="DeltaException">A log entry is damaged.</exception>
    public static IReadOnlyList<TableVersion> Read(DataLake lake, string table, int limit = int.MaxValue)
    {
        LakeTables.Choose(lake, [table]);
        return [.. LogFolder.Of(lake, table).Back(LakeTables.Log(lake, table)).Take(limit).Select(Describe)];
    }

    /// <summary>What a commit says of itself, and what its actions say.</summary>
    internal static TableVersion Describe(Commit c) => new(
        c.Version, c.When, c.Info.Operation ?? "?", c.Run, c.Command, c.Info.Parameters.GetValueOrDefault(CommitNote.Source),
        Metric(c, CommitNote.Added) ?? RowsOf(c), Metric(c, CommitNote.Changed), Metric(c, CommitNote.Removed), c.Added.Count, c.Removed.Count,
        c.Info.Parameters.Where(p => p.Key is not (CommitNote.Run or CommitNote.Command or CommitNote.Arguments or CommitNote.Source or CommitNote.First or CommitNote.Last)).ToDictionary(StringComparer.Ordinal), c.Info.EngineInfo);

    private static long? Metric(Commit commit, string name) =>
        commit.Info.Metrics.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? RowsOf(Commit commit) =>
        commit.Added.Where(f => f.DataChange).Aggregate((long?)0, (sum, file) => sum + FileStatistics.Of(file).Rows);
}
