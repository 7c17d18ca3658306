using Bf.Core.Market;
using Bf.Jobs.Import;

namespace Bf.Jobs.Tests.Import;

public sealed class ImportTests
{
    private const string Two = Market.Header + "\n2024-01-02,AAPL,10,12,9,11,10.5,1000\n2024-01-03,AAPL,11,13,10,12,11.5,2000\n";

    [Fact]
    public void Bars_arrive_with_their_values_their_source_and_their_hour()
    {
        using var lake = new TestLake();
        var result = lake.ImportText(Two);

        Assert.Equal((1, 2, 2, 0, 0, 0, 0), (result.Files, result.Read, result.Added, result.Changed, result.Unchanged, result.QuarantinedRows, result.Version));
        Assert.Equal(
            ["AAPL|2024-01-02T00:00:00Z|10|12|9|11|10.5|1000|import|2026-01-31T18:00:00Z", "AAPL|2024-01-03T00:00:00Z|11|13|10|12|11.5|2000|import|2026-01-31T18:00:00Z"],
            lake.Query("SELECT * FROM bars_1d ORDER BY symbol, ts"));
    }

    [Fact]
    public void A_run_is_noted_with_what_it_did()
    {
        using var lake = new TestLake();
        var result = lake.ImportText(Two);

        Assert.Equal($"{result.Run}|data import|test|2|done|local|2026-01-31T18:00:00Z", lake.Value("SELECT run, command, arguments, rows, outcome, engine, started FROM runs"));
    }

    [Fact]
    public void The_same_file_again_changes_nothing_but_adds_a_run()
    {
        using var lake = new TestLake();
        var text = Two + "2024-01-04,AAPL,x,13,10,12,11.5,2000\n2024-01-05,AAPL,11,13\n";
        lake.ImportText(text, "a.csv");
        Assert.Equal("bars_1d:0 quarantine:0 runs:0", lake.Versions());

        var again = lake.ImportText(text, "a.csv");
        Assert.Equal((0, 0, 2, 2), (again.Added, again.Changed, again.Unchanged, again.QuarantinedRows));
        Assert.Equal("bars_1d:0 quarantine:0 runs:1", lake.Versions());
        Assert.Equal("2", lake.Value("SELECT count(*) FROM quarantine"));
    }

    [Theory]
    [InlineData("2024-01-02,AAPL,10.01,12,9,11,10.5,1000")]
    [InlineData("2024-01-02,AAPL,10,12.5,9,11,10.5,1000")]
    [InlineData("2024-01-02,AAPL,10,12,8,11,10.5,1000")]
    [InlineData("2024-01-02,AAPL,10,12,9,11.5,10.5,1000")]
    [InlineData("2024-01-02,AAPL,10,12,9,11,10.500000001,1000")]
    [InlineData("2024-01-02,AAPL,10,12,9,11,10.5,1001")]
    public void A_value_that_changed_replaces_the_bar(string row)
    {
        using var lake = new TestLake();
        lake.ImportText(Two);
        lake.Clock.Now += TimeSpan.FromDays(1);
        var result = lake.ImportText($"{Market.Header}\n{row}\n2024-01-03,AAPL,11,13,10,12,11.5,2000\n");

        Assert.Equal((0, 1, 1, 1), (result.Added, result.Changed, result.Unchanged, result.Version));
        Assert.Equal("2|2", lake.Value("SELECT count(*), count(DISTINCT ts) FROM bars_1d"));
        Assert.Equal(row, lake.Value("SELECT concat_ws(',', strftime(ts, '%Y-%m-%d'), symbol, printf('%g', open), printf('%g', high), printf('%g', low), printf('%g', close), rtrim(printf('%.9f', adj_close), '0'), volume) FROM bars_1d WHERE ts = '2024-01-02'"));
        Assert.Equal(["2024-01-02|2026-02-01T18:00:00Z", "2024-01-03|2026-01-31T18:00:00Z"], lake.Query("SELECT strftime(ts, '%Y-%m-%d'), ingested_at FROM bars_1d ORDER BY ts"));
    }

    [Fact]
    public void New_changed_and_known_bars_of_several_years_come_in_one_commit()
    {
        using var lake = new TestLake();
        var bars = Market.Random(6, 300);
        lake.Import(bars.Where(b => b.Symbol != "S05"));
        var changed = bars.Select(b => b.Ts == bars[0].Ts || b.Ts == bars[^1].Ts ? b with { Volume = b.Volume + 1 } : b).ToList();
        var result = lake.Import(changed);

        Assert.Equal((300, 10, 1490, 1), (result.Added, result.Changed, result.Unchanged, result.Version));
        using var plain = new TestLake();
        plain.Import(changed);
        Assert.Equal(plain.Bars(), lake.Bars());
    }

