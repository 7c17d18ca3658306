using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using Bf.Cli;

namespace Bf.EndToEnd;

/// <summary>The command line itself: help, exit codes, what a mistake gets for an answer.</summary>
public sealed class UsageTests
{
    public static TheoryData<string> Commands()
    {
        var names = new TheoryData<string>("");
        Add(Program.Root(), "");
        return names;

        void Add(Command command, string path)
        {
            foreach (var child in command.Subcommands)
            {
                var name = $"{path} {child.Name}".TrimStart();
                names.Add(name);
                Add(child, name);
            }
        }
    }

    public static TheoryData<string> Examples()
    {
        var lines = new TheoryData<string>();
        Add(Program.Root());
        return lines;

        void Add(Command command)
        {
            foreach (var example in (command as BfCommand)?.Examples ?? Program.Examples)
            {
                lines.Add(example);
            }

            foreach (var child in command.Subcommands)
            {
                Add(child);
            }
        }
    }

    [Fact]
    public void Help_of_every_command_begins_with_examples_and_says_what_it_does()
    {
        using var bf = new BfProgram();
        Parallel.ForEach(Commands().Select(c => c.Data), new ParallelOptions { MaxDegreeOfParallelism = 2 }, command =>
        {
            var result = bf.Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]).Done();

            Assert.StartsWith($"Examples:\n  bf {command.Split(' ')[0]}".TrimEnd(), result.Out.Replace("source <(bf", "bf", StringComparison.Ordinal));
            Assert.Contains("\nDescription:\n", result.Out);
            Assert.Contains("\nUsage:\n  bf", result.Out);
            Assert.Contains("--json", result.Out);
            Assert.Equal("", result.Error);
        });
        Assert.Empty(bf.Everything());
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_is_a_command_line_that_is_understood(string example)
    {
        var text = example.Replace("source <(", "", StringComparison.Ordinal).TrimEnd(')');
        foreach (var separator in new[] { " | ", " > ", " && ", "     ", "   # " })
        {
            text = text.Split(separator)[0];
        }

        Assert.StartsWith("bf ", text);
        var words = CommandLineParser.SplitCommandLine((text.Contains('"', StringComparison.Ordinal) ? text : text.Replace('\'', '"'))).Skip(1).ToArray();
        Assert.Empty(Program.Root().Parse(words).Errors.Select(e => $"{text}: {e.Message}"));
    }

    [Fact]
    public void The_version_is_one_line()
    {
        using var bf = new BfProgram();

        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", bf.Run("--version").Done().Out);
    }

    [Fact]
    public void Without_a_word_it_helps()
    {
        using var bf = new BfProgram();
        Assert.Contains("bf demo", bf.Run().Done().Out);
    }

    [Theory]
    [InlineData("dat list", "data")]
    [InlineData("data imprt x.csv", "import")]
    [InlineData("signals sumary", "summary")]
    [InlineData("table chek", "check")]
    [InlineData("signals generate --symbol-lst dow30", "--symbol-list")]
    [InlineData("data import x.csv --formt csv", "--format")]
    public void A_typo_gets_a_suggestion_and_exit_code_2(string line, string meant)
    {
        using var bf = new BfProgram();
        var result = bf.Run(line.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.StartsWith("error: ", result.Error);
        Assert.Contains(meant, result.Error);
        Assert.Equal("", result.Out);
        Assert.Empty(bf.Everything());
    }

    [Theory]
    [InlineData("data import", "FILE|import")]
    [InlineData("query", "query|SQL")]
    [InlineData("data import x.csv --format xls", "csv")]
    [InlineData("data import x.csv --interval 7m", "5m")]
    [InlineData("data import x.csv --map close", "COLUMN=NAME")]
    [InlineData("backtest run --hold-days many", "--hold-days")]
    [InlineData("backtest run --hold-days 0", "--hold-days is 0")]
    [InlineData("backtest run --initial-capital -1", "--initial-capital is -1")]
    [InlineData("backtest run --signal zbt", "zbt_ema")]
    [InlineData("backtest run --exit zbt", "--exit: no signal 'zbt'")]
    [InlineData("backtest run --side up", "both")]
    [InlineData("backtest run --side both", "--exit SIGNAL")]
    [InlineData("backtest run --sizing fixed", "--position-size")]
    [InlineData("backtest run --slippage-rate 0.1 --slippage-bps 5", "give one")]
    [InlineData("backtest run --stop-loss 8", "fraction")]
    [InlineData("backtest run --fill now", "same-close")]
    [InlineData("backtest run --side run", "--side: 'run' is not one of long, short, both")]
    [InlineData("backtest grid --rank grid", "--rank: 'grid' is not one of sharpe")]
    [InlineData("backtest grid --strategy backtest", "--strategy: 'backtest' is not one of sma-cross")]
    [InlineData("query x --format query", "--format: 'query' is not one of table")]
    [InlineData("--log-format query data list", "--log-format: 'query' is not one of text")]
    [InlineData("backtest run --start-date 2020-01-01 --end-date 2019-01-01", "--end-date lies before --start-date")]
    [InlineData("backtest run --trailing-stop 1", "--trailing-stop is 1, but must be")]
    [InlineData("backtest grid --symbols A,B", "--symbols AAPL")]
    [InlineData("backtest run --buy 30", "below Buy")]
    [InlineData("signals generate --universe all --symbols AAPL", "not several")]
    [InlineData("signals generate --symbol-list no-such-list", "no universe or symbol list 'no-such-list'")]
    [InlineData("signals generate --start-date 31.01.2024", "2024-01-31")]
    [InlineData("data fetch", "--symbols AAPL,MSFT")]
    [InlineData("data fetch --source yaho --symbols A", "yahoo, stooq, csv")]
    [InlineData("data fetch --source stooq --symbols A --interval 5m", "no bars of 5m")]
    [InlineData("data fetch --source csv --symbols A", "--from 'dir/{symbol}.csv'")]
    [InlineData("data fetch --source csv --symbols A --from x/{symbol} --source-url http://x", "no address")]
    [InlineData("data fetch --symbols A --from x/{symbol}.csv", "--source csv")]
    [InlineData("data fetch --symbols A --source-url ftp://host", "no web address")]
    [InlineData("data fetch --symbols A --parallel 0", "1 to 64")]
    [InlineData("data fetch --symbols A --start-date 2024-02-01 --end-date 2024-01-01", "after --end-date")]
    [InlineData("data fetch --symbols A --start-date 2999-01-01", "in the future")]
    [InlineData("data fetch --symbols A --universe all", "not several")]
    [InlineData("signals list --log-level loud", "--log-level")]
    [InlineData("table vacuum --retain-hours 1", "--force")]
    [InlineData("table vacuum --retain-hours -1", "from 0 on")]
    [InlineData("table restore bars_1d", "--to-version 3")]
    [InlineData("table restore --to-version 3", "--before-run RUN")]
    [InlineData("table history", "TABLE|history")]
    [InlineData("table history bars_1d --limit 0", "at least 1")]
    [InlineData("data replay --speed fast", "60 (an hour in a minute), 900, or max")]
    [InlineData("data replay --topic a/b", "letters, digits")]
    [InlineData("data replay --partitions 0", "1 to 10000")]
    [InlineData("data replay --compression zip", "lz4, zstd")]
    [InlineData("data replay --patience soon", "'soon' is no length of time; write 500ms, 8s, 2m or 1h")]
    [InlineData("data replay --partitions few", "'few' for option '--partitions' as a whole number")]
    [InlineData("stream run --metrics-port few", "'few' for option '--metrics-port' as a whole number")]
    [InlineData("stream run --start-date 2024-01-02", "bf data replay --start-date")]
    [InlineData("stream run --speed 60", "bf data replay --speed")]
    [InlineData("stream run --replay --topic quotes", "--topic is for a topic of Kafka")]
    [InlineData("stream run --replay --until-idle 8s", "--until-idle is for a topic of Kafka")]
    [InlineData("data rename A a", "its name already")]
    [InlineData("data rename A", "NEW is missing")]
    [InlineData("data push", "TO is missing: root of the other lake: a folder, or s3://BUCKET/FOLDER; see bf data push --help")]
    [InlineData("data list --profile nope", "profiles/nope.env")]
    public void Wrong_usage_exits_with_2_and_says_what_would_be_right(string line, string words)
    {
        using var bf = new BfProgram();
        bf.Write("x.csv", "date,symbol,open,high,low,close,volume\n2024-01-02,A,1,1,1,1,1\n");
        var result = bf.Run(line.Split(' '));

        Assert.Equal(2, result.Code);
        Assert.True(words.Split('|').Any(w => result.Error.Contains(w, StringComparison.OrdinalIgnoreCase)), result.Error);
        Assert.Equal("", result.Out);
        Assert.False(Directory.Exists(bf.At("lake")));
    }

    [Theory]
    [InlineData("data import nothing.csv", "no such file")]
    [InlineData("signals generate", "bf data import FILE")]
    [InlineData("signals summary", "bf signals generate")]
    [InlineData("signals show", "bf signals generate")]
    [InlineData("signals explain", "bf signals generate")]
    [InlineData("signals evaluate", "bf signals generate")]
    [InlineData("backtest run", "bf data import FILE")]
    [InlineData("backtest report", "bf backtest run --save-results")]
    [InlineData("table check", "bf data import FILE")]
    [InlineData("table history bars_1d", "bf data import FILE")]
    [InlineData("table restore --before-run X", "bf table history bars_1d")]
    [InlineData("data rename A B", "bf data list")]
    [InlineData("data replay --speed max", "bf data import FILE")]
    [InlineData("data delete A --yes", "bf data list")]
    [InlineData("data list --lake s3://bucket/lake", "s3://bucket/lake")]
    [InlineData("data list --lake s3:/bucket/lake", "s3://BUCKET/FOLDER")]
    public void What_cannot_be_done_exits_with_1_and_says_what_to_do_first(string line, string words)
    {
        using var bf = new BfProgram();
        var result = bf.Run(line.Split(' '));

        Assert.Equal(1, result.Code);
        Assert.StartsWith("error: ", result.Error);
        Assert.Contains(words, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.Equal("", result.Out);
        Assert.Empty(bf.Everything());
    }

    [Fact]
    public void What_a_shell_asks_for_it_completes()
    {
        using var bf = new BfProgram();
        Assert.Equal(["signals"], bf.Run("[suggest:8]", "bf signa").Done().Lines);
        Assert.Contains("--symbol-list", bf.Run("[suggest:24]", "bf signals generate --sy").Done().Lines);
        Assert.Equal(["cluster", "local", "observe"], bf.Run("[suggest:13]", "bf --profile ").Done().Lines.Where(line => line.Length > 0));
        foreach (var shell in new[] { "bash", "zsh", "fish", "pwsh" })
        {
            Assert.Contains("[suggest:", bf.Run("completion", shell).Done().Out);
        }
    }

    [Fact]
    public void The_script_for_bash_is_one_that_bash_takes()
    {
        if (!File.Exists("/bin/bash"))
        {
            Assert.Skip("there is no bash here");
        }

        using var bf = new BfProgram();
        bf.Write("complete.sh", bf.Run("completion", "bash").Done().Out);
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $"source '{bf.At("complete.sh")}' && complete -p bf"]) { RedirectStandardOutput = true })!;

        Assert.Contains("-F _bf bf", bash.StandardOutput.ReadToEnd());
        bash.WaitForExit();
        Assert.Equal(0, bash.ExitCode);
    }
}
