using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>From bars to a backtest by the program, on a small lake.</summary>
public sealed class FlowTests(SmallLake lake) : IClassFixture<SmallLake>
{
    private BfProgram Bf => lake.Bf;

    [Fact]
    public void Bars_come_from_a_pipe_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/stdin is tested on Linux");
        using var bf = new BfProgram();

        Assert.Equal(60, bf.Run(["data", "import", "/dev/stdin", "--json"], Market.Csv(Market.Random(2, 30))).Done().Json.GetProperty("added").GetInt32());
    }

    [Fact]
    public void Jobs_answer_with_rows_run_and_timings()
    {
        foreach (var (result, rows, stages) in new[] { (lake.Import, 3200, "read_ms write_ms total_ms"), (lake.Generate, 400, "read_ms kernel_ms series_ms write_ms total_ms"), (lake.Backtest, -1, "read_ms write_ms total_ms") })
        {
            if (rows >= 0)
            {
                Assert.Equal(rows, result.Json.GetProperty("rows").GetInt32());
            }

            Assert.Matches(@"^\d{8}T\d{6}", result.Json.GetProperty("run").GetString());
            Assert.All(stages.Split(' '), s => Assert.True(result.Json.GetProperty("timings").GetProperty(s).GetDouble() >= 0));
            Assert.Equal("", result.Error);
        }

        Assert.Equal((3200, 1), (lake.Import.Json.GetProperty("added").GetInt32(), lake.Import.Json.GetProperty("quarantined_by_rule").GetProperty("field_count").GetInt32()));
        Assert.Equal(("full", "first run", 3200, 8), (Text(lake.Generate, "mode"), Text(lake.Generate, "why"), lake.Generate.Json.GetProperty("bars_read").GetInt32(), lake.Generate.Json.GetProperty("symbols_read").GetInt32()));

        static string? Text(BfResult r, string name) => r.Json.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("data list")]
    [InlineData("data summary")]
    [InlineData("data list --history")]
    [InlineData("data list --history --symbol S03")]
    [InlineData("table history bars_1d")]
    [InlineData("table check")]
    [InlineData("table vacuum --dry-run")]
    [InlineData("table restore bars_1d --to-version 0 --dry-run")]
    [InlineData("data quality")]
    [InlineData("data quality --check jumps thin_dates --symbols S01,S02")]
    [InlineData("signals list")]
    [InlineData("signals show")]
    [InlineData("signals show --date 2023-06-01")]
    [InlineData("signals show 2023-06-01")]
    [InlineData("signals summary")]
    [InlineData("signals explain")]
    [InlineData("signals explain 2023-12-01")]
    [InlineData("signals explain --date 2023-12-01")]
    [InlineData("query SHOW|TABLES")]
    [InlineData("backtest run")]
    [InlineData("backtest grid --symbols S01 --fast 2..4 --slow 6..9")]
    [InlineData("backtest grid --strategy thrust --hold 5,20")]
    [InlineData("config show")]
    [InlineData("query SELECT|*|FROM|thrusts")]
    [InlineData("query SELECT|*|FROM|state")]
    [InlineData("query FROM|breadth|WHERE|false")]
    public void What_only_reads_gives_one_document_of_json_or_text_and_writes_nothing(string line)
    {
        var before = Bf.Everything();
        string[] words = [.. line.Split(' ').Select(w => w.Replace('|', ' '))];
        var text = Bf.Run(words).Done();
        var json = Bf.Run([.. words, "--json"]).Done();

        Assert.NotEqual("", text.Out);
        Assert.DoesNotContain("\u001b", text.Out); // no colours into a file
        Assert.NotEqual(JsonValueKind.Undefined, json.Json.ValueKind);
        Assert.Equal(("", ""), (text.Error, json.Error));
        Assert.Equal(before, Bf.Everything());
    }

    [Fact]
    public void Quiet_leaves_out_what_is_not_the_result()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(3, 60)));

        Assert.Equal(("", ""), Said(bf.Run("data", "import", "a.csv", "--quiet").Done()));
        Assert.Equal(("", ""), Said(bf.Run("signals", "generate", "-q").Done()));
        Assert.Equal(("60\n", ""), Said(bf.Run("query", "SELECT count(*) AS n FROM breadth", "--quiet", "--format", "csv").Done() is var r ? r with { Out = r.Out.Replace("n\n", "", StringComparison.Ordinal) } : r));

        static (string, string) Said(BfResult r) => (r.Out, r.Error);
    }

    [Fact]
    public void What_a_command_names_as_the_next_step_can_be_copied()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(3, 60)));
        bf.Run("data", "import", "a.csv").Done();
        var said = bf.Run("signals", "generate", "--symbols", "S00,S01").Done().Lines[^1];

        Assert.Equal("next: bf signals summary --symbols S00,S01", said);
        Assert.Contains("bf signals explain --symbols S00,S01", bf.Run(said["next: bf ".Length..].Split(' ')).Done().Lines[^1]);
    }

    [Fact]
    public void A_dry_run_shows_what_it_recognised_beside_what_it_did_not()
    {
        using var bf = new BfProgram();
        bf.Write("in/a.csv", Market.Csv(Market.Random(1, 5)));
        bf.Write("in/b.csv", "Tag;Preis\n31.01.2024;1,5\n");
        var result = bf.Run("data", "import", "in", "--dry-run");

        Assert.Equal(1, result.Code);
        Assert.Contains("a.csv: table, commas between fields", result.Out);
        Assert.StartsWith("error: 1 of 2 files can't be read, so none would be imported:\n", result.Error);
        Assert.Contains("b.csv: no column for ts", result.Error);
    }

    [Fact]
    public void A_symbol_without_bars_is_named()
    {
        var result = Bf.Run("data", "list", "--symbol", "nope");
        Assert.Equal((1, ""), (result.Code, result.Out));
        Assert.Contains("no bars of NOPE", result.Error);
    }

    [Fact]
    public void The_summary_and_the_explanation_say_what_the_tables_say()
    {
        var last = Bf.Run("query", "SELECT strftime(ts, '%Y-%m-%d') AS ts, score, state, adv, dec FROM signals JOIN breadth USING (universe, interval, ts) ORDER BY ts DESC LIMIT 1", "--json").Done().Json[0];
        var summary = Bf.Run("signals", "summary", "--json").Done().Json;
        var explained = Bf.Run("signals", "explain", "--json").Done().Json;

        foreach (var name in new[] { "ts", "score", "state", "adv", "dec" })
        {
            Assert.Equal(last.GetProperty(name).GetRawText(), summary.GetProperty(name).GetRawText());
        }

        Assert.Equal(last.GetProperty("score").GetDouble(), explained.GetProperty("score").GetDouble());
        Assert.Equal(explained.GetProperty("score").GetDouble(), 50 + explained.GetProperty("parts").EnumerateArray().Sum(p => p.GetProperty("points").GetDouble()), 1e-9);
        Assert.Equal(["adv", "dec", "upvol_ratio", "pct_above50", "pct_above200", "nh252", "nl252", "mcc_osc"], summary.GetProperty("figures").EnumerateObject().Select(p => p.Name));
        Assert.Equal(last.GetProperty("adv").GetRawText(), summary.GetProperty("figures").GetProperty("adv").GetRawText());
        Assert.Matches(@"\n50( [+-] \d+\.\d\d){4} = \d+\.\d\d\n", Bf.Run("signals", "explain").Done().Out);
        Assert.All(explained.GetProperty("parts").EnumerateArray(), p => Assert.NotEmpty(p.GetProperty("inputs").EnumerateObject()));
    }

    [Theory]
    [InlineData("signals list", "fires when|when it fires", 13)]
    [InlineData("signals indicators", "measures", 64)]
    [InlineData("signals show", "unit", 64)]
    [InlineData("signals explain", "is, in percent", 4)]
    public void A_table_keeps_to_a_hundred_columns_and_loses_no_word(string command, string header, int rows)
    {
        var lines = Bf.Run(command.Split(' ')).Done().Out.Split('\n').SkipWhile(l => !Regex.IsMatch(l, header)).ToArray();
        var start = Regex.Match(lines[0], @"\S+(?: \S+)*$").Index;
        var table = lines.Skip(1).TakeWhile(l => l.Length > start && l[(start - 2)..start] == "  ").ToList();

        Assert.InRange(table.Count, rows, 10 * rows);
        Assert.All(table, l => Assert.InRange(l.Length, start + 1, 100));
        Assert.DoesNotContain(table, l => l != l.TrimEnd());
        if (command == "signals list")
        {
            var text = string.Join(' ', table.Select(l => l[start..]));
            Assert.All(Detectors.All, d => Assert.Contains($"{d.Title}: {d.Formula} (", text));
        }
    }

    [Fact]
    public void A_detector_whose_inputs_were_not_computed_says_how_to_compute_them() =>
        Assert.Contains("lowry90 (points_up, points_down). Computed by: bf signals generate --indicators points_up_share\n", Bf.Run("signals", "list").Done().Out);

    [Fact]
    public void A_detector_asked_for_among_the_indicators_is_said_to_be_one()
    {
        var result = Bf.Run("signals", "indicators", "zbt_ema");

        Assert.Equal(2, result.Code);
        Assert.Contains("zbt_ema is a detector", result.Error);
    }

    [Fact]
    public void A_date_without_bars_is_answered_with_its_neighbours()
    {
        var result = Bf.Run("signals", "explain", "2023-07-01");

        Assert.Equal(1, result.Code);
        Assert.Contains("2023-06-30 and 2023-07-03", result.Error);
    }

    [Fact]
    public void A_saved_backtest_is_shown_as_it_was_when_it_ran()
    {
        var run = lake.Backtest.Json.GetProperty("run").GetString()!;
        var report = Bf.Run("backtest", "report", run, "--json").Done().Json;

        foreach (var name in new[] { "universe", "signal", "from", "to", "initial_capital", "final_equity", "trades", "hit_rate", "commission", "strategy", "index" })
        {
            Assert.Equal(lake.Backtest.Json.GetProperty(name).GetRawText(), report.GetProperty(name).GetRawText());
        }
    }

    [Fact]
    public void What_was_imported_already_is_said_to_be()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(3, 20)));
        bf.Run("data", "import", "a.csv").Done();

        Assert.Contains("nothing new", bf.Run("data", "import", "a.csv").Done().Out);
        bf.Run("signals", "generate").Done();
        var again = bf.Run("signals", "generate", "--json").Done().Json;
        Assert.Equal(("nothing", 0), (again.GetProperty("mode").GetString(), again.GetProperty("rows").GetInt32()));
        Assert.All(["read_ms", "kernel_ms", "series_ms", "write_ms", "total_ms"], s => again.GetProperty("timings").GetProperty(s).GetDouble());
    }

    [Fact]
    public void Rows_in_quarantine_fail_a_strict_import_only()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", "date,symbol,open,high,low,close,volume\n2024-01-02,A,1,1,1,1,1\n2024-01-02,B,1,1,1,1,-1\n");

        Assert.Contains("volume_negative", bf.Run("data", "import", "a.csv").Done().Out);
        var strict = bf.Run("data", "import", "a.csv", "--strict");
        Assert.Equal(1, strict.Code);
        Assert.Equal("n\n1\n", bf.Run("query", "SELECT count(*) AS n FROM quarantine", "--format", "csv").Done().Out);
    }

    [Fact]
    public void Symbols_and_lists_of_ones_own_are_universes()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(6, 60)));
        bf.Write("symbol-lists/mine.csv", "# two of mine\nsymbol,from,to\nS01,,\nS02,2023-01-02,\n");
        bf.Run("data", "import", "a.csv").Done();
        bf.Run("signals", "generate", "--symbol-list", "mine").Done();
        bf.Run("signals", "generate", "--symbols", "s05,S03").Done();

        Assert.Equal("u,n,m\n\"S03,S05\",60,2\nmine,60,2\n", bf.Run("query", "SELECT universe AS u, count(*) AS n, max(bars) AS m FROM breadth GROUP BY 1 ORDER BY 1", "--format", "csv").Done().Out);
        Assert.Contains("two of mine", bf.Run("symbols", "list").Done().Out);
        Assert.Equal("mine", bf.Run("signals", "summary", "--universe", "mine", "--json").Done().Json.GetProperty("universe").GetString());
    }

    [Fact]
    public void The_nearest_setting_says_where_the_lake_lies()
    {
        using var bf = new BfProgram();
        Assert.Equal(("./lake", true), Lake(bf.Run("config", "show", "--json"), "profile", "default"));
        bf.Write(".env", "BF_LAKE=dotenv\n");
        Assert.Equal(("dotenv", true), Lake(bf.Run("config", "show", "--json"), ".env"));
        Assert.Equal(("variable", true), Lake(bf.Run(["config", "show", "--json"], null, ("BF_LAKE", "variable")), "environment"));
        Assert.Equal(("flag", true), Lake(bf.Run(["config", "show", "--json", "--lake", "flag"], null, ("BF_LAKE", "variable")), "flag"));

        bf.Write("a.csv", Market.Csv(Market.Random(1, 2)));
        bf.Run("data", "import", "a.csv", "--lake", "deep/er/lake").Done();
        Assert.True(Directory.Exists(bf.At("deep", "er", "lake", "bars_1d", "_delta_log")));
        Assert.False(Directory.Exists(bf.At("dotenv")));

        static (string?, bool) Lake(BfResult r, params string[] from)
        {
            var setting = r.Done().Json.GetProperty("BF_LAKE");
            return (setting.GetProperty("value").GetString(), from.Contains(setting.GetProperty("from").GetString()));
        }
    }

    [Fact]
    public void Secrets_are_not_shown()
    {
        using var bf = new BfProgram();
        bf.Write(".env", "MINIO_SECRET_KEY=hush-from-file\n");
        var shown = bf.Run(["config", "show"], null, ("MINIO_ACCESS_KEY", "hush-from-environment")).Done().Out + bf.Run(["config", "show", "--json"], null, ("MINIO_ACCESS_KEY", "hush-from-environment")).Done().Out;

        Assert.DoesNotContain("hush", shown);
        Assert.Contains("********", shown);
    }

    [Fact]
    public void Warnings_are_lines_of_json_when_asked_for()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(2, 20)));
        bf.Run("data", "import", "a.csv").Done();
        bf.Run("signals", "generate").Done();
        File.Delete(Assert.Single(Directory.EnumerateFiles(bf.At("lake", "state"), "*.parquet")));
        bf.Write("a.csv", Market.Csv(Market.Random(2, 21)));
        bf.Run("data", "import", "a.csv").Done();
        var result = bf.Run("signals", "generate", "--log-format", "json").Done();

        var line = JsonDocument.Parse(Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries))).RootElement;
        Assert.Equal("warn", line.GetProperty("level").GetString());
        Assert.True(DateTimeOffset.TryParse(line.GetProperty("ts").GetString(), CultureInfo.InvariantCulture, out _));
    }

    [Fact]
    public void A_damaged_log_is_one_line_on_stderr_that_names_the_entry()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Market.Csv(Market.Random(2, 20)));
        bf.Run("data", "import", "a.csv").Done();
        File.AppendAllText(Directory.EnumerateFiles(bf.At("lake", "bars_1d", "_delta_log")).Single(), "{oops\n");
        foreach (var line in new[] { "data list", "signals generate", "query|SELECT * FROM bars_1d" })
        {
            var result = bf.Run(line.Contains('|', StringComparison.Ordinal) ? line.Split('|') : line.Split(' '));
            Assert.Equal(1, result.Code);
            Assert.Contains("00000000000000000000.json is damaged", Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
    }
}
