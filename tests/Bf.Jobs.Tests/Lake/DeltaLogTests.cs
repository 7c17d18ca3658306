using System.Text.Json;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Tests.Lake;

public sealed class DeltaLogTests
{
    [Fact]
    public void The_first_commit_holds_protocol_metadata_and_file_as_the_protocol_writes_them()
    {
        using var t = new TestTable();
        t.Append("A", 7);

        var lines = t.Commit(0);
        Assert.Equal(["commitInfo", "protocol", "metaData", "add"], lines.Select(l => l.Action));
        var (info, protocol, metaData, add) = (lines[0].Body, lines[1].Body, lines[2].Body, lines[3].Body);
        Assert.Equal(t.Clock.Now.ToUnixTimeMilliseconds(), info.GetProperty("timestamp").GetInt64());
        Assert.Equal("WRITE", info.GetProperty("operation").GetString());
        Assert.StartsWith("bf/", info.GetProperty("engineInfo").GetString());
        Assert.Equal((1, 2), (protocol.GetProperty("minReaderVersion").GetInt32(), protocol.GetProperty("minWriterVersion").GetInt32()));
        Assert.False(protocol.TryGetProperty("readerFeatures", out _));

        Assert.True(Guid.TryParse(metaData.GetProperty("id").GetString(), out _));
        Assert.Equal("parquet", metaData.GetProperty("format").GetProperty("provider").GetString());
        Assert.Equal(JsonValueKind.Object, metaData.GetProperty("format").GetProperty("options").ValueKind);
        Assert.Equal(0, metaData.GetProperty("partitionColumns").GetArrayLength());
        Assert.Equal(JsonValueKind.Object, metaData.GetProperty("configuration").ValueKind);
        Assert.Equal(
            """{"type":"struct","fields":[{"name":"symbol","type":"string","nullable":true,"metadata":{}},{"name":"ts","type":"timestamp","nullable":true,"metadata":{}},{"name":"n","type":"long","nullable":true,"metadata":{}},{"name":"x","type":"double","nullable":true,"metadata":{}}]}""",
            metaData.GetProperty("schemaString").GetString());

        var path = add.GetProperty("path").GetString()!;
        Assert.Equal(new FileInfo(t.At("t", path)).Length, add.GetProperty("size").GetInt64());
        Assert.True(add.GetProperty("dataChange").GetBoolean());
        Assert.Equal(JsonValueKind.Object, add.GetProperty("partitionValues").ValueKind);
        Assert.Equal(t.Clock.Now.ToUnixTimeMilliseconds(), add.GetProperty("modificationTime").GetInt64());
    }

    [Fact]
    public void Files_that_go_and_progress_stand_in_the_commit_that_makes_them()
    {
        using var t = new TestTable();
        var old = Assert.Single(t.Append("A", 1).Files);
        t.Clock.Now += TimeSpan.FromMinutes(5);
        t.Table.Update(_ =>
        {
            var change = new Change("WRITE");
            change.Remove.Add(old);
            change.Txns.Add(new Txn { AppId = "app", Version = 42 });
            return change;
        });

        var lines = t.Commit(1);
        Assert.Equal(["commitInfo", "txn", "remove"], lines.Select(l => l.Action));
        var (txn, remove) = (lines[1].Body, lines[2].Body);
        Assert.Equal(("app", 42), (txn.GetProperty("appId").GetString(), txn.GetProperty("version").GetInt64()));
        Assert.Equal(t.Clock.Now.ToUnixTimeMilliseconds(), txn.GetProperty("lastUpdated").GetInt64());
        Assert.Equal((old.Path, true), (remove.GetProperty("path").GetString(), remove.GetProperty("dataChange").GetBoolean()));
        Assert.Equal(t.Clock.Now.ToUnixTimeMilliseconds(), remove.GetProperty("deletionTimestamp").GetInt64());
        Assert.Equal((true, old.Size), (remove.GetProperty("extendedFileMetadata").GetBoolean(), remove.GetProperty("size").GetInt64()));

        var snapshot = t.Table.Load();
        Assert.Empty(snapshot.Files);
        Assert.Equal(42, snapshot.TxnOf("app"));
        Assert.Null(snapshot.TxnOf("other"));
        Assert.True(File.Exists(t.At("t", old.Path))); // readers of the older version still need it
    }

    [Fact]
    public void A_plan_that_changes_nothing_makes_no_version_and_no_folder()
    {
        using var t = new TestTable();
        Assert.False(t.Table.Update(_ => null).Exists);
        Assert.Empty(Directory.EnumerateFileSystemEntries(t.Path));
    }

