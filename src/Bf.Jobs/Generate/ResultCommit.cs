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

/// <summary>The rows that new ones take the place of.</summary>
/// <param name="Condition">Which rows go.</param>
/// <param name="IsWholly">Whether all rows of a file go, by its statistics: such a file need not be read.</param>
internal sealed record Replaced(string Condition, Func<AddFile, bool> IsWholly);

/// <summary>Commits rows of results: appended, or in place of what stood in their range.</summary>
internal static class ResultCommit
{
    private const int MostFiles = 16;

    /// <summary>Writes rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="connection">Where <paramref name="rows"/> lies.</param>
    /// <param name="rows">A relation with the table's columns.</param>
    /// <param name="replaced">The rows that go; null where all are appended.</param>
    /// <param name="txns">Progress that the commit stores.</param>
    /// <param name="stands">How a snapshot stands to the rows.</param>
    /// <param name="before">Returns once the commit may be made; null where nothing has to come before it.</param>
    /// <exception cref="JobException">Another run has changed the results meanwhile: appending would make some dates stand there twice.</exception>
    public static void Write(DeltaTable table, DuckConnection connection, string rows, Replaced? replaced, IReadOnlyList<Txn> txns, Func<Snapshot, Standing> stands, Action? before = null)
    {
        table.Update(snapshot =>
        {
            var change = stands(snapshot) switch
            {
                Standing.Done => null,
                Standing.Elsewhere => throw new JobException($"another run has changed {table.Place} meanwhile; run bf signals generate again"),
                _ => Change(table, connection, snapshot, rows, replaced, txns),
            };
            before?.Invoke();
            return change;
        });
        if (replaced is null)
        {
            Compaction.Tidy(table, connection, MostFiles);
        }
    }

    private static Change Change(DeltaTable table, DuckConnection connection, Snapshot snapshot, string rows, Replaced? replaced, IReadOnlyList<Txn> txns)
    {
        var change = new Change("WRITE");
        var others = new List<AddFile>();
        foreach (var file in replaced is null ? [] : snapshot.Files)
        {
            var going = replaced!.IsWholly(file) ? Rows(file) : connection.Scalar($"SELECT count(*) FROM {table.Relation(snapshot, [file])} WHERE {replaced.Condition}");
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

        change.Txns.AddRange(txns);
        return change;
    }

    private static long? Rows(AddFile file) => FileStatistics.Of(file).Rows;
}
