using System.Globalization;
using System.Text;
using System.Text.Json;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Tests.Lake;
using Bf.Sources.Tests.Mutation;

namespace Bf.Jobs.Tests.Mutation;

public sealed class LogMutationTests
{
    // JSON within JSON: mutated before it is quoted, too
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["STATS"] = """{"numRecords":3,"minValues":{"symbol":"A","ts":"2024-01-02T00:00:00.000Z","n":1},"maxValues":{"symbol":"C","ts":"2024-01-04T00:00:00.000Z","n":3},"nullCount":{"symbol":0,"ts":0,"n":0,"x":1}}""",
        ["SCHEMA"] = """{"type":"struct","fields":[{"name":"symbol","type":"string","nullable":true,"metadata":{}},{"name":"ts","type":"timestamp","nullable":true,"metadata":{}},{"name":"n","type":"long","nullable":true,"metadata":{}},{"name":"x","type":"double","nullable":true,"metadata":{}}]}""",
        ["FOREIGN"] = """{"type":"struct","fields":[{"name":"symbol","type":"string","nullable":true,"metadata":{}},{"name":"p","type":"date","nullable":true,"metadata":{"delta.columnMapping.id":5,"delta.columnMapping.physicalName":"col-5","delta.typeChanges":[{"fromType":"short","toType":"integer"}]}},{"name":"s","type":{"type":"struct","fields":[{"name":"a","type":{"type":"array","elementType":"long","containsNull":true},"nullable":true,"metadata":{}}]},"nullable":true,"metadata":{}},{"name":"d","type":"decimal(10,2)","nullable":true,"metadata":{}}]}""",
    };

    private static readonly string[][] Tables =
    [
        [
            """
            {"commitInfo":{"timestamp":1704240000000,"operation":"WRITE","operationParameters":{},"engineInfo":"bf/0.1.0"}}
            {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
            {"metaData":{"id":"3a6f1a53-7d5c-4a3e-9f6e-0d8c4c1b2a10","name":"t","format":{"provider":"parquet","options":{}},"schemaString":SCHEMA,"partitionColumns":[],"configuration":{},"createdTime":1704240000000}}
            {"add":{"path":"part-0.parquet","partitionValues":{},"size":1234,"modificationTime":1704240000000,"dataChange":true,"stats":STATS,"tags":{"firsts":"A,B"}}}

            """,
            """
            {"commitInfo":{"timestamp":1704326400000,"operation":"MERGE"}}
            {"txn":{"appId":"bars/1d","version":7,"lastUpdated":1704326400000}}
            {"remove":{"path":"part-0.parquet","deletionTimestamp":1704326400000,"dataChange":true,"extendedFileMetadata":true,"partitionValues":{},"size":1234}}
            {"add":{"path":"part%201.parquet","partitionValues":{},"size":999,"modificationTime":1704326400000,"dataChange":true,"stats":STATS}}

            """,
        ],
        [
            """
            {"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["deletionVectors","columnMapping","timestampNtz","v2Checkpoint","typeWidening"],"writerFeatures":["deletionVectors","columnMapping","appendOnly","invariants"]}}
            {"metaData":{"id":"t2","format":{"provider":"parquet"},"schemaString":FOREIGN,"partitionColumns":["p"],"configuration":{"delta.columnMapping.mode":"name","delta.columnMapping.maxColumnId":"5","delta.enableDeletionVectors":"true"},"createdTime":1704240000000}}
            {"add":{"path":"p=2024-01-02/part-%257B0.parquet","partitionValues":{"p":"2024-01-02"},"size":1,"modificationTime":1,"dataChange":true,"stats":STATS,"deletionVector":{"storageType":"i","pathOrInlineDv":"wi5b=000010000siXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L","offset":1,"sizeInBytes":40,"cardinality":6}}}
            {"add":{"path":"file:///elsewhere/part.parquet","partitionValues":{"p":null},"size":1,"modificationTime":1,"dataChange":true,"deletionVector":{"storageType":"u","pathOrInlineDv":"ab^-aqEH.-t@S}K{vb[*k^","offset":4,"sizeInBytes":40,"cardinality":6},"baseRowId":1,"defaultRowCommitVersion":1,"clusteringProvider":"x"}}

            """,
            """
            {"domainMetadata":{"domain":"delta.rowTracking","configuration":"{}","removed":false}}
            {"checkpointMetadata":{"version":1,"tags":{}}}
            {"sidecar":{"path":"3a0d65cd.parquet","sizeInBytes":2304,"modificationTime":1512909768000,"tags":{}}}
            {"cdc":{"path":"_change_data/cdc.parquet","partitionValues":{},"size":1,"dataChange":false}}
            {"remove":{"path":"file:///elsewhere/part.parquet","deletionTimestamp":1,"dataChange":true}}

            """,
        ],
    ];

    [Fact]
    public void A_mutated_log_is_read_or_refused() => MutationCases.Run(0.35, Read, e => e is DeltaException);

    private static void Read(Random random)
    {
        var mutator = new Mutator(random);
        var commits = Tables[random.Next(Tables.Length)].Select(text => Encoding.UTF8.GetBytes(Filled(text, mutator, random))).ToArray();
        var objects = new SortedDictionary<string, byte[]>(StringComparer.Ordinal) { ["t/_delta_log/_last_checkpoint"] = "{\"version\":1,\"size\":4,\"parts\":2}"u8.ToArray() };
        foreach (var (version, content) in commits.Index())
        {
            objects[$"t/_delta_log/{version.ToString("D20", CultureInfo.InvariantCulture)}.json"] = content;
        }

        var damaged = objects.Keys.ElementAt(random.Next(objects.Count));
        objects[damaged] = mutator.Mutate(objects[damaged], commits[random.Next(commits.Length)]);
        Use(new MemoryStore(objects));
    }

    private static string Filled(string commit, Mutator mutator, Random random)
    {
        foreach (var (name, text) in Texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var filling = random.Next(4) == 0 ? mutator.Mutate(bytes, bytes) : bytes;
            commit = commit.Replace(name, JsonSerializer.Serialize(Encoding.UTF8.GetString(filling)), StringComparison.Ordinal);
        }

        return commit;
    }

    /// <summary>What the commands do with a log.</summary>
    private static void Use(MemoryStore store)
    {
        var clock = new FakeClock();
        var log = new DeltaLog(store, "t", clock);
        log.VersionAt(DateTimeOffset.UnixEpoch.AddYears(100));
        log.Commit(1);
        var table = new DeltaTable(store, TestTable.Schema, clock);
        var snapshot = table.Load();
        Assert.True(snapshot.Exists);
        foreach (var file in snapshot.Files)
        {
            var statistics = FileStatistics.Of(file);
            _ = (statistics.Rows, statistics.MinText("symbol"), statistics.MaxTime("ts"), statistics.MinTime("n"));
        }

        Assert.NotEmpty(table.Relation(snapshot));
        Assert.NotNull(table.Update(s => new Change("WRITE") { Txns = { new Txn { AppId = "a", Version = s.Version } } }).TxnOf("a"));
        Assert.Equal(snapshot.Version + 1, table.Load().Version);
    }
}
