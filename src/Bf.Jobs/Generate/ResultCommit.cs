using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>How a table stands to what appended rows go on from.</summary>
internal enum Standing
{
    /// <summary>Just there.</summary>
    Before,
    /// <summary>Another run has appended the same rows.</summary>
    Done,
    /// <summary>Another run has changed it.</summary>
    Elsewhere,
}

/// <summary>Commits rows of results: appended, or in place of what stood in their range.</summary>
internal static class ResultCommit
{
    private const int MostFiles = 16;

    /// <summary>Writes rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="connection">Where <paramref name="rows"/> lies.</param>
    /// <param name="rows">A relation with the table's columns.</param>
    /// <param name="terms">On what terms.</param>
    /// <exception cref="JobException">Another run has changed the results meanwhile: appending would make some dates stand there twice.</exception>
    public static void Write(DeltaTable table, DuckConnection connection, string rows, CommitTerms terms)
    {
        table.Update(snapshot =>
        {
            var change = terms.Stands(snapshot) switch
            {
                Standing.Done => null,
                Standing.Elsewhere => throw new JobException($"another run has changed {table.Place} meanwhile; run the command again"),
                _ => Change(table, connection, snapshot, rows, terms),
            };
            terms.Before?.Invoke();
            return change;
        });
        Compaction.Tidy(table, connection, MostFiles);
    }

    private static Change Change(DeltaTable table, DuckConnection connection, Snapshot snapshot, string rows, CommitTerms terms)
    {
        var replaced = terms.Replaced;
        var change = new Change("WRITE");
        var others = new List<AddFile>();
        foreach (var file in replaced is null ? [] : snapshot.Files)
        {
            if (!replaced!.MayHold(file))
            {
                continue;
            }

            var going = replaced.IsWholly(file) ? Rows(file) : connection.Scalar($"SELECT count(*) FROM {table.Relation(snapshot, [file])} WHERE {replaced.Condition}");
            if (going != 0)
            {
                change.Remove.Add(file);
                if (going != Rows(file))
                {
                    others.Add(file);
                }
            }
        }

        var select = $"SELECT * FROM {rows}";
        if (others.Count > 0)
        {
            select = $"SELECT * FROM ({select} UNION ALL BY NAME SELECT * FROM {table.Whole(snapshot, others)} WHERE NOT ({replaced!.Condition}))";
        }

        // the rows come in the order of the key, and sorting them again would take longer than all the rest
        var order = others.Count > 0 ? $" ORDER BY {string.Join(", ", table.Schema.Key)}" : "";
        if (table.WriteFile(connection, select + order, codec: "lz4_raw") is { } written)
        {
            change.Add.Add(written);
        }

        change.Txns.AddRange(terms.Txns);
        return change;
    }

    private static long? Rows(AddFile file) => FileStatistics.Of(file).Rows;
}
