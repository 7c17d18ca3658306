using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Counts;

/// <summary>How many dates of an import were new, replaced others, or stood there already.</summary>
internal readonly record struct CountsUpserted(long Added, long Changed, long Unchanged, long Version);

/// <summary>
/// Puts staged counts into the table <c>counts</c> by upsert on (universe, interval, ts). What a file does not give stays as it was, so
/// that advances and volumes may come in two files. The table is small: where a date changes, it is written anew.
/// </summary>
internal static class CountCommit
{
    private const int MostFiles = 16;
    private static readonly string[] Optional = ["unch", "up_vol", "down_vol", "nh252", "nl252"];

    /// <summary>Commits the connection's table <c>counted</c>.</summary>
    public static CountsUpserted Run(DataLake lake, DuckConnection connection, string universe, Interval interval, string run)
    {
        var counts = default(CountsUpserted);
        var table = lake.Table(Tables.Counts);
        var snapshot = table.Update(before =>
        {
            Compare(connection, table.Relation(before), universe, interval, run);
            var added = connection.Scalar("SELECT count(*) FROM diff WHERE NOT known");
            var changed = connection.Scalar("SELECT count(*) FROM diff WHERE known");
            counts = new(added, changed, connection.Scalar("SELECT count(*) FROM counted") - added - changed, before.Version);
            if (added + changed == 0)
            {
                return null;
            }

            var change = new Change(changed > 0 ? "MERGE" : "WRITE") { Rows = new(added, changed, 0), Parameters = { ["universe"] = universe } };
            var rows = $"SELECT {table.Schema.ColumnList} FROM diff";
            if (changed > 0)
            {
                table.CheckUnharmed(before.Files);
                change.Remove.AddRange(before.Files);
                rows = $"SELECT * FROM ({rows} UNION ALL BY NAME SELECT * FROM {table.Whole(before)} WHERE (universe, interval, ts) NOT IN (SELECT (universe, interval, ts) FROM diff))";
            }

            change.Add.Add(table.WriteFile(connection, $"{rows} ORDER BY {string.Join(", ", table.Schema.Key)}")!);
            return change;
        });
        Compaction.Tidy(table, connection, MostFiles);
        return counts with { Version = snapshot.Version };
    }

    /// <summary>Leaves in <c>diff</c> the rows that are new or differ, whole, and whether their date is known.</summary>
    private static void Compare(DuckConnection connection, string existing, string universe, Interval interval, string run)
    {
        var given = string.Join(", ", Optional.Select(c => $"coalesce(s.{c}, e.{c}) AS {c}"));
        string[] values = ["adv", "dec", .. Optional];
        connection.Execute($"""
            CREATE OR REPLACE TEMP TABLE diff AS
            SELECT {DuckConnection.Quote(universe)} AS universe, '{interval}' AS interval, n.*, {DuckConnection.Quote(run)} AS run, e.ts IS NOT NULL AS known
            FROM (SELECT s.ts, s.adv, s.dec, {given} FROM counted s LEFT JOIN {Of(existing)} e ON e.ts = s.ts) n
            LEFT JOIN {Of(existing)} e ON e.ts = n.ts
            WHERE e.ts IS NULL OR ({string.Join(", ", values.Select(v => "n." + v))}) IS DISTINCT FROM ({string.Join(", ", values.Select(v => "e." + v))})
            """);

        string Of(string relation) => $"(SELECT * FROM {relation} WHERE universe = {DuckConnection.Quote(universe)} AND interval = '{interval}')";
    }
}
