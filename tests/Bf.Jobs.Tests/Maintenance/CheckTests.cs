using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Maintenance;
using Bf.Jobs.Tests.Lake;

namespace Bf.Jobs.Tests.Maintenance;

/// <summary>Each way in which a table can be damaged is found, by what it is, and put right where that loses nothing.</summary>
public sealed class CheckTests(CheckTests.Original original) : IClassFixture<CheckTests.Original>
{
    private static readonly List<Bar> Bars = Market.Random(3, 13);

    /// <summary>A lake with 13 versions of bars and results of each, so that checkpoints are among them: made once, copied by each test.</summary>
    public sealed class Original : IDisposable
    {
        public Original()
        {
            foreach (var day in Bars.GroupBy(b => b.Ts))
            {
                Lake.Import(day);
                Lake.Generate();
            }
        }

        internal TestLake Lake { get; } = new();

        public void Dispose() => Lake.Dispose();
    }

    private TestLake Sound()
    {
        var lake = new TestLake();
        TestLake.Copy(original.Lake.At("lake"), lake.At("lake"));
        return lake;
    }

    private static string Log(TestLake lake, string table, string name) => lake.At("lake", table, "_delta_log", name);

    private static string Entry(TestLake lake, string table, long version) => Log(lake, table, $"{version:D20}.json");

    private static string DataFile(TestLake lake, string table)
    {
        var open = lake.Lake.Table(table == "bars_1d" ? Bf.Jobs.Lake.Tables.Bars(Interval.Day) : Array.Find(Bf.Jobs.Lake.Tables.Fixed, t => t.Name == table)!);
        return open.Locate(open.Load().Files.OrderByDescending(f => f.Size).First());
    }

    [Fact]
    public void A_lake_that_nothing_happened_to_is_sound_and_every_row_of_it_is_read()
    {
        using var lake = Sound();
        var tables = TableCheck.Run(lake.Lake, []);

        Assert.Equal(["bars_1d", "breadth", "runs", "signals", "state", "thrusts"], tables.Select(t => t.Table));
        Assert.All(tables, t => Assert.Empty(t.Findings));
        Assert.Equal([39L, 13L, 26L, 13L, 3L], tables.Where(t => t.Table != "thrusts").Select(t => t.Rows));
    }

    [Theory]
    [InlineData("missing", "is missing")]
    [InlineData("longer", "bytes; the log says")]
    [InlineData("cut", "bytes; the log says")]
    [InlineData("a bit of a page", "checksum differs")]
    [InlineData("a bit of the footer", "checksum differs")]
    [InlineData("empty", "has 0 bytes")]
    public void A_damaged_data_file_is_found_and_results_are_computed_anew(string damage, string problem)
    {
        using var lake = Sound();
        var whole = lake.Results(withState: true);
        foreach (var table in new[] { "breadth", "signals", "thrusts", "state" })
        {
            Damage(DataFile(lake, table), damage);
            var finding = Assert.Single(Assert.Single(TableCheck.Run(lake.Lake, [table])).Findings);
            Assert.Equal((Repair.Recompute, false), (finding.Repair, finding.Harmless));
            Assert.Contains(problem, finding.Problem);
        }

        var (_, tables, repaired) = TableRepair.Run(lake.Lake, [], false, "test");
        Assert.All(tables, t => Assert.True(t.Sound));
        Assert.Equal(4, repaired.Count);
        lake.Generate();
        Assert.Equal(whole, lake.Results(withState: true));
    }

    [Theory]
    [InlineData("missing", "is missing")]
    [InlineData("a bit of a page", "checksum differs")]
    public void A_damaged_file_of_bars_is_taken_out_only_when_that_is_asked_for_and_its_bars_can_be_imported_again(string damage, string problem)
    {
        using var lake = Sound();
        var whole = lake.Bars();
        Damage(DataFile(lake, "bars_1d"), damage);

        var (_, tables, repaired) = TableRepair.Run(lake.Lake, [], false, "test");
        Assert.Empty(repaired);
        var finding = Assert.Single(tables.SelectMany(t => t.Findings));
        Assert.Contains(problem, finding.Problem);
        Assert.Contains("--drop-lost", finding.Advice);
        Assert.Contains("S00 to S02", finding.Advice);

        Assert.Single(TableRepair.Run(lake.Lake, ["bars_1d"], true, "test").Repaired);
        Assert.True(lake.Bars().Count < whole.Count);
        lake.Import(Bars);
        Assert.Equal(whole, lake.Bars());
        Assert.True(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Findings.All(f => f.Harmless));
    }