    [Fact]
    public void Identical_duplicates_count_once()
    {
        using var lake = new TestLake();
        var result = lake.ImportText(Two + "2024-01-02,AAPL,10.0,12.00,9,11,10.5,1000\n 2024-01-02 , aapl ,10,12,9,11,10.5,1000\n");

        Assert.Equal((4, 2, 0), (result.Read, result.Added, result.QuarantinedRows));
        Assert.Equal("2", lake.Value("SELECT count(*) FROM bars_1d"));
    }

    [Fact]
    public void Rows_that_disagree_on_a_key_all_go_to_quarantine()
    {
        using var lake = new TestLake();
        var one = lake.Write("one.csv", Two);
        var other = lake.Write("other.csv", $"{Market.Header}\n2024-01-02,AAPL,10,12,9,11,10.5,1000\n2024-01-02,AAPL,10,12,9,11,10.5,999\n2024-01-02,MSFT,10,12,9,11,10.5,1\n");
        var result = lake.Import(one, other);

        Assert.Equal((5, 2, 3), (result.Read, result.Added, result.QuarantinedRows));
        Assert.Equal([$"{one}|2|conflict|{result.Run}", $"{other}|2|conflict|{result.Run}", $"{other}|3|conflict|{result.Run}"], lake.Query("SELECT file, line, rule, run FROM quarantine ORDER BY file, line"));
        Assert.Equal(["AAPL|2024-01-03T00:00:00Z", "MSFT|2024-01-02T00:00:00Z"], lake.Query("SELECT symbol, ts FROM bars_1d ORDER BY symbol, ts"));

        // each command for itself: a later one replaces
        lake.Import(one);
        Assert.Equal("1000", lake.Value("SELECT volume FROM bars_1d WHERE symbol = 'AAPL' AND ts = '2024-01-02'"));
    }

    [Theory]
    [InlineData("2024-01-02,A,10,12", "field_count")]
    [InlineData("2024-13-02,A,10,12,9,11,11,1", "unreadable_date")]
    [InlineData("2024-01-02,A,ten,12,9,11,11,1", "unreadable_number")]
    [InlineData("2024-01-02,,10,12,9,11,11,1", "symbol_missing")]
    [InlineData("2026-02-01,A,10,12,9,11,11,1", "future_date")]
    [InlineData("2024-01-02,A,NaN,12,9,11,11,1", "price_not_finite")]
    [InlineData("2024-01-02,A,10,Infinity,9,11,11,1", "price_not_finite")]
    [InlineData("2024-01-02,A,10,12,0,11,11,1", "price_not_positive")]
    [InlineData("2024-01-02,A,10,12,9,11,0.0000001,1", "price_not_positive")]
    [InlineData("2024-01-02,A,10,1e12,9,11,11,1", "price_too_large")]
    [InlineData("2024-01-02,A,10,9,12,11,11,1", "high_below_low")]
    [InlineData("2024-01-02,A,13,12,9,11,11,1", "open_outside_range")]
    [InlineData("2024-01-02,A,10,12,9,8.9,11,1", "close_outside_range")]
    [InlineData("2024-01-02,A,10,12,9,11,11,-1", "volume_negative")]
    public void A_row_that_breaks_a_rule_is_kept_aside_and_the_others_come_in(string row, string rule)
    {
        using var lake = new TestLake();
        var file = lake.Write("bad.csv", $"{Market.Header}\n2024-01-03,A,10,12,9,11,11,1\n{row}\n2024-01-04,A,10,12,9,11,11,1\n");
        var result = lake.Import(file);

        Assert.Equal((3, 2, 1), (result.Read, result.Added, result.Quarantined[rule]));
        Assert.Equal($"{file}|3|{rule}|{result.Run}", lake.Value("SELECT file, line, rule, run FROM quarantine"));
        Assert.NotEqual("?", lake.Value("SELECT raw FROM quarantine"));
        Assert.Equal("2", lake.Value("SELECT count(*) FROM bars_1d"));
    }

