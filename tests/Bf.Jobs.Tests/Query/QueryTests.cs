using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Query;

namespace Bf.Jobs.Tests.Query;

public sealed class QueryTests
{
    [Fact]
    public void A_double_is_written_with_the_digits_that_round_trip()
    {
        double[] values = [0.1, 1.0 / 3, 1e-300, 1e300, double.MaxValue, double.Epsilon, 123456789.12345679, 0.30000000000000004, 2.0 / 3, 1, -5e-324];
        var sql = string.Join(", ", values.Select(v => $"{v.ToString("R", CultureInfo.InvariantCulture)}::DOUBLE"));

        Assert.Equal(values, Ask($"SELECT {sql}").Rows.Single().Split('|').Select(t => double.Parse(t, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("NULL", "?")]
    [InlineData("NULL::DOUBLE", "?")]
    [InlineData("''", "")]
    [InlineData("true", "true")]
    [InlineData("42", "42")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("18446744073709551615::UBIGINT", "18446744073709551615")]
    [InlineData("sum(x) FROM range(3) r(x)", "3")]
    [InlineData("(170141183460469231731687303715884105727)::HUGEINT", "170141183460469231731687303715884105727")]
    [InlineData("1.10::DECIMAL(4,2)", "1.10")]
    [InlineData("-0.05::DECIMAL(9,2)", "-0.05")]
    [InlineData("12345678901234.5678::DECIMAL(18,4)", "12345678901234.5678")]
    [InlineData("-1234567890123456789012345678.9012345678::DECIMAL(38,10)", "-1234567890123456789012345678.9012345678")]
    [InlineData("7::DECIMAL(5,0)", "7")]
    [InlineData("0.1::FLOAT", "0.1")]
    [InlineData("'NaN'::DOUBLE", "NaN")]
    [InlineData("'Ünï|code'", "Ünï|code")]
    [InlineData("'a longer text than twelve bytes'", "a longer text than twelve bytes")]
    [InlineData("'\\x00\\xFF'::BLOB", "\\x00ff")]
    [InlineData("DATE '2024-02-29'", "2024-02-29")]
    [InlineData("DATE '1969-12-31'", "1969-12-31")]
    [InlineData("TIME '14:30:00.5'", "14:30:00.500000")]
    [InlineData("TIMESTAMP '2024-01-02 14:30:00'", "2024-01-02T14:30:00")]
    [InlineData("TIMESTAMP '2024-01-02 14:30:00.000001'", "2024-01-02T14:30:00.000001")]
    [InlineData("TIMESTAMPTZ '2024-01-02 00:00:00+00'", "2024-01-02T00:00:00Z")]
    [InlineData("TIMESTAMPTZ '2024-01-02 00:00:00-05'", "2024-01-02T05:00:00Z")]
    [InlineData("TIMESTAMP_S '2024-01-02 14:30:00'", "2024-01-02T14:30:00")]
    [InlineData("TIMESTAMP_MS '2024-01-02 14:30:00.25'", "2024-01-02T14:30:00.250000")]
    [InlineData("strftime(TIMESTAMPTZ '2024-01-02 00:00:00+00', '%Y-%m-%d %H')", "2024-01-02 00")]
    [InlineData("current_setting('TimeZone')", "UTC")]
    [InlineData("[1, NULL, 3]", "[1, null, 3]")]
    [InlineData("[]::INTEGER[]", "[]")]
    [InlineData("[[1], [], NULL]", "[[1], [], null]")]
    [InlineData("[1, 2]::INTEGER[2]", "[1, 2]")]
    [InlineData("{'a': 1.10::DECIMAL(4,2), 'b \"quoted\"': 'a longer text than twelve bytes, \"quoted\"', 'c': NULL}", "{\"a\": 1.10, \"b \\\"quoted\\\"\": \"a longer text than twelve bytes, \\\"quoted\\\"\", \"c\": null}")]
    [InlineData("MAP {'k': [true], 'm': []}", "{\"k\": [true], \"m\": []}")]
    [InlineData("MAP {1: DATE '2024-01-02'}", "{\"1\": \"2024-01-02\"}")]
    [InlineData("{'t': TIMESTAMPTZ '2024-01-02 00:00:00+00', 'n': 'NaN'::DOUBLE, 'f': 0.1::FLOAT, 'x': '\\xFF'::BLOB}", "{\"t\": \"2024-01-02T00:00:00Z\", \"n\": null, \"f\": 0.1, \"x\": \"\\\\xff\"}")]
    public void A_value_is_written_as_it_is(string sql, string text) => Assert.Equal(text, Assert.Single(Ask($"SELECT {sql}").Rows));

    [Theory]
    [InlineData("INTERVAL 1 DAY")]
    [InlineData("uuid()")]
    [InlineData("[INTERVAL 1 DAY]")]
    public void A_value_of_a_type_without_a_text_asks_for_a_cast(string sql) =>
        Assert.Contains("CAST(x AS VARCHAR)", Assert.Throws<JobException>(() => Ask($"SELECT {sql} AS x")).Message);

    [Fact]
    public void Columns_say_what_they_hold()
    {
        var sink = Ask("SELECT 1 AS a, 'x' AS b, true AS c, 1.5::DECIMAL(4,1) AS d, now() AS e, [1] AS f");

        Assert.Equal(["a", "b", "c", "d", "e", "f"], sink.Names);
        Assert.Equal([CellKind.Number, CellKind.Text, CellKind.Truth, CellKind.Number, CellKind.Text, CellKind.Json], sink.Kinds);
        Assert.Equal(1, sink.Ended);
    }

    [Fact]
    public void Rows_of_many_chunks_come_in_order()
    {
        var sink = Ask("SELECT x FROM range(10000) r(x) ORDER BY x");

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => i.ToString(CultureInfo.InvariantCulture)), sink.Rows);
        Assert.Equal(10_000, sink.Ended);
    }

    [Fact]
    public void A_question_without_answer_has_its_columns()
    {
        var sink = Ask("SELECT 1 AS a WHERE false");
        Assert.Equal((0, 0L), (sink.Rows.Count, sink.Ended!.Value));
        Assert.Equal(["a"], sink.Names);
    }

    [Theory]
    [InlineData("INSERT INTO bars_1d SELECT * FROM bars_1d")]
    [InlineData("CREATE TABLE x AS SELECT 1")]
    [InlineData("CREATE TEMP TABLE x (a INTEGER)")]
    [InlineData("COPY (SELECT 1) TO '{folder}/out.csv'")]
    [InlineData("EXPLAIN ANALYZE COPY (SELECT 1) TO '{folder}/out.csv'")]
    [InlineData("EXPLAIN (ANALYZE) CREATE TABLE x AS SELECT 1")]
    [InlineData("/* a */ explain -- b\n analyze /* c\n */ copy (SELECT 1) TO '{folder}/out.csv'")]
    [InlineData("-- a comment\nexport DATABASE '{folder}/out.csv'")]
    [InlineData(";COPY (SELECT 1) TO '{folder}/out.csv'")]
    [InlineData("EXPORT DATABASE '{folder}/out.csv'")]
    [InlineData("/* /* nested */ */ EXPORT DATABASE '{folder}/out.csv'")]
    [InlineData("--\rEXPORT/**/DATABASE '{folder}/out.csv'")]
    [InlineData("ATTACH '{folder}/out.csv' AS other")]
    [InlineData("DROP VIEW bars_1d")]
    [InlineData("SET threads = 1")]
    [InlineData("PRAGMA enable_profiling")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1; DROP VIEW bars_1d")]
    [InlineData("SELECT 1; COPY (SELECT 1) TO '{folder}/out.csv'")]
    public void Whatever_does_not_only_read_is_refused(string sql)
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(2, 3));
        var versions = lake.Versions();

        Assert.Contains("only reads", Assert.Throws<JobException>(() => lake.Query(sql.Replace("{folder}", lake.Path, StringComparison.Ordinal))).Message);
        Assert.False(Path.Exists(lake.At("out.csv")));
        Assert.Equal(versions, lake.Versions());
    }

