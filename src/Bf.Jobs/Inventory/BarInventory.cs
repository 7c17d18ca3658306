using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Inventory;

/// <summary>The bars of one symbol: how many, from when to when, where from.</summary>
public sealed record SymbolInventory(string Symbol, long Bars, long FirstTs, long LastTs, string Sources);

/// <summary>A table of bars as a whole.</summary>
/// <param name="Interval">The bars' length.</param>
/// <param name="Bars">How many.</param>
/// <param name="Symbols">Of how many symbols.</param>
/// <param name="Dates">On how many dates (or times).</param>
/// <param name="FirstTs">The first, microseconds; null when there is none.</param>
/// <param name="LastTs">The last.</param>
/// <param name="Version">The table's version, -1 when it does not exist.</param>
/// <param name="Files">Its data files.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Quarantined">Rows in quarantine, of all imports.</param>
public sealed record BarSummary(string Interval, long Bars, long Symbols, long Dates, long? FirstTs, long? LastTs, long Version, int Files, long Bytes, long Quarantined);

/// <summary>How many symbols have a bar on each of the last dates.</summary>
public sealed record DateCoverage(long Ts, long Symbols);

/// <summary>What bars there are.</summary>
public static class BarInventory
{
    /// <summary>Each symbol's bars, by symbol.</summary>
    public static IReadOnlyList<SymbolInventory> Symbols(DataLake lake, Interval interval)
    {
        var table = lake.Bars(interval);
        var list = new List<SymbolInventory>();
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"SELECT symbol, count(*), min(ts), max(ts), string_agg(DISTINCT source, ', ' ORDER BY source) FROM {table.Relation(table.Load())} GROUP BY symbol ORDER BY symbol");
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                list.Add(new(rows.Text(0, i), rows.Column<long>(1)[i], rows.Column<long>(2)[i], rows.Column<long>(3)[i], rows.TextOrNull(4, i) ?? ""));
            }
        }

        return list;
    }

    /// <summary>The table as a whole.</summary>
    public static BarSummary Summary(DataLake lake, Interval interval)
    {
        var table = lake.Bars(interval);
        var snapshot = table.Load();
        var quarantine = lake.Table(Tables.Quarantine);
        using var connection = DuckDatabase.Connect();
        var quarantined = connection.Scalar($"SELECT count(*) FROM {quarantine.Relation(quarantine.Load())}");
        using var rows = connection.Query($"SELECT count(*), count(DISTINCT symbol), count(DISTINCT ts), min(ts), max(ts) FROM {table.Relation(snapshot)}");
        rows.Next();
        long Number(int c) => rows.Column<long>(c)[0];
        return new(interval.Name, Number(0), Number(1), Number(2), rows.IsNull(3, 0) ? null : Number(3), rows.IsNull(4, 0) ? null : Number(4),
            snapshot.Version, snapshot.Files.Count, snapshot.Files.Sum(f => f.Size), quarantined);
    }

    /// <summary>Symbols with a bar on each of the last dates, newest first.</summary>
    public static IReadOnlyList<DateCoverage> LastDates(DataLake lake, Interval interval, int count)
    {
        var table = lake.Bars(interval);
        var list = new List<DateCoverage>();
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Query($"SELECT ts, count(*) FROM {table.Relation(table.Load())} GROUP BY ts ORDER BY ts DESC LIMIT {count}");
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                list.Add(new(rows.Column<long>(0)[i], rows.Column<long>(1)[i]));
            }
        }

        return list;
    }
}
