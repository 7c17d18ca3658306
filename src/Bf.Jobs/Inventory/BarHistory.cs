using System.Globalization;
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
/// <param name="Arguments">Its command line; null when the commit does not say.</param>
/// <param name="Added">Bars that were new; null when nobody knows any more.</param>
/// <param name="Changed">Bars that got other values: a changed past.</param>
/// <param name="Removed">Bars that went.</param>
/// <param name="Symbols">Of how many symbols; null when not known.</param>
/// <param name="FirstTs">The first bar concerned, microseconds; null when not known.</param>
/// <param name="LastTs">The last.</param>
public sealed record BarArrival(
    long Version, DateTimeOffset? When, string Operation, string? Source, string? Run, string? Command, string? Arguments,
    long? Added, long? Changed, long? Removed, long? Symbols, long? FirstTs, long? LastTs);

/// <summary>How the bars came to be what they are, newest change first: from the log and, where that says too little, from the files that each commit brought and took.</summary>
public static class BarHistory
{
    /// <summary>The changes of all bars, or of one symbol's.</summary>
    /// <exception cref="DeltaException">A log entry is damaged.</exception>
    public static IReadOnlyList<BarArrival> Read(DataLake lake, Interval interval, string? symbol = null)
    {
        var table = lake.Bars(interval);
        var commits = LogFolder.Of(lake, table.Schema.Name).Back(LakeTables.Log(lake, table.Schema.Name)).Where(c => c.ChangesData);
        using var connection = DuckDatabase.Connect();
        return [.. commits.Select(c => symbol is null && Said(c) is { } said ? said : Seen(table, connection, c, symbol)).OfType<BarArrival>()];
    }

    /// <summary>What a commit says of itself; null when it says too little, as one that took files back, or another program's.</summary>
    private static BarArrival? Said(Commit c)
    {
        var said = TableHistory.Describe(c);
        return Date(CommitNote.First) is { } first && Date(CommitNote.Last) is { } last
            ? Arrival(c, said.RowsAdded, said.RowsChanged, said.RowsRemoved, long.TryParse(c.Info.Parameters.GetValueOrDefault(CommitNote.Symbols), CultureInfo.InvariantCulture, out var symbols) ? symbols : null, first, last)
            : null;

        long? Date(string name) => TimeOf(c.Info.Parameters.GetValueOrDefault(name));
    }

    /// <summary>What a commit did to a symbol, or to all: the rows in the files that went against those in the files that came.</summary>
    private static BarArrival? Seen(DeltaTable table, DuckConnection connection, Commit c, string? symbol)
    {
        var came = c.Added.Where(f => symbol is null || FileStatistics.Of(f).MayHold("symbol", symbol)).ToList();
        var went = c.Removed.Select(r => new AddFile { Path = r.Path, Size = r.Size ?? 0, PartitionValues = r.PartitionValues ?? [] }).ToList();
        if (came.Concat(went).Any(f => !table.Has(f.Path)))
        {
            return came.Count > 0 ? Arrival(c, null, null, null, null, null, null) : null; // vacuumed since
        }

        const string Values = "open, high, low, close, adj_close, volume";
        var which = symbol is null ? "" : $" WHERE symbol = {DuckConnection.Quote(symbol)}";
        string Rows(List<AddFile> files) => $"(SELECT symbol, ts, ({Values}) AS v FROM {table.Relation(new Snapshot(), files)}{which})";
        using var rows = connection.Query($"""
            WITH d AS (SELECT symbol, ts, n.v AS new, o.v AS old FROM {Rows(came)} n FULL JOIN {Rows(went)} o USING (symbol, ts) WHERE n.v IS DISTINCT FROM o.v)
            SELECT count(*) FILTER (old IS NULL), count(*) FILTER (old IS NOT NULL AND new IS NOT NULL), count(*) FILTER (new IS NULL), count(DISTINCT symbol), min(ts), max(ts) FROM d
            """);
        rows.Next();
        long At(int column) => rows.Column<long>(column)[0];
        return rows.IsNull(4, 0) ? null : Arrival(c, At(0), At(1), At(2), At(3), At(4), At(5));
    }

    private static BarArrival Arrival(Commit c, long? added, long? changed, long? removed, long? symbols, long? first, long? last) =>
        new(c.Version, c.When, c.Info.Operation ?? "?", c.Info.Parameters.GetValueOrDefault(CommitNote.Source), c.Run, c.Command ?? c.Info.EngineInfo, c.Info.Parameters.GetValueOrDefault(CommitNote.Arguments),
            added, changed, removed, symbols, first, last);

    private static long? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Timestamp.Of(time) : null;
}
