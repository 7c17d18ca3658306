using System.Globalization;
using System.Text;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.Delta;

/// <summary>
/// Checkpoints of a log: the state of a table in Parquet, so that a reader need not start at version 0
/// (Delta protocol, "Checkpoints"). Those of one file are written; <see cref="CheckpointReader"/> reads every form.
/// </summary>
internal static class Checkpoint
{
    // What a removed file is kept for in the log: a reader of an older version may still need it (the protocol's default, a week).
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private const string Columns = """
        {txn: 'STRUCT("appId" VARCHAR, "version" BIGINT, "lastUpdated" BIGINT)',
         add: 'STRUCT(path VARCHAR, "partitionValues" MAP(VARCHAR, VARCHAR), size BIGINT, "modificationTime" BIGINT, "dataChange" BOOLEAN, stats VARCHAR, tags MAP(VARCHAR, VARCHAR))',
         remove: 'STRUCT(path VARCHAR, "deletionTimestamp" BIGINT, "dataChange" BOOLEAN, "extendedFileMetadata" BOOLEAN, "partitionValues" MAP(VARCHAR, VARCHAR), size BIGINT)',
         "metaData": 'STRUCT(id VARCHAR, name VARCHAR, description VARCHAR, format STRUCT(provider VARCHAR, options MAP(VARCHAR, VARCHAR)), "schemaString" VARCHAR, "partitionColumns" VARCHAR[], configuration MAP(VARCHAR, VARCHAR), "createdTime" BIGINT)',
         protocol: 'STRUCT("minReaderVersion" INTEGER, "minWriterVersion" INTEGER, "readerFeatures" VARCHAR[], "writerFeatures" VARCHAR[])'}
        """;

    /// <summary>Writes the checkpoint of a snapshot, and the hint that leads to it.</summary>
    public static void Write(IObjectStore store, string table, Snapshot snapshot, DateTimeOffset now)
    {
        var oldest = now.Subtract(Retention).ToUnixTimeMilliseconds();
        List<LogLine> lines =
        [
            new() { Protocol = snapshot.Protocol },
            new() { MetaData = snapshot.MetaData },
            .. snapshot.Txns.Select(t => new LogLine { Txn = t }),
            .. snapshot.Removed.Where(r => (r.DeletionTimestamp ?? 0) >= oldest).Select(r => new LogLine { Remove = r with { DataChange = false } }),
            .. snapshot.Files.Select(f => new LogLine { Add = f with { DataChange = false } }),
        ];
        var json = Path.Combine(Path.GetTempPath(), $"bf-{Guid.NewGuid():N}.json");
        var name = $"{table}/_delta_log/{snapshot.Version.ToString("D20", CultureInfo.InvariantCulture)}.checkpoint.parquet";
        var staged = store.Stage(name);
        try
        {
            File.WriteAllText(json, string.Join('\n', lines.Select(l => Encoding.UTF8.GetString(LogJson.Write(l)))));
            using var connection = DuckDatabase.Connect();
            connection.Execute($"COPY (SELECT * FROM read_json({DuckConnection.Quote(json)}, format = 'newline_delimited', maximum_object_size = 1073741824, columns = {Columns})) TO {DuckConnection.Quote(staged)} (FORMAT parquet, COMPRESSION zstd)");
        }
        catch
        {
            File.Delete(staged);
            throw;
        }
        finally
        {
            File.Delete(json);
        }

        var size = store.Publish(name);
        var hint = $"{{\"version\":{snapshot.Version},\"size\":{lines.Count},\"sizeInBytes\":{size},\"numOfAddFiles\":{snapshot.Files.Count}}}";
        store.Put($"{table}/_delta_log/_last_checkpoint", Encoding.UTF8.GetBytes(hint));
    }
}