    [Fact]
    public void Bars_lie_in_a_file_a_year_sorted_by_symbol_and_date_with_the_year_in_the_name()
    {
        using var lake = new TestLake();
        var random = new Random(5);
        lake.Import(Market.Random(7, 300).OrderBy(_ => random.Next()));

        var files = Directory.EnumerateFiles(lake.At("lake", "bars_1d"), "*.parquet").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["2022-", "2023-", "2024-"], files.Select(f => Path.GetFileName(f)[..5]));
        foreach (var file in files)
        {
            var rows = lake.Query($"SELECT symbol, strftime(ts, '%Y-%m-%d') FROM read_parquet('{file}', file_row_number = true) ORDER BY file_row_number");
            Assert.Equal(rows.Order(StringComparer.Ordinal), rows);
            Assert.All(rows, r => Assert.Contains($"|{Path.GetFileName(file)[..4]}-", r));
        }
    }

    [Fact]
    public void Many_small_imports_are_laid_together_without_a_change_of_rows()
    {
        using var lake = new TestLake();
        var bars = Market.Random(5, 45);
        foreach (var day in bars.GroupBy(b => b.Ts))
        {
            var result = lake.Import(day);
            Assert.Equal((5, 0), (result.Added, result.Changed));
        }

        using var plain = new TestLake();
        plain.Import(bars);
        Assert.Equal(plain.Bars(), lake.Bars());
        Assert.True(lake.Lake.Bars(Interval.Day).Load().Files.Count <= 2 * 9);

        var optimized = Directory.EnumerateFiles(lake.At("lake", "bars_1d", "_delta_log"), "*.json").Where(f => File.ReadAllText(f).Contains("\"OPTIMIZE\"", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(optimized);
        Assert.All(optimized, f => Assert.DoesNotContain("\"dataChange\":true", File.ReadAllText(f)));
        Assert.All(optimized, f => Assert.Contains("\"remove\"", File.ReadAllText(f)));
        Assert.Equal("45", lake.Value("SELECT count(*) FROM runs"));
    }

    [Fact]
    public void Bars_of_other_lengths_have_a_table_of_their_own_and_keep_their_time()
    {
        using var lake = new TestLake();
        var file = lake.Write("i.csv", "ts,symbol,open,high,low,close,volume\n2024-01-02T14:30:00Z,A,1,1,1,1,1\n2024-01-02T14:35:00Z,A,1,1,1,1,1\n");
        ImportJob.Run(lake.Lake, new([file], null, null, Interval.Parse("5m")), "");

        Assert.Equal(["2024-01-02T14:30:00Z", "2024-01-02T14:35:00Z"], lake.Query("SELECT ts FROM bars_5m ORDER BY ts"));
        Assert.Equal("0", lake.Value("SELECT count(*) FROM bars_1d"));
    }

    [Fact]
    public void An_import_that_is_cancelled_leaves_the_lake_as_it_was()
    {
        using var lake = new TestLake();
        lake.ImportText(Two);
        var bars = lake.Bars();
        using var cancel = new CancellationTokenSource();
        var file = lake.Write("big.csv", Market.Csv(Market.Random(300, 250)));

        Assert.Throws<OperationCanceledException>(() => ImportJob.Run(lake.Lake, new([file], null, null, Interval.Day), "", (_, _) => cancel.Cancel(), cancel.Token));
        Assert.Equal("bars_1d:0 runs:1", lake.Versions());
        Assert.Equal(bars, lake.Bars());
        Assert.Equal("0", lake.Value("SELECT count(*) FROM quarantine"));
        Assert.Equal("1", lake.Value("SELECT count(*) FROM runs WHERE outcome = 'interrupted'"));
    }

    [Fact]
    public void An_import_that_fails_is_noted_in_a_lake_that_has_runs()
    {
        using var lake = new TestLake();
        lake.ImportText(Two);

        Assert.Throws<JobException>(() => lake.Import(lake.Write("bad.csv", "nothing,of,use\n1,2,3\n")));
        Assert.Equal("1", lake.Value("SELECT count(*) FROM runs WHERE outcome LIKE 'failed: %'"));
    }

    [Fact]
    public void Another_bad_row_in_the_same_place_is_kept_too()
    {
        using var lake = new TestLake();
        lake.ImportText("date,symbol,open,high,low,close,volume\n2024-01-02,BAD,x,1,1,1,1\n", "day.csv");
        lake.ImportText("date,symbol,open,high,low,close,volume\n2024-01-03,BAD,x,1,1,1,1\n", "day.csv");
        lake.ImportText("date,symbol,open,high,low,close,volume\n2024-01-03,BAD,x,1,1,1,1\n", "day.csv");

        Assert.Equal(["2024-01-02,BAD,x,1,1,1,1", "2024-01-03,BAD,x,1,1,1,1"], lake.Query("SELECT raw FROM quarantine ORDER BY raw"));
    }
}
