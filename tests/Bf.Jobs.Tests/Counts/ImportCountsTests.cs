using System.IO.Compression;
using System.Text;
using Bf.Core.Market;
using Bf.Jobs.Counts;
using Bf.Jobs.Universes;

namespace Bf.Jobs.Tests.Counts;

public sealed class ImportCountsTests
{
    private const string Header = "date,advances,declines,unchanged,up volume,down volume,new highs,new lows\n";
    private const string Three = Header + "2024-01-02,1500,1200,80,2000000,900000,120,15\n2024-01-03,900,1800,90,700000,2100000,20,99\n2024-01-04,1400,1300,70,1500000,1400000,60,40\n";

    [Fact]
    public void The_same_file_again_changes_nothing_but_adds_a_run()
    {
        using var lake = new TestLake();
        var first = lake.ImportCounts(Three, "nyse.csv");
        var versions = lake.Versions();
        var again = lake.ImportCounts(Three, "nyse.csv");

        Assert.Equal(("nyse", 3L, 3L, 0L, 0L), (first.Universe, first.Read, first.Added, first.Changed, first.Unchanged));
        Assert.Equal((0L, 0L, 3L, first.Version), (again.Added, again.Changed, again.Unchanged, again.Version));
        Assert.Equal(versions.Replace("runs:0", "runs:1", StringComparison.Ordinal), lake.Versions());
        Assert.Equal(
            ["nyse|1d|2024-01-02T00:00:00Z|1500|1200|80|2000000|900000|120|15", "nyse|1d|2024-01-03T00:00:00Z|900|1800|90|700000|2100000|20|99", "nyse|1d|2024-01-04T00:00:00Z|1400|1300|70|1500000|1400000|60|40"],
            lake.Query("SELECT * EXCLUDE run FROM counts ORDER BY ALL"));
    }

    [Fact]
    public void A_date_that_changed_replaces_and_leaves_other_dates_intervals_and_universes_alone()
    {
        using var lake = new TestLake();
        lake.ImportCounts(Three, "nyse.csv");
        lake.ImportCounts(Three, "nasdaq.csv");
        ImportCountsJob.Run(lake.Lake, new(lake.Write("hours.csv", Header + "2024-01-02 10:00:00,1,2,3,4,5,6,7\n"), "nyse", null, Interval.Parse("1h")), "test");
        var result = lake.ImportCounts(Header + "2024-01-03,901,1800,90,700000,2100000,20,99\n2024-01-05,5,6,7,8,9,1,2\n", "nyse.csv");

        Assert.Equal((1L, 1L, 0L), (result.Added, result.Changed, result.Unchanged));
        Assert.Equal(
            ["nasdaq|1d|900", "nasdaq|1d|1400", "nasdaq|1d|1500", "nyse|1d|5", "nyse|1d|901", "nyse|1d|1400", "nyse|1d|1500", "nyse|1h|1"],
            lake.Query("SELECT universe, interval, adv FROM counts ORDER BY ALL"));
    }

    [Fact]
    public void What_a_later_file_does_not_give_stays_as_it_was()
    {
        using var lake = new TestLake();
        lake.ImportCounts("date,adv,dec,up_vol,down_vol\n2024-01-02,1500,1200,20,9\n", "nyse.csv");
        var result = lake.ImportCounts("date,adv,dec,new_highs,new_lows,up_vol\n2024-01-02,1500,1200,120,15,\n", "nyse.csv");

        Assert.Equal((0L, 1L), (result.Added, result.Changed));
        Assert.Equal("1500|1200|?|20|9|120|15", lake.Value("SELECT adv, dec, unch, up_vol, down_vol, nh252, nl252 FROM counts"));
    }