    [Fact]
    public void Every_tenth_version_gets_a_checkpoint_and_the_hint_leads_to_the_last()
    {
        using var t = new TestTable();
        t.AppendUpTo(21);

        Assert.Equal(["00000000000000000010.checkpoint.parquet", "00000000000000000020.checkpoint.parquet"],
            Directory.EnumerateFiles(t.At("t", "_delta_log"), "*.parquet").Select(Path.GetFileName).Order());
        var hint = JsonDocument.Parse(File.ReadAllText(t.LogFile("_last_checkpoint"))).RootElement;
        Assert.Equal(20, hint.GetProperty("version").GetInt64());
        Assert.Equal(21 + 2, hint.GetProperty("size").GetInt64()); // 21 files, protocol, metaData
        Assert.Equal(21, hint.GetProperty("numOfAddFiles").GetInt64());
    }

    [Fact]
    public void A_checkpoint_alone_carries_the_table_when_older_entries_are_gone()
    {
        using var t = new TestTable();
        t.AppendUpTo(8);
        t.Table.Update(s =>
        {
            var change = new Change("WRITE");
            change.Remove.Add(s.Files.First());
            change.Txns.Add(new Txn { AppId = "app", Version = 5 });
            return change;
        });
        t.AppendUpTo(12);
        var (before, sum) = (t.Table.Load(), t.Sum());
        for (var v = 0; v <= 10; v++)
        {
            File.Delete(t.LogFile(v));
        }

        var after = t.Table.Load();
        Assert.Equal(12, after.Version);
        Assert.Equal(sum, t.Sum());
        Assert.Equal(5, after.TxnOf("app"));
        Assert.Equal(before.MetaData!.Id, after.MetaData!.Id);
        Assert.Equal(before.MetaData.SchemaString, after.MetaData.SchemaString);
        Assert.Equal(before.Files.OrderBy(f => f.Path).Select(f => (f.Path, f.Size, f.Stats, f.ModificationTime)), after.Files.OrderBy(f => f.Path).Select(f => (f.Path, f.Size, f.Stats, f.ModificationTime)));
        Assert.Single(after.Removed);

        t.AppendUpTo(20); // and the next checkpoint is made from it
        Assert.True(File.Exists(t.LogFile("00000000000000000020.checkpoint.parquet")));
        Assert.Equal(sum.Rows + 8, t.Sum().Rows);
    }

    [Fact]
    public void A_file_removed_more_than_a_week_ago_is_left_out_of_the_checkpoint()
    {
        using var t = new TestTable();
        var old = Assert.Single(t.Append("A", 1).Files);
        t.Table.Update(_ =>
        {
            var change = new Change("WRITE");
            change.Remove.Add(old);
            return change;
        });
        t.Clock.Now += TimeSpan.FromDays(8);
        t.AppendUpTo(10);
        for (var v = 0; v <= 10; v++)
        {
            File.Delete(t.LogFile(v));
        }

        Assert.Empty(t.Table.Load().Removed);
    }

    [Fact]
    public void Tags_of_files_survive_a_checkpoint()
    {
        using var lake = new TestLake();
        foreach (var day in Market.Random(3, 11).GroupBy(b => b.Ts))
        {
            lake.Import(day);
        }

        var bars = lake.Lake.Bars(Core.Market.Interval.Day);
        var version = bars.Load().Version;
        Assert.True(version >= 10);
        var marks = bars.Load(10).Files.Select(f => (f.Path, f.Tags!["bf.symbols"])).Order().ToList();
        for (var v = 0; v <= 10; v++)
        {
            File.Delete(lake.At("lake", "bars_1d", "_delta_log", $"{v:D20}.json"));
        }

        Assert.Equal(marks, bars.Load(10).Files.Select(f => (f.Path, f.Tags!["bf.symbols"])).Order());
    }

    [Fact]
    public void A_checkpoint_in_several_parts_is_read_when_it_is_complete()
    {
        using var t = new TestTable();
        t.AppendUpTo(12);
        var sum = t.Sum();
        var whole = t.LogFile("00000000000000000010.checkpoint.parquet");
        using (var connection = DuckDatabase.Connect())
        {
            for (var part = 0; part < 3; part++)
            {
                connection.Execute($"COPY (SELECT * FROM read_parquet('{whole}', file_row_number = true) WHERE file_row_number % 3 = {part}) TO '{t.LogFile($"00000000000000000010.checkpoint.000000000{part + 1}.0000000003.parquet")}' (FORMAT parquet)");
            }
        }

        File.Delete(whole);
        for (var v = 0; v <= 10; v++)
        {
            File.Delete(t.LogFile(v));
        }

        Assert.Equal(sum, t.Sum());

        File.Delete(t.LogFile("00000000000000000010.checkpoint.0000000002.0000000003.parquet"));
        Assert.Contains("00000000000000000000.json is missing, and no checkpoint covers it", Assert.Throws<DeltaException>(() => t.Table.Load()).Message);
    }

    [Fact]
    public void A_missing_entry_is_an_error_that_names_it()
    {
        using var t = new TestTable();
        t.AppendUpTo(5);
        File.Delete(t.LogFile(3));

        var message = Assert.Throws<DeltaException>(() => t.Table.Load()).Message;
        Assert.Contains(t.At("t"), message);
        Assert.Contains("00000000000000000003.json is missing", message);
        Assert.Equal(2, t.Table.Load(2).Version); // what lies before it is still there
    }

