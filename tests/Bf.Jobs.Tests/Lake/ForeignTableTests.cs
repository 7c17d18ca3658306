using System.Text.Json;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Query;

namespace Bf.Jobs.Tests.Lake;

/// <summary>Tables of other writers: those of Spark, which lie beside the tests, and logs made by hand.</summary>
public sealed class ForeignTableTests
{
    public static TheoryData<string> Versions => [.. SparkTables.Rows().Keys];

    [Theory, MemberData(nameof(Versions))]
    public void Every_version_of_a_table_of_Spark_is_read_as_Spark_reads_it(string tableAndVersion)
    {
        var (table, version) = tableAndVersion.Split('@') is [var t, var v] ? (t, v) : default;
        var ours = Ask(SparkTables.Question(table, $"delta('{SparkFolder.Root}/{table}', version => {version})"));

        var theirs = SparkTables.Rows()[tableAndVersion].Select(r => SparkTables.Canonical(JsonDocument.Parse(r).RootElement));
        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/signs %20 [é]")]
    [InlineData("/signs %20 [é]/")]
    [InlineData("/../tables/signs %20 [é]")]
    public void A_table_is_named_by_its_folder(string path) => Assert.Equal(3, Ask($"SELECT * FROM delta('{SparkFolder.Root}{path}')").Count);

    [Theory]
    [InlineData("file://")]
    [InlineData("file:")]
    [InlineData("FILE://localhost")]
    public void A_table_is_named_by_a_URL_of_a_file(string scheme) =>
        Assert.Equal(3, Ask($"SELECT * FROM delta('{scheme}{SparkFolder.Root}/signs%20%2520%20%5B%C3%A9%5D')").Count);

    [Theory]
    [InlineData("gs://bucket/table", "this version reads tables in folders")]
    [InlineData("https://example.org/table", "this version reads tables in folders")]
    [InlineData("file://elsewhere/table", "names no file of this machine")]
    [InlineData("/", "is no Delta table")]
    [InlineData("/no/such/folder", "is no Delta table")]
    public void A_place_without_a_table_that_can_be_read_is_refused(string place, string words) =>
        Assert.Contains(words, Assert.Throws<DeltaException>(() => Ask($"SELECT * FROM delta('{place}')")).Message);

    [Fact]
    public void An_opened_table_says_its_version_its_columns_and_its_rows()
    {
        var table = ForeignTable.Open(Path.Combine(SparkFolder.Root, "renamed"), new FakeClock(), version: 1);

        Assert.Equal(1, table.Snapshot.Version);
        Assert.Equal(["id", "a", "gone", "p", "s", "l", "m"], table.Schema.Fields.Select(f => f.Name));
        Assert.Equal(["p"], table.Schema.Partitions);
        Assert.StartsWith("(SELECT", table.Relation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp", "2024-01-02T14:30:00.123456Z", "2024-01-02T14:30:00.123456Z")]
    [InlineData("timestamp", "2024-01-02T16:30:00.5+02:00", "2024-01-02T14:30:00.500000Z")]
    [InlineData("timestamp", "2024-01-02 14:30:00", "2024-01-02T14:30:00Z")]
    [InlineData("timestamp", "2024-01-02 14:30:00.000001", "2024-01-02T14:30:00.000001Z")]
    [InlineData("timestamp_ntz", "2024-01-02 14:30:00.5", "2024-01-02T14:30:00.500000")]
    [InlineData("date", "1969-12-31", "1969-12-31")]
    [InlineData("decimal(38,10)", "-1234567890123456789012345678.9012345678", "-1234567890123456789012345678.9012345678")]
    [InlineData("decimal(5,2)", "7", "7.00")]
    [InlineData("double", "-Infinity", "-Infinity")]
    [InlineData("double", "NaN", "NaN")]
    [InlineData("float", "3.4028235E38", "3.4028235E+38")]
    [InlineData("boolean", "true", "true")]
    [InlineData("byte", "-128", "-128")]
    [InlineData("binary", "\\u0001A", "\\x0141")]
    [InlineData("string", "it's 100% \\\"=/\\\\", "it's 100% \"=/\\")]
    [InlineData("string", "", "?")]
    [InlineData("long", "", "?")]
    [InlineData("integer", null, "?")]
    public void A_partition_value_is_read_by_its_type(string type, string? value, string expected)
    {
        using var t = new TestTable();
        var file = Assert.Single(t.Append("A", 7).Files);
        t.WriteLog(Log($$"""{"name":"n","type":"long"},{"name":"P","type":"{{type}}"}""", partitions: "\"P\"", adds: Add(file.Path, values: $"\"P\":{(value is null ? "null" : $"\"{value}\"")}")));

        Assert.Equal([$"7|{expected}"], Rows(t));
    }

    [Fact]
    public void A_partition_value_that_is_not_in_the_log_is_null()
    {
        using var t = new TestTable();
        var file = Assert.Single(t.Append("A", 7).Files);
        t.WriteLog(Log("""{"name":"p","type":"date"},{"name":"n","type":"long"}""", partitions: "\"p\"", adds: Add(file.Path)));

        Assert.Equal(["?|7"], Rows(t));
    }

    [Fact]
    public void A_column_without_type_is_null()
    {
        using var t = new TestTable();
        var file = Assert.Single(t.Append("A", 7).Files);
        t.WriteLog(Log("""{"name":"nothing","type":"void"},{"name":"n","type":"long"}""", adds: Add(file.Path)));

        Assert.Equal(["?|7"], Rows(t));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{1}/{0}")]
    [InlineData("file:{1}/{0}")]
    [InlineData("file://{1}/{0}")]
    [InlineData("%2E/{0}")]
    public void A_data_file_lies_where_its_URI_says(string uri)
    {
        using var t = new TestTable();
        var file = Assert.Single(t.Append("A", 7).Files);
        t.WriteLog(Log("""{"name":"N","type":"long"}""", adds: Add(uri.Replace("{0}", file.Path, StringComparison.Ordinal).Replace("{1}", t.At("t"), StringComparison.Ordinal))));

        Assert.Equal(["7"], Rows(t));
    }

    [Theory]
    [InlineData("file:/other/x.parquet", "/other/x.parquet")]
    [InlineData("/other/x.parquet", "file:///other/x.parquet")]
    public void A_file_is_the_same_with_and_without_the_scheme_of_its_path(string added, string removed)
    {
        using var t = new TestTable();
        t.WriteLog(Log("""{"name":"n","type":"long"}""", adds: Add(added)), $$$"""{"remove":{"path":"{{{removed}}}","dataChange":true}}""");

        Assert.Empty(Rows(t));
    }

    [Fact]
    public void A_data_file_that_was_vacuumed_is_an_error_that_names_it_and_later_versions_are_read()
    {
        var error = Assert.Throws<DeltaException>(() => Ask($"SELECT * FROM delta('{SparkFolder.Root}/vacuumed', version => 1)"));

        Assert.Matches(@"the data file .*vacuumed.*\.parquet is missing: it was vacuumed or removed", error.Message);
        Assert.Equal(5, Ask($"SELECT * FROM delta('{SparkFolder.Root}/vacuumed')").Count);
    }

    [Theory]
    [InlineData("""{"add":{"size":1}}""", "path is missing")]
    [InlineData("""{"remove":{"dataChange":true}}""", "path is missing")]
    [InlineData("""{"add":{"path":"x","deletionVector":{"storageType":"u"}}}""", "pathOrInlineDv is missing")]
    public void A_line_that_lacks_what_it_must_have_is_an_error_that_names_the_line(string line, string words)
    {
        using var t = new TestTable();
        t.WriteLog(Log("""{"name":"n","type":"long"}""") + line);

        Assert.Contains($"the log entry 00000000000000000000.json is damaged in line 3 ({words})", Assert.Throws<DeltaException>(() => Rows(t)).Message);
    }

    [Theory]
    [InlineData("s3://bucket/x.parquet")]
    [InlineData("abfss://container@account/x.parquet")]
    public void A_data_file_in_another_store_is_refused(string uri)
    {
        using var t = new TestTable();
        t.WriteLog(Log("""{"name":"n","type":"long"}""", adds: Add(uri)));

        Assert.Contains($"the file {uri} lies in another store", Assert.Throws<DeltaException>(() => Rows(t)).Message);
    }

    [Theory]
    [InlineData("\"variant\"", "variant")]
    [InlineData("\"interval year to month\"", "interval year to month")]
    [InlineData("\"geometry(OGC:CRS84)\"", "geometry(OGC:CRS84)")]
    [InlineData("""{"type":"array","elementType":"variant"}""", "variant")]
    [InlineData("""{"type":"udt","class":"x"}""", "udt")]
    public void A_column_of_a_type_that_is_lacking_is_refused_by_name_and_type(string type, string named)
    {
        using var t = new TestTable();
        t.WriteLog(Log($$"""{"name":"n","type":"long"},{"name":"odd","type":{{type}}}"""));

        var message = Assert.Throws<DeltaException>(() => Rows(t)).Message;
        Assert.Contains("its column odd has the type", message);
        Assert.Contains(named, message);
    }

    [Theory]
    [InlineData("string", "integer")]
    [InlineData("long", "double")]
    [InlineData("double", "float")]
    [InlineData("long", "integer")]
    [InlineData("integer", "decimal(9,0)")]
    [InlineData("long", "decimal(20,1)")]
    [InlineData("decimal(10,2)", "decimal(10,4)")]
    [InlineData("date", "timestamp")]
    [InlineData("", "long")]
    public void A_change_of_type_that_may_lose_something_is_refused(string from, string to)
    {
        using var t = new TestTable();
        t.WriteLog(Log($$$"""{"name":"n","type":"long","metadata":{"delta.typeChanges":[{"fromType":"{{{from}}}","toType":"{{{to}}}"}]}}"""));

        Assert.Contains($"can't be read: it uses the Delta feature typeWidening from {from} to {to},", Assert.Throws<DeltaException>(() => Rows(t)).Message);
    }

    [Fact]
    public void Columns_are_found_by_id_whatever_the_file_calls_them_and_a_file_without_ids_is_refused()
    {
        using var t = new TestTable();
        Directory.CreateDirectory(t.At("t"));
        Copy("FIELD_IDS {x: 1, s: {__duckdb_field_id: 2, a: 3, l: {__duckdb_field_id: 4, element: 5}}},", "ids.parquet");
        const string Fields = """
            {"name":"s2","type":{"type":"struct","fields":[{"name":"b","type":"long","metadata":{"delta.columnMapping.id":3,"delta.columnMapping.physicalName":"other"}},{"name":"l","type":{"type":"array","elementType":"integer"},"metadata":{"delta.columnMapping.id":4}}]},"metadata":{"delta.columnMapping.id":2}},{"name":"s","type":"string","metadata":{"delta.columnMapping.id":7}},{"name":"y","type":"integer","metadata":{"delta.columnMapping.id":1}}
            """;
        t.WriteLog(Log(Fields, configuration: "\"delta.columnMapping.mode\":\"id\"", adds: Add("ids.parquet")));
        Assert.Equal(["{\"b\": 2, \"l\": [3]}|?|1"], Rows(t));

        Copy("", "none.parquet");
        t.WriteLog(Log(Fields, configuration: "\"delta.columnMapping.mode\":\"id\"", adds: Add("none.parquet")));
        Assert.Contains("its columns have no ids", Assert.Throws<DeltaException>(() => Rows(t)).Message);

        void Copy(string option, string name)
        {
            using var connection = Jobs.Lake.DuckDb.DuckDatabase.Connect();
            connection.Execute($"COPY (SELECT 1 AS x, {{'a': 2, 'l': [3]}} AS s) TO '{t.At("t", name)}' ({option} FORMAT parquet)");
        }
    }

    [Fact]
    public void A_moment_means_the_times_in_the_commits_which_never_go_back()
    {
        using var t = new TestTable();
        t.WriteLog(
            Log("""{"name":"n","type":"long"}""") + Info(1_000, null),
            Info(5_000, 2_000), // the time of the commit itself counts, where there is one
            Info(1_500, null), // a writer whose clock is behind
            Info(9_000, null));

        Assert.Equal([0, 0, 1, 2, 2, 3], new long[] { 1_000, 1_999, 2_000, 2_001, 8_999, 9_000 }.Select(ms => new DeltaLog(new Jobs.Lake.Store.LocalStore(t.Path), "t", t.Clock).VersionAt(DateTimeOffset.FromUnixTimeMilliseconds(ms))));

        static string Info(long timestamp, long? inCommit) => $$$"""{"commitInfo":{"timestamp":{{{timestamp}}},"inCommitTimestamp":{{{inCommit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}}},"operation":"WRITE"}}""" + "\n";
    }

    [Fact]
    public void Statistics_of_a_mapped_table_are_asked_for_by_the_columns_present_names()
    {
        using var t = new TestTable();
        t.WriteLog(Log(
            """{"name":"ts","type":"timestamp","metadata":{"delta.columnMapping.physicalName":"new"}},{"name":"time","type":"timestamp","metadata":{"delta.columnMapping.physicalName":"ts"}}""",
            configuration: "\"delta.columnMapping.mode\":\"name\"",
            adds: Add("x.parquet", stats: """{\"numRecords\":1,\"minValues\":{\"ts\":\"1970-01-01T00:00:01.000Z\",\"new\":\"1970-01-01T00:00:02.000Z\"}}""")));

        var statistics = FileStatistics.Of(Assert.Single(t.Table.Load().Files));
        Assert.Equal((2_000_000, 1_000_000), (statistics.MinTime("ts"), statistics.MinTime("time")));
    }

    private static List<string> Rows(TestTable t)
    {
        var sink = new TextSink();
        QueryJob.Run(() => throw new InvalidOperationException("no lake is needed"), $"SELECT * FROM delta('{t.At("t")}')", sink);
        return sink.Rows;
    }

    private static List<string> Ask(string sql)
    {
        var sink = new ObjectSink();
        QueryJob.Run(() => throw new InvalidOperationException("no lake is needed"), sql, sink);
        return sink.Rows;
    }

    private static string Add(string path, string values = "", string stats = "") =>
        $$$"""{"add":{"path":"{{{path}}}","partitionValues":{{{{values}}}},{{{(stats.Length > 0 ? $"\"stats\":\"{stats}\"," : "")}}}"size":1,"modificationTime":0,"dataChange":true}}""" + "\n";

    private static string Log(string fields, string partitions = "", string configuration = "", string adds = "") =>
        """{"protocol":{"minReaderVersion":3,"minWriterVersion":7,"readerFeatures":["columnMapping","timestampNtz","typeWidening"],"writerFeatures":["columnMapping","timestampNtz","typeWidening"]}}""" + "\n"
        + $$$"""{"metaData":{"id":"1","format":{"provider":"parquet","options":{}},"schemaString":{{{JsonSerializer.Serialize($$"""{"type":"struct","fields":[{{fields}}]}""")}}},"partitionColumns":[{{{partitions}}}],"configuration":{{{{configuration}}}},"createdTime":0}}""" + "\n"
        + adds;

    /// <summary>Keeps rows as objects of JSON, in the form in which rows are compared.</summary>
    private sealed class ObjectSink : IRowSink
    {
        private readonly List<(string Name, string Json)> _row = [];
        private IReadOnlyList<string> _names = [];
        private IReadOnlyList<CellKind> _kinds = [];

        public List<string> Rows { get; } = [];

        public void Begin(IReadOnlyList<string> names, IReadOnlyList<CellKind> kinds) => (_names, _kinds) = (names, kinds);

        public void Cell(int column, string? text) => _row.Add((_names[column], _kinds[column].ToJson(text)));

        public void EndRow()
        {
            var json = $"{{{string.Join(",", _row.Select(c => $"{JsonSerializer.Serialize(c.Name)}:{c.Json}"))}}}";
            Rows.Add(SparkTables.Canonical(JsonDocument.Parse(json).RootElement));
            _row.Clear();
        }

        public void End(long rows) => Assert.Equal(Rows.Count, rows);
    }
}
