using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Import;

/// <summary>Puts broken rows into the table <c>quarantine</c>, each once: importing a file again adds none.</summary>
internal static class QuarantineCommit
{
    private const int MostFiles = 16;

    /// <summary>Commits the rows of the connection's table <c>broken</c> and counts them by rule.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="connection">Where the table <c>broken</c> (file, line, rule, raw) lies.</param>
    /// <param name="files">The files' names, by the number that stands in that table.</param>
    /// <param name="run">The run's name.</param>
    /// <param name="linesMove">Whether the same row may have come under another number before, as in answers of a source.</param>
    public static IReadOnlyDictionary<string, long> Run(DataLake lake, DuckConnection connection, IReadOnlyList<string> files, string run, bool linesMove = false)
    {
        var byRule = connection.CountBy("SELECT rule, count(*) FROM broken GROUP BY rule");
        if (byRule.Count == 0)
        {
            return byRule;
        }

        connection.Execute("CREATE TEMP TABLE file_names (file INTEGER, name VARCHAR)");
        using (var names = connection.Append("file_names", Native.TypeId.Integer, Native.TypeId.Varchar))
        {
            for (var i = 0; i < files.Count; i++)
            {
                names.Set(0, i);
                names.Set(1, files[i]);
                names.EndRow();
            }

            names.Complete();
        }

        var table = lake.Table(Tables.Quarantine);
        table.Update(snapshot =>
        {
            var change = new Change("WRITE");
            var fresh = $"""
                SELECT n.name AS file, b.line, b.rule, b.raw, {DuckConnection.Quote(run)} AS run
                FROM (SELECT DISTINCT file, line, rule, raw FROM broken) b JOIN file_names n ON n.file = b.file
                WHERE NOT EXISTS (FROM {table.Relation(snapshot)} q WHERE q.file = n.name AND {(linesMove ? "true" : "q.line = b.line")} AND q.rule = b.rule AND q.raw IS NOT DISTINCT FROM b.raw)
                ORDER BY ALL
                """;
            if (table.WriteFile(connection, fresh) is not { } file)
            {
                return null;
            }

            change.Add.Add(file);
            return change;
        });
        Compaction.Tidy(table, connection, MostFiles);
        if (Meters.IsOn)
        {
            foreach (var (rule, rows) in byRule)
            {
                Instruments.LakeQuarantined.Record(rows, rule);
            }
        }

        return byRule;
    }
}