    [Fact]
    public void Rows_that_break_a_rule_go_to_quarantine_with_file_line_and_rule_and_the_rest_is_kept()
    {
        const string text = "date,adv,dec\n2024-01-02,1,2\n2024-01-03,-1,2\n2024-02-31,1,2\n2024-01-04,one,2\n2024-01-05,1\n2999-01-01,1,2\n2024-01-06,1,99999999\n2024-01-08,1,2\n2024-01-08,1,3\n2024-01-09,4,5\n2024-01-09,4,5\n";
        using var lake = new TestLake();
        var result = lake.ImportCounts(text, "nyse.csv");
        lake.ImportCounts(text, "nyse.csv");

        Assert.Equal((11L, 2L), (result.Read, result.Added));
        Assert.Equal(
            ["3|count_negative|2024-01-03,-1,2", "4|unreadable_date|2024-02-31,1,2", "5|unreadable_number|2024-01-04,one,2", "6|field_count|2024-01-05,1", "7|future_date|2999-01-01,1,2", "8|count_too_large|2024-01-06,1,99999999", "9|conflict|2024-01-08,1,2", "10|conflict|2024-01-08,1,3"],
            lake.Query("SELECT line, rule, rtrim(raw, chr(10)) FROM quarantine ORDER BY line"));
        Assert.Equal(lake.At("nyse.csv"), lake.Value("SELECT DISTINCT file FROM quarantine"));
        Assert.Equal(8, result.Quarantined.Values.Sum());
        Assert.All(result.Quarantined.Keys, rule => Assert.True(CountRules.All.ContainsKey(rule)));
    }

    [Theory]
    [InlineData("nyse.csv", null, "nyse")]
    [InlineData("NYSE Advance-Decline (2024).csv", null, "nyse-advance-decline-2024")]
    [InlineData("x.csv", "NASDAQ", "nasdaq")]
    [InlineData("x.csv", "my_own-2", "my_own-2")]
    public void The_universe_is_named_after_the_file_or_as_asked_in_lower_case(string file, string? asked, string name) =>
        Assert.Equal(name, CountUniverses.NameFor(asked, file));

    [Theory]
    [InlineData("all.csv", null, "every symbol of the lake")]
    [InlineData("x.csv", "ALL", "every symbol of the lake")]
    [InlineData("test-large.csv", null, "is the symbol list")]
    [InlineData("x.csv", "A,B", "'A,B' gives no name")]
    [InlineData("2024.csv", null, "'2024.csv' gives no name")]
    [InlineData("x.csv", "", "'' gives no name")]
    public void A_name_that_is_taken_or_none_is_refused_with_a_way_out(string file, string? asked, string why)
    {
        var message = Assert.Throws<JobException>(() => CountUniverses.NameFor(asked, file)).Message;

        Assert.Contains(why, message);
        Assert.Contains("--universe NAME", message);
    }

    [Theory]
    [InlineData("date,adv\n2024-01-02,1\n", "no column for dec")]
    [InlineData("", "the file is empty")]
    public void A_file_that_is_not_what_it_should_be_is_named_and_nothing_is_committed(string text, string why)
    {
        using var lake = new TestLake();
        var path = lake.Write("nyse.csv", text);
        var message = Assert.Throws<JobException>(() => lake.ImportCounts(text, "nyse.csv")).Message;

        Assert.StartsWith($"{path}: {why}", message);
        Assert.False(Directory.Exists(lake.At("lake")));
        Assert.Contains("no such file", Assert.Throws<JobException>(() => ImportCountsJob.Run(lake.Lake, new(lake.At("none.csv"), null, null, Interval.Day), "")).Message);
    }

    [Fact]
    public void A_packed_file_is_unpacked_and_names_the_universe()
    {
        using var lake = new TestLake();
        using (var packed = new GZipStream(File.Create(lake.At("NYSE.csv.gz")), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(Three));
        }

        var result = ImportCountsJob.Run(lake.Lake, new(lake.At("NYSE.csv.gz"), null, null, Interval.Day), "test");
        Assert.Equal(("nyse", 3L), (result.Universe, result.Added));
        Assert.Contains("is a folder", Assert.Throws<JobException>(() => ImportCountsJob.Run(lake.Lake, new(lake.Path, "x", null, Interval.Day), "")).Message);
    }

    [Fact]
    public void Universes_of_counts_are_chosen_in_any_case_and_named_in_errors()
    {
        using var lake = new TestLake();
        lake.ImportCounts(Three, "nyse.csv");

        var chosen = UniverseChoice.Of("NYSE", null, null, () => lake.Lake);
        Assert.Equal(("nyse", true, false), (chosen.Name, chosen.IsCounts, chosen.IsAll));
        Assert.Contains("nyse", UniverseChoice.Names(lake.Lake));
        Assert.Contains("Did you mean nyse?", Assert.Throws<JobException>(() => UniverseChoice.Of("nys", null, null, () => lake.Lake)).Message);
        Assert.EndsWith("nyse. Or name symbols with --symbols AAPL,MSFT", Assert.Throws<JobException>(() => UniverseChoice.Of("zzz", null, null, () => lake.Lake)).Message);
    }
}
