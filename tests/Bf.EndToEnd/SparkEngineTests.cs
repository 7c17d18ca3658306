using Bf.Bench.Spark;
using Bf.Jobs.Spark;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>The real Spark, where this machine has it: what it counts is what this process counts, bit for bit.</summary>
public sealed class SparkEngineTests
{
    private static readonly string[] Results = ["breadth", "signals", "thrusts", "state"];

    [Fact]
    public void Real_equities_give_the_same_tables_by_Spark_as_here()
    {
        using var bf = new BfProgram();
        var bars = Repository.Shared("data", "us-equities-200.parquet") ?? Repository.Sample;
        bf.Run("data", "import", bars).Done();

        Same(bf, "--universe", "all,sectors,dow30", "--indicators", "all");
    }

    [Fact]
    public void Windows_in_Sparks_own_SQL_give_the_same_counts()
    {
        using var bf = new BfProgram();
        bf.Run("data", "import", Repository.Sample).Done();
        Spark(bf).Done();

        var theirs = bf.Run(["spark", "sql", WindowPanel.Of(SparkCluster.Table(bf.At("lake", "bars_1d"))) + " ORDER BY ts", "--format", "csv"], null, Stack.Shared("spark").Environments).Done().Lines;

        var columns = string.Join(", ", theirs[0].Split(',')[1..]);
        Assert.Equal(19, columns.Split(',').Length);
        Assert.Equal(theirs, bf.Run("query", $"SELECT epoch_us(ts) AS ts, {columns} FROM breadth ORDER BY ts", "--format", "csv").Done().Lines);
    }

    [Fact]
    public void A_market_of_2000_symbols_and_ten_years_gives_the_same_tables_also_when_an_executor_is_killed()
    {
        var stack = Stack.Shared("spark");
        using var bf = new BfProgram();
        bf.Run("data", "fetch", "--source", "synthetic", "--count", "2000", "--years", "10", "--quiet").Done();
        bf.Run("signals", "generate").Done();
        var here = Results.ToDictionary(t => t, t => LakeState.Of(bf, t), StringComparer.Ordinal);

        using (var generate = Start(bf, stack, "--force-recalculate"))
        {
            SparkExecutor.Of(stack).Kill();
            generate.StandardOutput.ReadToEnd();
            generate.WaitForExit();
            Assert.True(generate.ExitCode == 0, generate.StandardError.ReadToEnd());
        }

        Assert.All(Results, t => Assert.Equal(here[t], LakeState.Of(bf, t)));
    }

    [Fact]
    public void What_is_new_is_counted_here_after_Spark_and_the_run_says_who_did_it()
    {
        using var bf = new BfProgram();
        var bars = Market.Random(5, 300);
        bf.Write("old.csv", Market.Csv(bars.Take(1400)));
        bf.Write("new.csv", Market.Csv(bars.Skip(1400)));
        bf.Run("data", "import", "old.csv").Done();
        Spark(bf, "--universe", "all").Done();
        bf.Run("data", "import", "new.csv").Done();

        var increment = Spark(bf, "--universe", "all", "--json").Done().Json;

        Assert.Equal(("incremental", 100), (increment.GetProperty("mode").GetString(), increment.GetProperty("bars_read").GetInt32()));
        Assert.Equal("engine\nlocal\nspark\n", bf.Run("query", "SELECT DISTINCT engine FROM runs WHERE command = 'signals generate' ORDER BY 1", "--format", "csv").Done().Out);
        var grown = Results.ToDictionary(t => t, t => LakeState.Of(bf, t), StringComparer.Ordinal);
        bf.Run("signals", "generate", "--force-recalculate").Done();
        Assert.All(Results, t => Assert.Equal(grown[t], LakeState.Of(bf, t)));
    }

    [Fact]
    public void Without_Spark_the_command_ends_at_once_with_3_and_says_what_to_do()
    {
        using var bf = new BfProgram();
        bf.Write("bars.csv", Market.Csv(Market.Random(2, 10)));
        bf.Run("data", "import", "bars.csv").Done();

        var result = bf.Run(["signals", "generate", "--engine", "spark"], null, ("SPARK_REMOTE", "sc://127.0.0.1:1"));

        Assert.Equal(3, result.Code);
        Assert.Contains("sc://127.0.0.1:1", result.Error);
        Assert.Contains("SPARK_REMOTE", result.Error);
        Assert.Equal("n\n0\n", bf.Run("query", "SELECT count(*) AS n FROM breadth", "--format", "csv").Done().Out);
    }

    private static void Same(BfProgram bf, params string[] how)
    {
        bf.Run(["signals", "generate", .. how]).Done();
        var here = Results.ToDictionary(t => t, t => LakeState.Of(bf, t), StringComparer.Ordinal);
        Assert.All(here.Values, rows => Assert.True(rows.Length > 1000));

        Spark(bf, [.. how, "--force-recalculate"]).Done();

        Assert.All(Results, t => Assert.Equal(here[t], LakeState.Of(bf, t)));
    }

    private static BfResult Spark(BfProgram bf, params string[] how) =>
        bf.Run(["signals", "generate", "--engine", "spark", .. how], null, [.. Stack.Shared("spark").Environments, ("BF_WORKER", WorkerFile.Path)]);

    private static System.Diagnostics.Process Start(BfProgram bf, Stack stack, params string[] how) =>
        bf.Start(["signals", "generate", "--engine", "spark", .. how], [.. stack.Environments, ("BF_WORKER", WorkerFile.Path)]);
}