    [Theory]
    [InlineData("cut", 12, "is damaged in line")]
    [InlineData("empty", 12, "is cut short")]
    [InlineData("without its last line", 12, "is cut short")]
    [InlineData("garbage", 12, "is damaged in line 1")]
    [InlineData("missing", 11, "is missing")]
    [InlineData("garbage", 3, "is damaged in line 1")]
    public void A_damaged_entry_of_the_log_is_found_and_said_how_far_it_matters(string damage, int version, string problem)
    {
        using var lake = Sound();
        Damage(Entry(lake, "bars_1d", version), damage);

        var finding = Assert.Single(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Findings);
        Assert.Equal($"_delta_log/{version:D20}.json", finding.Subject);
        Assert.Contains(problem, finding.Problem);
        Assert.Contains(version <= 10 ? "the newest version can still be read" : "put it back from a backup", finding.Advice);
        if (version > 10)
        {
            var message = Assert.Throws<DeltaException>(() => lake.Bars()).Message;
            Assert.Contains($"{version:D20}.json", message);
            Assert.Contains("bf table check bars_1d", message);
        }
    }

    [Theory]
    [InlineData("00000000000000000010.checkpoint.parquet", "cut")]
    [InlineData("00000000000000000010.checkpoint.parquet", "empty")]
    [InlineData("00000000000000000010.checkpoint.parquet", "garbage")]
    [InlineData("_last_checkpoint", "garbage")]
    [InlineData("_last_checkpoint", "empty")]
    [InlineData("_last_checkpoint", "of a version that has none")]
    public void A_damaged_checkpoint_is_found_and_made_anew(string name, string damage)
    {
        using var lake = Sound();
        var bars = lake.Bars();
        Damage(Log(lake, "bars_1d", name), damage);

        Assert.Equal($"_delta_log/{name}", Assert.Single(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Findings).Subject);
        Assert.Empty(Assert.Single(TableRepair.Run(lake.Lake, ["bars_1d"], false, "test").Tables).Findings);
        Assert.Equal(bars, lake.Bars());
        lake.Import(Bars.Select(b => b with { Volume = 1 }));
        Assert.Equal("39", lake.Value("SELECT sum(volume) FROM bars_1d"));
    }

    [Fact]
    public void A_checkpoint_that_says_something_else_than_the_log_is_found()
    {
        using var lake = Sound();
        var checkpoint = Log(lake, "bars_1d", "00000000000000000010.checkpoint.parquet");
        using (var connection = DuckDatabase.Connect())
        {
            connection.Execute($"COPY (SELECT * FROM read_parquet('{checkpoint}', file_row_number = true) WHERE add IS NULL OR file_row_number % 2 = 0) TO '{checkpoint}.new' (FORMAT parquet)");
        }

        File.Move($"{checkpoint}.new", checkpoint, overwrite: true);
        Assert.Contains("something else than the log's entries", Assert.Single(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Findings, f => f.Repair == Repair.Checkpoint).Problem);
    }

    [Theory]
    [InlineData("\\\"numRecords\\\":3", "\\\"numRecords\\\":4", "4 rows")]
    [InlineData("\\\"minValues\\\":{\\\"symbol\\\":\\\"S00\\\"", "\\\"minValues\\\":{\\\"symbol\\\":\\\"S01\\\"", "least symbol 'S01'")]
    [InlineData("\\\"nullCount\\\":{\\\"symbol\\\":0", "\\\"nullCount\\\":{\\\"symbol\\\":1", "1 NULLs in symbol")]
    public void Statistics_that_are_not_true_are_found(string said, string claimed, string problem)
    {
        using var lake = new TestLake();
        lake.Import(Bars.Take(3));
        var entry = Entry(lake, "bars_1d", 0);
        var text = File.ReadAllText(entry).Replace("\\u0022", "\\\"", StringComparison.Ordinal);
        Assert.Contains(said, text);
        File.WriteAllText(entry, text.Replace(said, claimed, StringComparison.Ordinal));

        Assert.Contains(problem, Assert.Single(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Findings).Problem);
    }

