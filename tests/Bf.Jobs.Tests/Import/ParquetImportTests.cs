using Bf.Core.Market;
using Bf.Jobs.Import;

namespace Bf.Jobs.Tests.Import;

/// <summary>Bars from Parquet.</summary>
public sealed class ParquetImportTests
{
    [Fact]
    public void Parquet_and_csv_of_the_same_bars_give_the_same_table()
    {
        using var lake = new TestLake();
        var bars = Market.Random(4, 60);
        lake.Import(bars);
        var parquet = lake.At("bars.parquet");
        using (var connection = Jobs.Lake.DuckDb.DuckDatabase.Connect())
        {
            connection.Execute($"COPY (SELECT * REPLACE (volume::DOUBLE AS volume) FROM read_csv('{lake.At("import-1.csv")}')) TO '{parquet}' (FORMAT parquet)");
        }

        using var other = new TestLake();
        Assert.Equal(240, other.Import(parquet).Added);
        Assert.Equal(lake.Bars(), other.Bars());

        var again = lake.Import(parquet); // and one onto the other changes nothing
        Assert.Equal((0, 0, 240), (again.Added, again.Changed, again.Unchanged));
    }

    [Fact]
    public void Rows_of_parquet_that_break_a_rule_are_known_by_their_number()
    {
        using var lake = new TestLake();
        var file = lake.At("bad.parquet");
        using (var connection = Jobs.Lake.DuckDb.DuckDatabase.Connect())
        {
            connection.Execute($"""
                COPY (SELECT * FROM (VALUES
                    (DATE '2024-01-02', 'A', 10.0, 12.0, 9.0, 11.0, 11.0, 5.5),
                    (NULL, 'A', 10.0, 12.0, 9.0, 11.0, 11.0, 1),
                    (DATE '2024-01-04', NULL, 10.0, 12.0, 9.0, 11.0, 11.0, 1),
                    (DATE '2024-01-05', 'A', NULL, 12.0, 9.0, 11.0, 11.0, 1),
                    (DATE '2024-01-06', 'a ', 10.0, 12.0, 9.0, 11.0, NULL, 1),
                    (DATE '2024-01-07', 'A', 10.0, 12.0, 9.0, 11.0, 11.0, NULL),
                    (DATE '2024-01-08', 'A', 10.0, 8.0, 9.0, 11.0, 11.0, 1)) v(date, symbol, open, high, low, close, adj_close, volume)) TO '{file}' (FORMAT parquet)
                """);
        }

        lake.Import(file);
        Assert.Equal(["2|unreadable_date", "3|symbol_missing", "4|unreadable_number", "6|unreadable_number", "7|high_below_low"], lake.Query("SELECT line, rule FROM quarantine ORDER BY line"));
        Assert.Equal(["A|2024-01-02T00:00:00Z|11|6", "A|2024-01-06T00:00:00Z|11|1"], lake.Query("SELECT symbol, ts, adj_close, volume FROM bars_1d ORDER BY ts"));
    }

    [Theory]
    [InlineData("DATE '2024-01-02'", "1500::BIGINT")]
    [InlineData("TIMESTAMP '2024-01-02 16:00:00'", "1500::INTEGER")]
    [InlineData("TIMESTAMPTZ '2024-01-02 16:00:00+00'", "1499.5::DOUBLE")]
    [InlineData("TIMESTAMP_NS '2024-01-02 00:00:00'", "1500::UBIGINT")]
    [InlineData("'2024-01-02'", "1500.2::FLOAT")]
    [InlineData("'2024-01-02 16:00:00'", "1500.4::DECIMAL(18,4)")]
    [InlineData("DATE '2024-01-02'", "'1500'")]
    [InlineData("DATE '2024-01-02'", "'1499.5'")]
    public void Parquet_may_hold_dates_and_volumes_of_any_type(string date, string volume)
    {
        using var lake = new TestLake();
        using (var connection = Jobs.Lake.DuckDb.DuckDatabase.Connect())
        {
            connection.Execute($"COPY (SELECT {date} AS date, 'A' AS symbol, 10::DECIMAL(9,2) AS open, '12' AS high, 9::FLOAT AS low, 11::INTEGER AS close, {volume} AS volume) TO '{lake.At("x.parquet")}' (FORMAT parquet)");
        }

        lake.Import(lake.At("x.parquet"));
        Assert.Equal(["A|2024-01-02T00:00:00Z|10|12|9|11|11|1500"], lake.Bars());
    }
}
