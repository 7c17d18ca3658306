using Bf.Core.Market;
using Bf.Jobs.Generate;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;
using Bf.Jobs.Maintenance;
using Bf.Jobs.Tests.Lake;

namespace Bf.Jobs.Tests.Maintenance;

public sealed class OptimizeTests
{
    private static readonly List<Bar> Bars = Market.Random(4, 60);

    /// <summary>A lake whose bars came in small files of two years, in an order that is nobody's.</summary>
    private static TestLake Scattered()
    {
        var lake = new TestLake();
        foreach (var day in Bars.GroupBy(b => b.Ts).Skip(18).Take(8).Reverse())
        {
            lake.Import(day);
        }

        return lake;
    }

    [Fact]
    public void Bars_become_one_file_a_year_sorted_by_symbol_and_time_with_the_same_rows()
    {
        using var lake = Scattered();
        var before = lake.Bars();
        var result = Assert.Single(TableOptimize.Run(lake.Lake, ["bars_1d"], "test").Tables);

        Assert.Equal((8, 2, 32L), (result.FilesBefore, result.FilesAfter, result.Rows));
        Assert.Equal(before, lake.Bars());
        var table = lake.Lake.Bars(Interval.Day);
        using var connection = DuckDatabase.Connect();
        foreach (var file in table.Load().Files)
        {
            Assert.NotNull(BarLayout.YearOf(file));
            Assert.Equal(0, connection.Scalar($"SELECT count(*) FROM (SELECT (symbol, ts) < lag((symbol, ts)) OVER () AS wrong FROM {table.Parquet([file])}) WHERE wrong"));
        }

        Assert.True(TableCheck.Run(lake.Lake, []).All(t => t.Sound && t.Findings.Count == 0));
    }

    [Fact]
    public void What_is_optimized_is_not_optimized_again()
    {
        using var lake = Scattered();
        TableOptimize.Run(lake.Lake, ["bars_1d"], "test");
        var again = Assert.Single(TableOptimize.Run(lake.Lake, ["bars_1d"], "test").Tables);

        Assert.Equal((2, 2, 0L), (again.FilesBefore, again.FilesAfter, again.Rows));
    }

    [Fact]
    public void After_it_a_run_has_nothing_to_do_and_the_next_day_is_an_increment()
    {
        using var lake = new TestLake();
        foreach (var day in Bars.Take(4 * 30).GroupBy(b => b.Ts).Chunk(5))
        {
            lake.Import(day.SelectMany(b => b));
            lake.Generate();
        }

        TableOptimize.Run(lake.Lake, [], "test");
        Assert.Equal(GenerateMode.Nothing, lake.Generate().Mode);
        lake.Import(Bars.Skip(4 * 30).Take(4));
        Assert.Equal((GenerateMode.Incremental, 1), (lake.Generate() is var r ? r.Mode : default, r.Rows));

        using var fresh = new TestLake();
        fresh.Import(Bars.Take(4 * 31));
        fresh.Generate();
        Assert.Equal(fresh.Results(withState: true), lake.Results(withState: true));
    }

    [Fact]
    public void A_file_over_several_years_is_cut_and_columns_of_others_stay()
    {
        using var lake = Scattered();
        var bars = lake.Lake.Bars(Interval.Day);
        var wider = lake.Lake.Table(bars.Schema with { Columns = [.. bars.Schema.Columns, new("note", ColumnType.Text)] });
        using (var connection = DuckDatabase.Connect())
        {
            wider.Update(_ =>
            {
                var change = new Change("WRITE");
                change.Add.Add(wider.WriteFile(connection, $"SELECT 'X' AS symbol, ts, open, high, low, close, adj_close, volume, source, ingested_at, 'kept' AS note FROM {bars.Relation(bars.Load())} WHERE symbol = 'S00'")!);
                return change;
            });
        }

        TableOptimize.Run(lake.Lake, ["bars_1d"], "test");
        Assert.Equal("8|40|2022|2023", lake.Value($"SELECT count(note), count(*), min(year(ts)), max(year(ts)) FROM delta('{lake.At("lake", "bars_1d")}')"));
        Assert.Equal(2, lake.Lake.Bars(Interval.Day).Load().Files.Count);
    }

    [Fact]
    public void A_table_that_only_others_can_write_is_passed_over_when_all_are_meant()
    {
        using var lake = new TestLake();
        foreach (var day in Market.Random(2, 4).GroupBy(b => b.Ts))
        {
            lake.Import(day);
        }

        TestLake.Copy(Path.Combine(SparkFolder.Root, "by_id"), lake.At("lake", "a_foreign_one"));
        Assert.Contains(TableOptimize.Run(lake.Lake, [], "test").Tables, t => t.Table == "bars_1d" && t.FilesAfter < t.FilesBefore);
        Assert.DoesNotContain(TableOptimize.Run(lake.Lake, ["all"], "test").Tables, t => t.Table == "a_foreign_one");
    }
}
