using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Bf.Core.Market;
using Bf.Jobs.Import;

namespace Bf.Jobs.Tests.Import;

/// <summary>Files as people have them: packed, in archives, by address, in many dialects at once.</summary>
public sealed class DialectImportTests
{
    private const string Table = "Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,10,12,9,11,10.5,5\n2024-01-03,null,null,null,null,null,null\n2024-01-04,10,12,9,11,10.5,5\n";

    // zstd -19 of Table: this system may have no zstd of its own
    private const string Zstd = "KLUv/QRorQIAcoQQF3BPG5AaRQp500AKCUcICMjkVCNZFbfgjdl6H9ydgPnME9c85hVZImuKCqxkcS9B1BRfqtn41ckfB0L+dlK+FXMEBQBJSMLUBlBWGVD71aE4AT3vXlA=";

    [Theory]
    [InlineData("aapl.csv")]
    [InlineData("AAPL.TXT")]
    [InlineData("aapl.tsv")]
    [InlineData("aapl.csv.gz")]
    [InlineData("aapl.txt.zst")]
    [InlineData("aapl.zip")]
    public void A_folder_gives_its_files_however_they_are_packed(string name)
    {
        using var lake = new TestLake();
        Pack(lake, $"in/deep/{name}", Table);
        var r = lake.Import(lake.At("in"));

        Assert.Equal((1, 3L, 2L, 1L, 0L, 0L), (r.Files, r.Read, r.Added, r.Gaps, r.Unadjusted, r.QuarantinedRows));
        Assert.Equal(["AAPL|2024-01-02|10.5", "AAPL|2024-01-04|10.5"], lake.Query("SELECT symbol, strftime(ts, '%Y-%m-%d'), adj_close FROM bars_1d ORDER BY ts"));
    }

    [Fact]
    public void An_archive_is_named_with_its_entry()
    {
        using var lake = new TestLake();
        Directory.CreateDirectory(lake.At("in"));
        using (var zip = ZipFile.Open(lake.At("in/all.zip"), ZipArchiveMode.Create))
        {
            foreach (var (entry, text) in new[] { ("daily/aapl.csv", Table), ("daily/msft.csv", Table.Replace("2024-01-04,10", "2024-01-04,ten", StringComparison.Ordinal)), ("readme.md", "no bars"), ("__MACOSX/daily/._aapl.csv", "x") })
            {
                using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
                writer.Write(text);
            }
        }

        var r = lake.Import(lake.At("in"));

        Assert.Equal((2, 3L), (r.Files, r.Added));
        Assert.Equal([$"{lake.At("in/all.zip")}/daily/msft.csv|4|unreadable_number"], lake.Query("SELECT file, line, rule FROM quarantine"));
    }

    [Fact]
    public void An_archive_s_entries_of_one_name_are_all_read_and_what_is_packed_inside_is_refused()
    {
        using var lake = new TestLake();
        void Zip(string archive, params (string Entry, string Text)[] entries)
        {
            using var zip = ZipFile.Open(lake.At(archive), ZipArchiveMode.Create);
            foreach (var (entry, text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
                writer.Write(text);
            }
        }

        Zip("twice.zip", ("aapl.csv", Table), ("aapl.csv", Table.Replace("2024", "2023", StringComparison.Ordinal)));
        Zip("nested.zip", ("aapl.csv", Table), ("more.zip", "x"));

        Assert.Equal(4, lake.Import(lake.At("twice.zip")).Added);
        Assert.Contains("more.zip, which is packed itself", Assert.Throws<JobException>(() => lake.Import(lake.At("nested.zip"))).Message);
    }

    [Fact]
    public void A_link_back_up_and_what_macos_leaves_behind_are_not_followed()
    {
        using var lake = new TestLake();
        lake.Write("in/deep/aapl.csv", Table);
        lake.Write("in/deep/._aapl.csv", "Mac OS X");
        Directory.CreateSymbolicLink(lake.At("in/deep/up"), "..");

        Assert.Equal((1, 2L), lake.Import(lake.At("in")) is var r ? (r.Files, r.Added) : default);
    }

    [Theory]
    [InlineData("a.csv.gz", "not gzip at all")]
    [InlineData("a.csv.zst", "not zstd at all")]
    [InlineData("a.zip", "not zip at all")]
    public void What_is_packed_otherwise_than_its_name_says_is_refused_by_name(string name, string text)
    {
        using var lake = new TestLake();

        Assert.StartsWith(lake.At(name), Assert.Throws<JobException>(() => lake.Import(lake.Write(name, text))).Message);
        Assert.Equal("", lake.Versions());
    }

    [Theory]
    [InlineData("aapl.csv.gz")]
    [InlineData("aapl.csv.zst")]
    [InlineData("aapl.zip")]
    public void What_is_packed_and_cut_short_is_refused_and_nothing_is_committed(string name)
    {
        using var lake = new TestLake();
        var text = new StringBuilder("Date,Open,High,Low,Close,Volume\n");
        for (var day = new DateOnly(1990, 1, 1); day.Year < 2020; day = day.AddDays(1))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd},{day.DayNumber % 97 + 1},{day.DayNumber % 97 + 2},1,{day.DayNumber % 97 + 1},{day.DayNumber}\n");
        }