    [Fact]
    public void Rows_that_stand_there_twice_are_found()
    {
        using var lake = new TestLake();
        lake.Import(Bars);
        var table = lake.Lake.Bars(Interval.Day);
        using var connection = DuckDatabase.Connect();
        table.Update(s =>
        {
            var change = new Change("WRITE");
            change.Add.Add(table.WriteFile(connection, $"SELECT * FROM {table.Relation(s)} WHERE symbol = 'S01' LIMIT 2")!);
            return change;
        });

        var finding = Assert.Single(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Findings);
        Assert.StartsWith("2 keys stand there twice or more, as {'symbol': S01", finding.Problem);
        Assert.Contains("bf table restore bars_1d", finding.Advice);
    }

    [Fact]
    public void Rows_of_a_harmed_file_are_not_written_anew()
    {
        using var lake = Sound();
        Damage(DataFile(lake, "bars_1d"), "a bit of a page");
        var versions = lake.Versions();

        Assert.Contains("other bytes than were written", Assert.Throws<DeltaException>(() => TableOptimize.Run(lake.Lake, ["bars_1d"], "test")).Message);
        Assert.ThrowsAny<Exception>(() => lake.Import(Bars.Select(b => b with { Volume = 1 })));
        Assert.Equal(versions.Split(' ').Where(v => !v.StartsWith("runs", StringComparison.Ordinal)), lake.Versions().Split(' ').Where(v => !v.StartsWith("runs", StringComparison.Ordinal)));
    }

    private static void Damage(string file, string how)
    {
        if (how == "missing")
        {
            File.Delete(file);
            return;
        }

        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, how switch
        {
            "longer" => [.. bytes, 0],
            "cut" => bytes[..(bytes.Length / 2)],
            "empty" => [],
            "garbage" => [.. bytes.Select((_, i) => (byte)(i * 7))],
            "a bit of a page" => [.. bytes.Select((b, i) => i == 40 ? (byte)(b ^ 4) : b)],
            "a bit of the footer" => [.. bytes.Select((b, i) => i == bytes.Length - 30 ? (byte)(b ^ 4) : b)],
            "without its last line" => bytes[..(Array.LastIndexOf(bytes, (byte)'\n', bytes.Length - 2) + 1)],
            "of a version that has none" => """{"version":7,"size":3}"""u8.ToArray(),
            _ => throw new ArgumentException(how),
        });
    }

    [Fact]
    public void Tables_of_every_kind_that_Spark_made_are_sound()
    {
        var tables = TableCheck.Run(DataLake.Open(SparkFolder.Root), []);
        Assert.True(tables.Count > 15);
        Assert.All(tables, t => Assert.True(t.Sound, string.Join('\n', t.Findings.Select(f => $"{f.Table}: {f.Subject} {f.Problem}"))));
    }

    [Fact]
    public void A_broken_checkpoint_of_a_table_that_others_write_goes_and_no_deleted_row_comes_back()
    {
        using var folder = new TempFolder();
        SparkFolder.Copy("deleted", folder);
        var lake = DataLake.Open(folder.Path);
        var before = Assert.Single(TableCheck.Run(lake, ["deleted"]));
        var checkpoint = folder.At("deleted", "_delta_log", $"{before.Version:D20}.checkpoint.parquet");
        File.WriteAllText(checkpoint, "no checkpoint");

        var (_, after, repaired) = TableRepair.Run(lake, ["deleted"], dropLost: false, "test");
        Assert.Single(repaired);
        Assert.False(File.Exists(checkpoint));
        Assert.Equal((before.Rows, true), (Assert.Single(after).Rows, after[0].Sound));
    }
}
