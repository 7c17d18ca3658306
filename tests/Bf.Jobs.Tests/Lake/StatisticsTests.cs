using System.Text.Json;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Tests.Lake;

public sealed class StatisticsTests
{
    private static readonly Dictionary<string, string?> Ours = new() { [BarLayout.Tag] = "A" };

    [Fact]
    public void A_file_says_its_rows_its_nulls_and_its_bounds()
    {
        using var t = new TestTable();
        var file = Assert.Single(t.Append("""
            SELECT * FROM (VALUES
                ('MSFT', TIMESTAMPTZ '2024-03-01 00:00:00+00', 5::BIGINT, 0.5::DOUBLE),
                ('AAPL', TIMESTAMPTZ '2024-01-02 00:00:00+00', NULL, NULL),
                ('BRK-B', TIMESTAMPTZ '2024-02-01 00:00:00+00', -7, NULL)) v(symbol, ts, n, x)
            """).Files);

        var stats = JsonDocument.Parse(file.Stats!).RootElement;
        Assert.Equal(3, stats.GetProperty("numRecords").GetInt64());
        Assert.Equal("""{"symbol":"AAPL","ts":"2024-01-02T00:00:00.000Z","n":-7}""", stats.GetProperty("minValues").GetRawText());
        Assert.Equal("""{"symbol":"MSFT","ts":"2024-03-01T00:00:00.000Z","n":5}""", stats.GetProperty("maxValues").GetRawText());
        Assert.Equal("""{"symbol":0,"ts":0,"n":1,"x":2}""", stats.GetProperty("nullCount").GetRawText());
    }

    [Fact]
    public void The_greatest_time_is_rounded_up_to_a_millisecond_so_that_no_row_lies_outside()
    {
        using var t = new TestTable();
        var file = Assert.Single(t.Append("""
            SELECT 'A' AS symbol, unnest([TIMESTAMPTZ '2024-01-02 14:30:00.000999+00', TIMESTAMPTZ '2024-01-02 14:30:00.123001+00']) AS ts, 1::BIGINT AS n, 1::DOUBLE AS x
            """).Files);

        var statistics = FileStatistics.Of(file with { Tags = Ours });
        Assert.Equal("2024-01-02T14:30:00.000Z", statistics.MinText("ts"));
        Assert.Equal("2024-01-02T14:30:00.124Z", statistics.MaxText("ts"));
        Assert.Equal(Market.Day(2024, 1, 2) + (((14 * 60) + 30) * 60_000_000L) + 124_000, statistics.MaxTime("ts"));
    }

    [Fact]
    public void Times_before_1970_round_outwards_too()
    {
        using var t = new TestTable();
        var file = Assert.Single(t.Append("SELECT 'A' AS symbol, make_timestamptz(-1500) AS ts, 1::BIGINT AS n, 1::DOUBLE AS x").Files);

        var statistics = FileStatistics.Of(file with { Tags = Ours });
        Assert.Equal((-2000, -1000), (statistics.MinTime("ts"), statistics.MaxTime("ts")));
    }

    [Fact]
    public void The_greatest_time_that_another_writer_cut_to_a_millisecond_may_have_been_up_to_one_later()
    {
        var file = new AddFile { Path = "x", Stats = """{"numRecords":1,"maxValues":{"ts":"1970-01-01T00:00:00.001Z"}}""" };

        Assert.Equal(1999, FileStatistics.Of(file).MaxTime("ts"));
    }

    [Fact]
    public void Rows_that_a_deletion_vector_takes_away_do_not_count()
    {
        var file = new AddFile { Path = "x", Stats = """{"numRecords":10,"tightBounds":false}""", DeletionVector = new() { StorageType = "i", Cardinality = 3 } };

        Assert.Equal(7, FileStatistics.Of(file).Rows);
    }

    [Fact]
    public void A_column_of_nulls_has_no_bounds()
    {
        using var t = new TestTable();
        var statistics = FileStatistics.Of(Assert.Single(t.Append("SELECT NULL::VARCHAR AS symbol, NULL::TIMESTAMPTZ AS ts, NULL::BIGINT AS n, NULL::DOUBLE AS x FROM range(3)").Files));

        Assert.Equal(3, statistics.Rows);
        Assert.Null(statistics.MinText("symbol"));
        Assert.Null(statistics.MaxTime("ts"));
    }

    [Theory]
    [InlineData("Ünïcode'\\\"quoted")]
    [InlineData("A\u0001B")]
    public void Odd_texts_are_bounds_as_they_are(string symbol)
    {
        using var t = new TestTable();
        var statistics = FileStatistics.Of(Assert.Single(t.Append(symbol.Replace("'", "''", StringComparison.Ordinal), 1).Files));

        Assert.Equal((symbol, symbol), (statistics.MinText("symbol"), statistics.MaxText("symbol")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"numRecords\":1}")]
    public void Statistics_that_another_writer_left_out_or_broke_are_unknown(string? stats)
    {
        var statistics = FileStatistics.Of(new AddFile { Path = "x", Stats = stats });

        Assert.Null(statistics.MinTime("ts"));
        Assert.Null(statistics.MaxText("symbol"));
    }
}
