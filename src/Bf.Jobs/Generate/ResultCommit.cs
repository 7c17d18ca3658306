using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Generate;

/// <summary>Commits rows of results: appended, or in place of what stood in their range.</summary>
internal static class ResultCommit
{
    private const int MostFiles = 16;

    /// <summary>Appends rows, if the table still stands where they go on from.</summary>
    /// <param name="table">The table.</param>
    /// <param name="connection">Where <paramref name="rows"/> lies.</param>
    /// <param name="rows">A relation with the table's columns.</param>
    /// <param name="stands">Reads the progress that a snapshot stores.</param>
    /// <param name="from">The progress that the rows go on from.</param>
    /// <param name="to">The progress that they lead to.</param>
    /// <param name="txns">The same, as actions.</param>
    /// <exception cref="JobException">Another run has changed the results meanwhile: appending would make some dates stand there twice.</exception>
    public static void Append(DeltaTable table, DuckConnection connection, string rows, Func<Snapshot, Progress> stands, Progress from, Progress to, IEnumerable<Txn> txns)
    {
        table.Update(snapshot =>
        {
            var now = stands(snapshot);
            return now == to ? null
                : now == from ? With(new Change("WRITE"), table.WriteFile(connection, $"SELECT * FROM {rows} ORDER BY {Order(table)}"), txns)
                : throw new JobException($"another run has changed {table.Place} meanwhile; run bf signals generate again");
        });
        Compaction.Tidy(table, connection, MostFiles);
    }

    /// <summary>Puts rows in place of those that meet a condition.</summary>
    /// <param name="table">The table.</param>
    /// <param name="connection">Where <paramref name="rows"/> lies.</param>
    /// <param name="rows">A relation with the table's columns.</param>
    /// <param name="condition">Which rows go.</param>
    /// <param name="meetsWhole">Whether all rows of a file meet the condition, by its statistics: such a file need not be read.</param>
    /// <param name="txns">Progress that the commit stores.</param>
    /// <param name="stays">Whether what a snapshot holds is better than these rows: then it stays.</param>
    public static void Overwrite(
        DeltaTable table, DuckConnection connection, string rows, string condition, Func<AddFile, bool> meetsWhole, IEnumerable<Txn> txns, Func<Snapshot, bool>? stays = null)
    {
        table.Update(snapshot =>
        {
            if (stays?.Invoke(snapshot) == true)
            {
                return null;
            }

            var change = new Change("WRITE");
            var others = new List<AddFile>();
            foreach (var file in snapshot.Files)
            {
                if (meetsWhole(file))
                {
                    change.Remove.Add(file);
                }
                else if (connection.Scalar($"SELECT count(*) FROM {table.Relation(snapshot, [file])} WHERE {condition}") > 0)
                {
                    change.Remove.Add(file);
                    others.Add(file);
                }
            }

            var select = $"SELECT * FROM {rows}";
            if (others.Count > 0)
            {
                select = $"SELECT * FROM ({select} UNION ALL BY NAME SELECT * FROM {table.Whole(snapshot, others)} WHERE NOT ({condition}))";
            }

            return With(change, table.WriteFile(connection, $"{select} ORDER BY {Order(table)}"), txns);
        });
    }

    private static string Order(DeltaTable table) => string.Join(", ", table.Schema.Key);

    private static Change With(Change change, AddFile? file, IEnumerable<Txn> txns)
    {
        if (file is not null)
        {
            change.Add.Add(file);
        }

        change.Txns.AddRange(txns);
        return change;
    }
}
