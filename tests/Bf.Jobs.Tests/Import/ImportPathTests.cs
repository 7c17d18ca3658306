using Bf.Core.Market;
using Bf.Jobs.Import;

namespace Bf.Jobs.Tests.Import;

/// <summary>Which files an import reads.</summary>
public sealed class ImportPathTests
{
    private const string Two = Market.Header + "\n2024-01-02,AAPL,10,12,9,11,10.5,1000\n2024-01-03,AAPL,11,13,10,12,11.5,2000\n";

    [Fact]
    public void A_folder_and_a_pattern_stand_for_their_files()
    {
        using var lake = new TestLake();
        lake.Write("in/a.csv", Two);
        lake.Write("in/deep/b.CSV", Two.Replace("AAPL", "B", StringComparison.Ordinal));
        lake.Write("in/c.txt", Two.Replace("AAPL", "C", StringComparison.Ordinal));
        lake.Write("in/readme.md", "no bars");

        Assert.Equal((3, 6), Counts(lake.Import(lake.At("in"))));
        Assert.Equal((2, 4), Counts(lake.Import(lake.At("in", "?.*"))));
        Assert.Equal((3, 6), Counts(lake.Import(lake.At("in"), lake.At("in", "a.csv"), lake.At("in", "*.csv")))); // each file once
        Assert.Equal(["AAPL", "B", "C"], lake.Query("SELECT DISTINCT symbol FROM bars_1d ORDER BY 1"));

        static (int, long) Counts(ImportResult r) => (r.Files, r.Read);
    }

    [Fact]
    public void A_lake_that_lies_in_the_folder_is_not_imported_into_itself()
    {
        using var lake = new TestLake();
        lake.Write("a.csv", Two);
        Assert.Equal(1, lake.Import(lake.Path).Files);

        var again = lake.Import(lake.Path);
        Assert.Equal((1, 2L, 0L), (again.Files, again.Unchanged, again.Added));
        Assert.Contains("no data file", Assert.Throws<JobException>(() => lake.Import(lake.At("lake"))).Message);
    }

    [Fact]
    public void Files_without_symbols_give_theirs_by_name()
    {
        using var lake = new TestLake();
        lake.Write("in/brk-b.csv", "date,open,high,low,close,volume\n2024-01-02,10,12,9,11,1\n");
        lake.Write("in/aapl.csv", "date,open,high,low,close,volume\n2024-01-02,10,12,9,11,1\n");
        lake.Import(lake.At("in"));

        Assert.Equal(["AAPL|11", "BRK-B|11"], lake.Query("SELECT symbol, adj_close FROM bars_1d ORDER BY symbol"));
    }

    [Fact]
    public void Columns_by_other_names_are_mapped_in_both_formats()
    {
        using var lake = new TestLake();
        var csv = lake.Write("x.csv", "Day,Name,o,h,l,Last,v\n2024-01-02,A,10,12,9,11,1\n");
        using (var connection = Jobs.Lake.DuckDb.DuckDatabase.Connect())
        {
            connection.Execute($"COPY (SELECT DATE '2024-01-02' AS \"Day\", 'B' AS \"Name\", 10.0 AS o, 12.0 AS h, 9.0 AS l, 11.0 AS \"Last\", 1 AS v) TO '{lake.At("x.parquet")}' (FORMAT parquet)");
        }

        var result = ImportJob.Run(lake.Lake, new([csv, lake.At("x.parquet")], null, "ts=Day,symbol=Name,open=o,high=h,low=l,close=Last,volume=v", Interval.Day), "");
        Assert.Equal(2, result.Added);
        Assert.Equal(["A|11", "B|11"], lake.Query("SELECT symbol, close FROM bars_1d ORDER BY symbol"));
    }

    [Theory]
    [InlineData("nothing.csv", "no such file or folder")]
    [InlineData("*.csv", "no data file there")]
    [InlineData("empty", "no data file there")]
    public void A_path_that_leads_nowhere_is_an_error_and_nothing_is_committed(string path, string why)
    {
        using var lake = new TestLake();
        Directory.CreateDirectory(lake.At("empty"));
        var good = lake.Write("in/good.csv", Two);
        var message = Assert.Throws<JobException>(() => lake.Import(good, lake.At(path))).Message;

        Assert.Contains(path, message);
        Assert.Contains(why, message);
        Assert.False(Directory.Exists(lake.At("lake")));
    }

    [Theory]
    [InlineData("a.csv", "one,two\n1,2\n", "no column for ts")]
    [InlineData("a.csv", "", "empty")]
    [InlineData("a.parquet", "PAR1 and no more", "a.parquet")]
    public void A_file_that_is_not_what_it_should_be_is_named_and_nothing_is_committed(string name, string text, string why)
    {
        using var lake = new TestLake();
        var good = lake.Write("good.csv", Two);
        var message = Assert.Throws<JobException>(() => lake.Import(good, lake.Write(name, text))).Message;

        Assert.StartsWith(lake.At(name), message);
        Assert.Contains(why, message);
        Assert.Equal("", lake.Versions());
    }

    [Fact]
    public void A_file_whose_name_looks_like_a_pattern_is_that_file()
    {
        using var lake = new TestLake();
        using var plain = new TestLake();
        plain.ImportText(Two.Replace("MSFT", "OTHER", StringComparison.Ordinal));
        lake.ImportText(Two);
        var files = Directory.GetFiles(lake.At("lake/bars_1d"), "*.parquet").Concat(Directory.GetFiles(plain.At("lake/bars_1d"), "*.parquet")).ToArray();
        using var third = new TestLake();
        Directory.CreateDirectory(third.At("g1"));
        Directory.CreateDirectory(third.At("g[1]"));
        File.Copy(files[0], third.At("g[1]/z*.parquet"));
        File.Copy(files[1], third.At("g1/zz.parquet"));
        File.Copy(files[1], third.At("g[1]/zz.parquet"));

        third.Import(third.At("g[1]/z*.parquet"));
        Assert.Equal(lake.Query("SELECT DISTINCT symbol FROM bars_1d ORDER BY 1"), third.Query("SELECT DISTINCT symbol FROM bars_1d ORDER BY 1"));
    }
}