    [Theory]
    [InlineData("{\"add\":{\"path\":")]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("{\"add\":{\"path\":7}}")]
    public void A_damaged_line_is_an_error_that_names_entry_and_line(string damage)
    {
        using var t = new TestTable();
        t.AppendUpTo(2);
        File.AppendAllText(t.LogFile(1), damage + "\n");

        var message = Assert.Throws<DeltaException>(() => t.Table.Load()).Message;
        Assert.Contains("the log entry 00000000000000000001.json is damaged in line 3", message);
    }

    [Fact]
    public void Actions_and_fields_that_are_not_known_are_passed_over()
    {
        using var t = new TestTable();
        t.AppendUpTo(1);
        File.AppendAllText(t.LogFile(1), "{\"cdc\":{\"path\":\"_change_data/x\"}}\n\n{\"domainMetadata\":{\"domain\":\"d\",\"configuration\":\"\",\"removed\":false}}\r\n{\"txn\":{\"appId\":\"a\",\"version\":1,\"later\":[1,{}]}}\n");

        Assert.Equal((1, 2), (t.Table.Load().Version, t.Sum().Rows));
        Assert.Equal(1, t.Table.Load().TxnOf("a"));
    }

    [Fact]
    public void Paths_in_the_log_may_be_escaped()
    {
        using var t = new TestTable();
        var file = Assert.Single(t.Append("A", 5).Files);
        File.Move(t.At("t", file.Path), t.At("t", "a b%.parquet"));
        File.WriteAllText(t.LogFile(0), File.ReadAllText(t.LogFile(0)).Replace(file.Path, "a%20b%25.parquet", StringComparison.Ordinal));

        Assert.Equal((5, 1), t.Sum());
    }

    [Fact]
    public void A_table_is_read_as_it_was_at_a_version()
    {
        using var t = new TestTable();
        t.AppendUpTo(13);

        Assert.Equal([(0, 1), (1, 2), (45, 10), (55, 11), (66, 12), (91, 14)], new long[] { 0, 1, 9, 10, 11, 13 }.Select(v => t.Sum(v)));
        Assert.Contains("no version 14: the newest is 13", Assert.Throws<DeltaException>(() => t.Table.Load(14)).Message);
    }

    [Fact]
    public void A_table_is_read_as_it_was_at_a_moment()
    {
        using var t = new TestTable();
        var start = t.Clock.Now;
        for (var i = 0; i < 4; i++)
        {
            t.Append("A", i);
            t.Clock.Now += TimeSpan.FromHours(1);
        }

        var log = new DeltaLog(new Bf.Jobs.Lake.Store.LocalStore(t.Path), "t", t.Clock);
        Assert.Equal(0, log.VersionAt(start));
        Assert.Equal(0, log.VersionAt(start.AddMinutes(59)));
        Assert.Equal(1, log.VersionAt(start.AddHours(1)));
        Assert.Equal(3, log.VersionAt(start.AddDays(400)));
        Assert.Contains("no version as old as 2026-01-31 17:59:59", Assert.Throws<DeltaException>(() => log.VersionAt(start.AddSeconds(-1))).Message);
    }

    [Fact]
    public void A_table_that_does_not_exist_has_no_version_and_no_rows()
    {
        using var t = new TestTable();

        Assert.Equal(-1, t.Table.Load().Version);
        Assert.Equal((0, 0), t.Sum());
        Assert.Contains("does not exist", Assert.Throws<DeltaException>(() => t.Table.Load(0)).Message);
    }

    [Fact]
    public void A_column_that_came_later_is_null_in_older_rows()
    {
        using var t = new TestTable();
        t.AppendUpTo(1);
        var id = t.Table.Load().MetaData!.Id;
        var wider = new TableSchema("t", [.. TestTable.Schema.Columns, new("note", ColumnType.Text)], ["symbol"]);
        var table = t.Open(wider);
        t.Append("SELECT 'B' AS symbol, make_timestamptz(0) AS ts, 9::BIGINT AS n, 1.0::DOUBLE AS x, 'new' AS note", table);

        var snapshot = table.Load();
        Assert.Equal(id, snapshot.MetaData!.Id);
        Assert.Contains("metaData", t.Commit(2).Select(l => l.Action));
        using var connection = DuckDatabase.Connect();
        Assert.Equal(2, connection.Scalar($"SELECT count(*) FROM {table.Relation(snapshot)} WHERE note IS NULL"));
        Assert.Equal(1, connection.Scalar($"SELECT count(*) FROM {table.Relation(snapshot)} WHERE note = 'new'"));

        t.Append("C", 1); // who does not know the column leaves it there
        Assert.True(wider.IsIn(table.Load().MetaData!.SchemaString));
        Assert.Equal((0 + 1 + 9 + 1, 4), t.Sum());
    }
}