    [Theory]
    [InlineData("SELECT 42")]
    [InlineData("SELECT 42;")]
    [InlineData("  -- a comment\nSELECT 42 /* and another */ ;  ")]
    [InlineData("WITH x AS (SELECT 42) SELECT * FROM x")]
    [InlineData("FROM (SELECT 42)")]
    [InlineData("VALUES (42)")]
    public void Whatever_is_one_select_is_answered(string sql) => Assert.Equal("42", Assert.Single(Ask(sql).Rows));

    [Theory]
    [InlineData("EXPLAIN SELECT 42")]
    [InlineData("explain analyze select 42")]
    [InlineData("EXPLAIN (FORMAT json) SELECT 42")]
    [InlineData("DESCRIBE SELECT 42 AS a")]
    public void Questions_about_a_query_are_answered_too(string sql) => Assert.NotNull(Ask(sql).Ended);

    [Theory]
    [InlineData("SELEKT 1", "syntax error")]
    [InlineData("", "no statement")]
    [InlineData("SELECT nothing FROM breadth", "nothing")]
    [InlineData("SELECT * FROM no_such_table", "no_such_table")]
    [InlineData("SELECT CAST('x' AS INTEGER)", "Could not convert")]
    public void What_the_database_does_not_understand_is_said_in_its_words(string sql, string words)
    {
        using var lake = new TestLake();
        Assert.Contains(words, Assert.Throws<JobException>(() => lake.Query(sql)).Message);
    }

