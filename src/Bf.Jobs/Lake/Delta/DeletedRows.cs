using System.Globalization;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.Delta;

/// <summary>The rows that deletion vectors take away, in a table of the process's database that scans are joined with. A vector never changes, so each is loaded once.</summary>
internal static class DeletedRows
{
    /// <summary>The table: the number of a vector and a row of its file.</summary>
    public const string Table = "bf_deleted_rows";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, int> Loaded = new(StringComparer.Ordinal);

    /// <summary>Loads the vector of a file.</summary>
    /// <returns>The number of the vector in <see cref="Table"/>.</returns>
    /// <exception cref="DeltaException">It can't be read.</exception>
    public static int Load(IObjectStore store, string table, AddFile file)
    {
        var vector = file.DeletionVector!;
        var key = $"{store.Root}\n{table}\n{file.Path}\n{vector.UniqueId}";
        lock (Gate)
        {
            if (Loaded.TryGetValue(key, out var known))
            {
                return known;
            }

            var rows = vector.Rows(store, table);
            if (FileStatistics.Of(file).Rows < 0 || (rows.Length > 0 && FileStatistics.Of(file).Rows + rows.Length <= rows[^1]))
            {
                throw new DeltaException($"{table}: the deletion vector {vector.UniqueId} names row {rows[^1].ToString(CultureInfo.InvariantCulture)}, which {file.Path} does not have");
            }

            using var connection = DuckDatabase.Connect();
            connection.Execute($"CREATE TABLE IF NOT EXISTS {Table} (vector INTEGER, pos BIGINT)");
            using var appender = connection.Append(Table, Native.TypeId.Integer, Native.TypeId.BigInt);
            foreach (var row in rows)
            {
                appender.Set(0, Loaded.Count);
                appender.Set(1, row);
                appender.EndRow();
            }

            appender.Complete();
            Loaded[key] = Loaded.Count;
            return Loaded.Count - 1;
        }
    }
}
