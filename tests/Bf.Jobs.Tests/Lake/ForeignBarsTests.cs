using System.Buffers.Binary;
using System.Text.Json;
using Bf.Jobs.Inventory;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Maintenance;

namespace Bf.Jobs.Tests.Lake;

/// <summary>A lake's own bars after another engine laid them anew: by partitions, under other names, with rows deleted by vectors.</summary>
public sealed class ForeignBarsTests
{
    [Fact]
    public void Signals_of_bars_that_another_engine_laid_anew_are_the_same()
    {
        var bars = Market.Random(4, 60);
        using TestLake own = new(), foreign = new();
        own.Import(bars.Where(b => b.Symbol != "S03"));
        own.Generate();
        foreign.Import(bars);
        LayAnew(foreign);

        Assert.Equal(180, foreign.Generate().BarsRead);
        Assert.Equal(own.Results(withState: true), foreign.Results(withState: true));
        Assert.Equal(own.Bars(), foreign.Bars());
        Assert.Equal(["S00: 60", "S01: 60", "S02: 60"], BarInventory.Symbols(foreign.Lake, Core.Market.Interval.Day).Select(s => $"{s.Symbol}: {s.Bars}"));
    }

    [Fact]
    public void An_import_into_such_bars_is_refused_by_the_features_name_and_changes_nothing()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(4, 60));
        LayAnew(lake);
        var (bars, files) = (lake.Bars(), Files());

        Assert.Contains("bars_1d can't be written: it uses the Delta feature", Assert.Throws<DeltaException>(() => lake.Import(Market.Random(5, 60))).Message);
        Assert.Equal(bars, lake.Bars());
        Assert.Equal(files, Files());

        List<string> Files() => [.. Directory.EnumerateFiles(lake.At("lake", "bars_1d"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Columns_that_others_gave_the_bars_stay_whoever_writes_the_rows_anew()
    {
        var bars = Market.Random(3, 30);
        var late = bars[^1] with { Symbol = "NEW", Volume = 1 };
        using var lake = new TestLake();
        lake.Import(bars);
        GiveColumns(lake, late);
        var given = "tech|1.25|7|123.456|{\"a\": 1}";
        Assert.Equal([$"NEW|1|{given}"], Given());

        lake.Import([late with { Volume = 2 }, late with { Symbol = "LATER" }]);
        Assert.Equal([$"NEW|2|{given}"], Given());
        for (var i = 1; i <= 10; i++) // from the ninth file on, small ones become one
        {
            lake.Import([late with { Ts = late.Ts + (i * 86_400_000_000) }]);
        }

        TableOptimize.Run(lake.Lake, ["bars_1d"], "test");
        new SymbolEdit(lake.Lake, Core.Market.Interval.Day, "NEW").Rename("NEWER", "test");
        Assert.Equal([$"NEWER|2|{given}"], Given());
        Assert.Equal("102|1", lake.Value("SELECT count(*), count(lots) FROM delta('bars_1d')"));
        Assert.True(Assert.Single(TableCheck.Run(lake.Lake, ["bars_1d"])).Sound);
        Assert.Equal("FLOAT|SMALLINT", lake.Value("SELECT DISTINCT typeof(beta), typeof(lots) FROM read_parquet('" + Newest() + "')"));

        List<string> Given() => lake.Query("SELECT symbol, volume, sector, beta, lots, cap, note FROM delta('bars_1d') WHERE sector IS NOT NULL");
        string Newest() => Directory.EnumerateFiles(lake.At("lake", "bars_1d"), "*.parquet").MaxBy(File.GetCreationTimeUtc)!;
    }

    /// <summary>Another writer gives the table columns of types that bf does not use, and appends a bar that has them.</summary>
    private static void GiveColumns(TestLake lake, Core.Market.Bar bar)
    {
        using var connection = DuckDatabase.Connect();
        var log = lake.At("lake", "bars_1d", "_delta_log");
        connection.Execute($$"""
            COPY (SELECT '{{bar.Symbol}}' AS symbol, make_timestamptz({{bar.Ts}}) AS ts, 1.0::DOUBLE AS open, 1.0::DOUBLE AS high, 1.0::DOUBLE AS low, 1.0::DOUBLE AS close, 1.0::DOUBLE AS adj_close,
                {{bar.Volume}}::BIGINT AS volume, 'x' AS source, make_timestamptz(0) AS ingested_at,
                'tech' AS sector, 1.25::FLOAT AS beta, 7::SMALLINT AS lots, 123.456::DECIMAL(12, 3) AS cap, {a: 1} AS note)
            TO '{{lake.At("lake", "bars_1d", "theirs.parquet")}}' (FORMAT parquet)
            """);
        var metaData = File.ReadLines(Path.Combine(log, $"{0:D20}.json")).Single(l => l.StartsWith("{\"metaData\"", StringComparison.Ordinal));
        const string Columns = """
            ,{"name":"sector","type":"string","nullable":true,"metadata":{}},{"name":"beta","type":"float","nullable":true,"metadata":{}},{"name":"lots","type":"short","nullable":true,"metadata":{}},{"name":"cap","type":"decimal(12,3)","nullable":true,"metadata":{}},{"name":"note","type":{"type":"struct","fields":[{"name":"a","type":"integer","nullable":true,"metadata":{}}]},"nullable":true,"metadata":{}}]}
            """;
        var node = System.Text.Json.Nodes.JsonNode.Parse(metaData)!;
        var schema = (string)node["metaData"]!["schemaString"]!;
        node["metaData"]!["schemaString"] = schema[..^2] + Columns.Trim();
        var size = new FileInfo(lake.At("lake", "bars_1d", "theirs.parquet")).Length;
        File.WriteAllLines(Path.Combine(log, $"{1:D20}.json"),
            [node.ToJsonString(), $$$"""{"add":{"path":"theirs.parquet","partitionValues":{},"size":{{{size}}},"modificationTime":0,"dataChange":true}}"""]);
    }

    /// <summary>One file a symbol, the symbol in its path; times and closing prices under other names; S03 and a row too many of S00 deleted by vectors.</summary>
    private static void LayAnew(TestLake lake)
    {
        using var connection = DuckDatabase.Connect();
        var table = lake.At("lake", "bars_1d");
        var old = string.Join(", ", Directory.EnumerateFiles(table, "*.parquet").Select(DuckConnection.Quote));
        List<string> log =
        [
            """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["columnMapping","deletionVectors"],"writerFeatures":["columnMapping","deletionVectors"]}}""",
            $$$$"""{"metaData":{"id":"1","format":{"provider":"parquet"},"schemaString":{{{{JsonSerializer.Serialize(Schema())}}}},"partitionColumns":["symbol"],"configuration":{"delta.columnMapping.mode":"name"}}}""",
        ];
        foreach (var symbol in (string[])["S00", "S01", "S02", "S03"])
        {
            Directory.CreateDirectory(Path.Combine(table, $"symbol={symbol}"));
            var more = symbol == "S00" ? "UNION ALL SELECT max(ts) + INTERVAL 1 DAY, 1, 1, 1, 1, 1, 1, 'odd', max(ingested_at) FROM b" : "";
            connection.Execute($"""
                COPY (WITH b AS (FROM read_parquet([{old}]) WHERE symbol = '{symbol}')
                    SELECT ts AS "col-1", open, high, low, close AS "col-2", adj_close, volume, source, ingested_at FROM (SELECT * EXCLUDE symbol FROM b {more}) ORDER BY ts)
                TO '{Path.Combine(table, $"symbol={symbol}", "part-0.parquet")}' (FORMAT parquet)
                """);
            var deleted = symbol switch { "S00" => [60], "S03" => Enumerable.Range(0, 60).ToArray(), _ => [] };
            log.Add($$$$"""{"add":{"path":"symbol%3D{{{{symbol}}}}/part-0.parquet","partitionValues":{"symbol":"{{{{symbol}}}}"},"size":1,"modificationTime":0,"dataChange":true{{{{(deleted.Length > 0 ? ",\"deletionVector\":" + Vector(deleted) : "")}}}} }}""");
        }

        foreach (var entry in Directory.EnumerateFiles(Path.Combine(table, "_delta_log")))
        {
            File.Delete(entry);
        }

        File.WriteAllLines(Path.Combine(table, "_delta_log", "00000000000000000000.json"), log);
    }

    private static string Schema() =>
        $$"""{"type":"struct","fields":[{{string.Join(",", Tables.Bars(Core.Market.Interval.Day).Columns.Select(c =>
            $$$"""{"name":"{{{c.Name}}}","type":"{{{c.DeltaType}}}","nullable":true,"metadata":{"delta.columnMapping.physicalName":"{{{(c.Name == "ts" ? "col-1" : c.Name == "close" ? "col-2" : c.Name)}}}"}}"""))}}]}""";

    /// <summary>A deletion vector in the log: one bitmap with one array.</summary>
    private static string Vector(int[] rows)
    {
        var bytes = new byte[(32 + (2 * rows.Length) + 3) / 4 * 4];
        var at = 0;
        foreach (var number in (int[])[1681511377, 1, 0, 0, 12346, 1, (rows.Length - 1) << 16, 16])
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), number);
            at += 4;
        }

        foreach (var row in rows)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)row);
            at += 2;
        }

        return $$"""{"storageType":"i","pathOrInlineDv":{{JsonSerializer.Serialize(Z85Text(bytes))}},"sizeInBytes":{{at}},"cardinality":{{rows.Length}}}""";
    }

    private static string Z85Text(ReadOnlySpan<byte> bytes)
    {
        const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
        var text = "";
        for (; bytes.Length > 0; bytes = bytes[4..])
        {
            var word = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            text += string.Concat(new uint[] { 52200625, 614125, 7225, 85, 1 }.Select(d => Alphabet[(int)(word / d % 85)]));
        }

        return text;
    }
}