    [Fact]
    public void A_question_that_names_no_table_needs_no_lake()
    {
        var sink = new TextSink();
        QueryJob.Run(() => throw new InvalidOperationException("no lake"), "SELECT 1", sink);
        Assert.Equal(["1"], sink.Rows);
    }

    [Fact]
    public void A_table_that_is_not_there_yet_is_empty_and_has_its_columns()
    {
        using var lake = new TestLake();
        foreach (var table in Tables.Fixed.Append(Tables.Bars(Interval.Day)).Append(Tables.Bars(Interval.Parse("5m"))))
        {
            var sink = new TextSink();
            QueryJob.Run(() => lake.Lake, $"SELECT * FROM {table.Name}", sink);
            Assert.Equal(table.Columns.Select(c => c.Name), sink.Names);
            Assert.Equal(0, sink.Ended);
        }

        Assert.False(Directory.Exists(lake.At("lake"))); // and asking made none
    }

    [Fact]
    public void Asking_writes_nothing()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(3, 30));
        lake.Generate();
        var before = Files();

        lake.Query("SELECT count(*) FROM bars_1d, breadth, signals, thrusts, runs, state, quarantine, backtests");
        lake.Query("SELECT * FROM delta('bars_1d', version => 0)");
        Assert.Equal(before, Files());

        List<string> Files() => [.. Directory.EnumerateFileSystemEntries(lake.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}")];
    }

    [Fact]
    public void Tables_are_known_in_any_case_and_may_be_joined()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(3, 30));
        lake.Generate();

        Assert.Equal("30", lake.Value("SELECT count(*) FROM BREADTH b JOIN Signals s USING (universe, interval, ts) WHERE b.bars = (SELECT count(*) FROM bars_1d x WHERE x.ts = b.ts)"));
    }

    [Fact]
    public void Delta_reads_a_version_a_moment_and_a_folder()
    {
        using var lake = new TestLake();
        var bars = Market.Random(2, 3);
        foreach (var day in bars.GroupBy(b => b.Ts))
        {
            lake.Import(day);
            lake.Clock.Now += TimeSpan.FromDays(1);
        }

        Assert.Equal("6", Count("'bars_1d'"));
        Assert.Equal("2", Count("'bars_1d', version => 0"));
        Assert.Equal("4", Count("'bars_1d' , VERSION=>1"));
        Assert.Equal("2", Count("'bars_1d', timestamp => '2026-01-31 18:00:00'"));
        Assert.Equal("2", Count("'bars_1d', timestamp => '2026-02-01'"));
        Assert.Equal("4", Count("'bars_1d', timestamp => '2026-02-01 18:00:00'"));
        Assert.Equal("4", Count("'bars_1d', timestamp => '2026-02-01T19:00:00+01:00'"));
        Assert.Equal("6", Count($"'{lake.At("lake", "bars_1d")}'"));
        Assert.Equal("2", Count($"'{lake.At("lake", "bars_1d")}/', version => 0"));
        Assert.Equal("2", lake.Value("SELECT count(*) FROM delta('bars_1d') a ANTI JOIN delta('bars_1d', version => 1) b USING (symbol, ts)"));

        string Count(string arguments) => lake.Value($"SELECT count(*) FROM delta({arguments})");
    }

    [Fact]
    public void Delta_of_a_folder_needs_no_lake()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(2, 3));
        var sink = new TextSink();
        QueryJob.Run(() => throw new InvalidOperationException("no lake"), $"SELECT count(*) FROM delta('{lake.At("lake")}/bars_1d')", sink);

        Assert.Equal(["6"], sink.Rows);
    }

    [Fact]
    public void Delta_of_what_is_not_there_says_so()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(2, 3));

        Assert.Contains("is no Delta table", Assert.Throws<DeltaException>(() => lake.Query("SELECT * FROM delta('nothing')")).Message);
        Assert.Contains("no version 7: the newest is 0", Assert.Throws<DeltaException>(() => lake.Query("SELECT * FROM delta('bars_1d', version => 7)")).Message);
        Assert.Contains("no version as old as", Assert.Throws<DeltaException>(() => lake.Query("SELECT * FROM delta('bars_1d', timestamp => '2020-01-01')")).Message);
        Assert.Contains("is no time like", Assert.Throws<JobException>(() => lake.Query("SELECT * FROM delta('bars_1d', timestamp => 'yesterday')")).Message);
    }

    private static TextSink Ask(string sql)
    {
        var sink = new TextSink();
        QueryJob.Run(() => throw new InvalidOperationException("no lake is needed"), sql, sink);
        return sink;
    }
}
