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

    [Fact]
    public void Bars_of_other_lengths_have_a_table_of_their_own_and_keep_their_time()
    {
        using var lake = new TestLake();
        var file = lake.Write("i.csv", "ts,symbol,open,high,low,close,volume\n2024-01-02T14:30:00Z,A,1,1,1,1,1\n2024-01-02T14:35:00Z,A,1,1,1,1,1\n");
        ImportJob.Run(lake.Lake, new([file], null, null, Interval.Parse("5m")), "");

        Assert.Equal(["2024-01-02T14:30:00Z", "2024-01-02T14:35:00Z"], lake.Query("SELECT ts FROM bars_5m ORDER BY ts"));
        Assert.Equal("0", lake.Value("SELECT count(*) FROM bars_1d"));
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