        Assert.SkipWhen(name.EndsWith("zst", StringComparison.Ordinal) && !HasZstd, "the program zstd is not on this system");
        Pack(lake, name, text.ToString());
        var whole = File.ReadAllBytes(lake.At(name));
        Assert.Equal(10_957, lake.Import(lake.At(name)).Added);
        File.WriteAllBytes(lake.At(name), whole[..(whole.Length / 2)]);
        var versions = lake.Versions();

        Assert.StartsWith(lake.At(name), Assert.Throws<JobException>(() => lake.Import(lake.At(name))).Message);
        Assert.Equal(versions[..versions.IndexOf("runs", StringComparison.Ordinal)], lake.Versions()[..versions.IndexOf("runs", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Rows_without_adjusted_close_are_counted_and_the_close_stands_for_it_and_empty_files_are_passed_over()
    {
        using var lake = new TestLake();
        lake.Write("in/a.csv", "date,open,high,low,close,volume\n2024-01-02,10,12,9,11,1\n");
        lake.Write("in/b.csv", Table + "2024-01-05,10,12,9,11,,5\n");
        lake.Write("in/c.csv", "");

        Assert.Equal((2L, 1L), lake.Import(lake.At("in")) is var r ? (r.Unadjusted, r.PartlyAdjusted) : default);
        Assert.Equal(["A|11", "B|10.5", "B|10.5", "B|11"], lake.Query("SELECT symbol, adj_close FROM bars_1d ORDER BY symbol, ts"));
    }

    [Fact]
    public void A_row_that_breaks_a_rule_is_kept_as_the_file_has_it()
    {
        using var lake = new TestLake();
        lake.ImportText("Date;Open;High;Low;Close;Volume\n31.01.2024;10,5;9,5;11,5;10,5;1.000\n", "a.csv");

        Assert.Equal(["high_below_low|31.01.2024;10,5;9,5;11,5;10,5;1.000"], lake.Query("SELECT rule, raw FROM quarantine"));
    }

    [Fact]
    public void A_dry_run_shows_what_was_recognised_and_writes_nothing()
    {
        using var lake = new TestLake();
        lake.Write("in/a.csv", Table);
        lake.Write("in/b.csv", Table);
        lake.Write("in/c.csv", "Date;Open;High;Low;Close;Volume\n31.01.2024;1,5;1,5;1,5;1,5;x\n");
        lake.Write("in/d.csv", "Tag;Preis\n31.01.2024;1,5\n");
        var (groups, refused) = ImportPreview.Of(lake.Lake, new([lake.At("in")], null, null, Interval.Day));

        Assert.Equal([("Yahoo, commas between fields, decimal points", 2, 3), ("table, semicolons between fields, decimal commas", 1, 1)],
            groups.Select(g => (g.Recognised.Format, g.Files.Count, g.Rows.Count)));
        Assert.Equal("ts=Date, open=Open, high=High, low=Low, close=Close, adj_close=Adj Close, volume=Volume", groups[0].Recognised.Columns);
        Assert.Equal([null, null, null], groups[0].Rows.Select(r => r.Broken));
        Assert.Equal(BarRules.UnreadableNumber, groups[1].Rows[0].Broken);
        Assert.Contains("d.csv: no column for ts", Assert.Single(refused));
        Assert.False(Directory.Exists(lake.At("lake")));
    }

    [Theory]
    [InlineData("20240102", "INTEGER")]
    [InlineData("1704153600", "BIGINT")]
    [InlineData("1704171600000", "BIGINT")]
    [InlineData("1704171600000000000", "BIGINT")]
    [InlineData("DATE '2024-01-02'", "DATE")]
    [InlineData("TIMESTAMP '2024-01-02 16:00:00'", "TIMESTAMP")]
    [InlineData("'2024-01-02'", "VARCHAR")]
    public void A_parquet_file_may_hold_its_dates_in_any_type(string ts, string type)
    {
        using var lake = new TestLake();
        using (var connection = Jobs.Lake.DuckDb.DuckDatabase.Connect())
        {
            connection.Execute($"COPY (SELECT CAST({ts} AS {type}) AS date, 1.0 AS open, 1.0 AS high, 1.0 AS low, 1.0 AS close, 1 AS volume) TO '{lake.At("A.parquet")}' (FORMAT parquet)");
        }

        Assert.Equal(1, lake.Import(lake.At("A.parquet")).Added);
        Assert.Equal("2024-01-02", lake.Value("SELECT strftime(ts, '%Y-%m-%d %H:%M:%S') FROM bars_1d")[..10]);
        Assert.Equal("0", lake.Value("SELECT epoch_us(ts) % 86400000000 FROM bars_1d"));
    }

    [Fact]
    public void All_files_that_can_not_be_read_are_named_at_once()
    {
        using var lake = new TestLake();
        lake.Write("in/a.csv", Table);
        lake.Write("in/readme.txt", "How these files came about\n");
        lake.Write("in/z.csv", "\n");
        var message = Assert.Throws<JobException>(() => lake.Import(lake.At("in"))).Message;

        Assert.StartsWith("2 of 3 files", message);
        Assert.Contains(lake.At("in/readme.txt") + ": no column for ts", message);
        Assert.Contains(lake.At("in/z.csv") + ": the file is empty", message);
        Assert.Equal("", lake.Versions());
    }

    [Fact]
    public void Another_delta_table_is_imported_by_its_folder_or_address()
    {
        using var other = new TestLake();
        other.ImportText(Table, "aapl.csv");
        other.ImportText(Table.Replace("11,10.5", "11,10.25", StringComparison.Ordinal), "aapl.csv"); // a file was removed from the table since
        using var lake = new TestLake();

        Assert.Equal("Delta table at version 1", Assert.Single(ImportPreview.Of(lake.Lake, new([other.At("lake/bars_1d")], null, null, Interval.Day)).Groups).Recognised.Format);
        Assert.Equal((2L, 0L), lake.Import(other.At("lake/bars_1d")) is var r ? (r.Added, r.QuarantinedRows) : default);
        Assert.Equal(2, lake.Import(new Uri(other.At("lake/bars_1d")).AbsoluteUri).Unchanged);
        Assert.Equal(other.Bars(), lake.Bars());
    }

    [Fact]
    public void A_file_address_is_its_path()
    {
        using var lake = new TestLake();
        var file = lake.Write("a b.csv", Table);

        Assert.Equal(2, lake.Import(new Uri(file).AbsoluteUri).Added);
        Assert.Equal(["A B"], lake.Query("SELECT DISTINCT symbol FROM bars_1d"));
    }

    [Theory]
    [InlineData("s3://bucket/a.csv", "http, https and file")]
    [InlineData("http://127.0.0.1:9/a.csv", "refused")]
    public void An_address_that_can_not_be_read_says_why(string address, string why)
    {
        using var lake = new TestLake();

        Assert.Contains(why, Assert.Throws<JobException>(() => lake.Import(address)).Message);
    }

    private static bool HasZstd => Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(p => File.Exists(System.IO.Path.Combine(p, "zstd")));

    private static void Pack(TestLake lake, string name, string text)
    {
        var path = lake.At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        switch (System.IO.Path.GetExtension(name))
        {
            case ".gz":
                using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Optimal))
                {
                    gzip.Write(Encoding.UTF8.GetBytes(text));
                }

                break;
            case ".zst" when text == Table:
                File.WriteAllBytes(path, Convert.FromBase64String(Zstd));
                break;
            case ".zst":
                lake.Write(name[..^4], text);
                using (var zstd = Process.Start("zstd", ["-q", "--rm", path[..^4]]))
                {
                    zstd.WaitForExit();
                }

                break;
            case ".zip":
                using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
                using (var writer = new StreamWriter(zip.CreateEntry("aapl.csv").Open()))
                {
                    writer.Write(text);
                }

                break;
            default:
                lake.Write(name, text);
                break;
        }
    }
}
