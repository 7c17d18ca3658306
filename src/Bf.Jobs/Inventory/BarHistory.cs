using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Maintenance;

namespace Bf.Jobs.Inventory;

/// <summary>One change of the bars: when it came, from where, and what it did.</summary>
/// <param name="Version">The table's version that it made.</param>
/// <param name="When">When; null when the commit does not say.</param>
/// <param name="Operation">What was done.</param>
/// <param name="Source">Where the bars came from; null when the commit does not say.</param>
/// <param name="Run">The run.</param>
/// <param name="Command">Its command.</param>
/// <param name="Added">Bars that were new; null when nobody knows any more.</param>
/// <param name="Changed">Bars that got other values: a changed past.</param>
/// <param name="Removed">Bars that went.</param>
/// <param name="FirstTs">The first bar concerned, microseconds; null when not known.</param>
/// <param name="LastTs">The last.</param>
public sealed record BarArrival(
    long Version, DateTimeOffset? When, string Operation, string? Source, string? Run, string? Command, long? Added, long? Changed, long? Removed, long? FirstTs, long? LastTs);

/// <summary>How the bars came to be what they are, oldest change first: from the log and, for one symbol, from the files that each commit brought and took.</summary>
public static class BarHistory
{
    /// <summary>The changes of all bars, or of one symbol's.</summary>
    /// <exception cref="DeltaException">A log entry is damaged.</exception>
    public static IReadOnlyList<BarArrival> Read(DataLake lake, Interval interval, string? symbol = null)
    {
        var table = lake.Bars(interval);
        var commits = LogFolder.Of(lake, table.Schema.Name).Back(LakeTables.Log(lake, table.Schema.Name)).Where(c => c.ChangesData).Reverse();
        if (symbol is null)
        {
            return [.. commits.Select(Whole)];
        }

        using var connection = DuckDatabase.Connect();
        return [.. commits.Select(c => Of(table, connection, c, symbol)).OfType<BarArrival>()];
    }

    private static BarArrival Whole(Commit c)
    {
        var said = TableHistory.Describe(c);
        var files = c.Added.Select(FileStatistics.Of).ToList();
        var appended = c.Removed.Count == 0 && files.TrueForAll(f => f.MinTime("ts") is not null && f.MaxTime("ts") is not null);
        return Arrival(c, said.RowsAdded, said.RowsChanged, said.RowsRemoved, appended ? files.Min(f => f.MinTime("ts")) : null, appended ? files.Max(f => f.MaxTime("ts")) : null);
    }

    /// <summary>What a commit did to a symbol: its rows in the files that went against those in the files that came.</summary>
    private static BarArrival? Of(DeltaTable table, DuckConnection connection, Commit c, string symbol)
    {
        var came = c.Added.Where(f => FileStatistics.Of(f).MayHold("symbol", symbol)).ToList();
        var went = c.Removed.Select(r => new AddFile { Path = r.Path, Size = r.Size ?? 0, PartitionValues = r.PartitionValues ?? [] }).ToList();
        if (came.Concat(went).Any(f => !File.Exists(table.Locate(f))))
        {
            return came.Count > 0 ? Arrival(c, null, null, null, null, null) : null; // vacuumed since
        }

        const string Values = "open, high, low, close, adj_close, volume";
        string Rows(List<AddFile> files) => $"(SELECT ts, ({Values}) AS v FROM {table.Relation(new Snapshot(), files)} WHERE symbol = {DuckConnection.Quote(symbol)})";
        using var rows = connection.Query($"""
            WITH d AS (SELECT ts, n.v AS new, o.v AS old FROM {Rows(came)} n FULL JOIN {Rows(went)} o USING (ts) WHERE n.v IS DISTINCT FROM o.v)
            SELECT count(*) FILTER (old IS NULL), count(*) FILTER (old IS NOT NULL AND new IS NOT NULL), count(*) FILTER (new IS NULL), min(ts), max(ts) FROM d
            """);
        rows.Next();
        long At(int column) => rows.Column<long>(column)[0];
        return rows.IsNull(3, 0) ? null : Arrival(c, At(0), At(1), At(2), At(3), At(4));
    }

    private static BarArrival Arrival(Commit c, long? added, long? changed, long? removed, long? first, long? last) =>
        new(c.Version, c.When, c.Info.Operation ?? "?", c.Info.Parameters.GetValueOrDefault(CommitNote.Source), c.Run, c.Command ?? c.Info.EngineInfo, added, changed, removed, first, last);
}
