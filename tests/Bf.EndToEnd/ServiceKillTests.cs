using System.Diagnostics;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Each service that a lake in a bucket and a run on Spark rest on is killed, or hangs, in the middle (docs/durability.md).</summary>
public sealed class ServiceKillTests
{
    private const string Rows =
        "SELECT 'breadth' AS t, count(*) AS n, sum(hash(x)::HUGEINT) AS h FROM (SELECT * EXCLUDE run FROM breadth) x UNION ALL " +
        "SELECT 'signals', count(*), sum(hash(x)::HUGEINT) FROM (SELECT * EXCLUDE run FROM signals) x UNION ALL " +
        "SELECT 'thrusts', count(*), sum(hash(x)::HUGEINT) FROM (SELECT * EXCLUDE run FROM thrusts) x UNION ALL " +
        "SELECT 'state', count(*), sum(hash(x)::HUGEINT) FROM (SELECT * EXCLUDE run FROM state) x UNION ALL " +
        "SELECT 'bars', count(*), sum(hash(x)::HUGEINT) FROM (SELECT symbol, ts, open, high, low, close, volume FROM bars_1d) x ORDER BY 1";

    private static readonly string[] OnSpark = ["signals", "generate", "--engine", "spark", "--force-recalculate"];
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(40); // 30, and some for a busy machine
    private static readonly TimeSpan Done = TimeSpan.FromMinutes(2); // a run that goes on takes the time that it takes

    [Fact(Explicit = true)]
    public void Whatever_is_killed_or_hangs_a_run_recovers_or_says_so_within_half_a_minute_and_every_table_stays_whole()
    {
        var stack = Stack.Own("minio", "spark");
        using var bf = new BfProgram();
        using var end = stack;
        (string, string)[] settings = [.. stack.Environments, ("BF_WORKER", WorkerFile.Path), ("BF_LAKE", "s3://kills/lake"), ("BF_CACHE", bf.At("cache"))];
        bf.Write("more.csv", Market.Csv(Market.Random(20, 400)));
        Run("data", "fetch", "--source", "synthetic", "--count", "600", "--years", "10", "--quiet").Done();
        Run("signals", "generate").Done();
        var clean = Run("query", Rows, "--format", "csv").Done().Out;

        // the store hangs: whoever reads or writes the lake is told, by Spark or not
        using (var spark = Scanning())
        {
            stack.Hang("minio");
            using var import = Start("data", "import", "more.csv");
            var (spoken, here) = (Ends(spark), Ends(import));
            stack.Resume("minio");
            Down(spoken, stack.Settings["MINIO_ENDPOINT"]);
            Down(here, stack.Settings["MINIO_ENDPOINT"]);
        }

        Whole();

        // the store is gone for a moment: the run goes on
        using (var spark = Scanning())
        {
            stack.Kill("minio");
            Thread.Sleep(2000);
            stack.Up("minio");
            Ends(spark, Done).Done();
        }

        Whole();

        using (var spark = Scanning())
        {
            stack.Hang("spark-connect");
            var spoken = Ends(spark);
            stack.Resume("spark-connect");
            Down(spoken, stack.Settings["SPARK_REMOTE"]);
        }

        // the executors do without their master
        using (var spark = Scanning())
        {
            stack.Kill("spark-master");
            Ends(spark, Done).Done();
        }

        using (var spark = Scanning())
        {
            stack.Kill("spark-worker");
            Down(Ends(spark), "no executor has taken a task");
        }

        Whole();

        BfResult Run(params string[] line) => bf.Run(line, null, settings);
        Process Start(params string[] line) => bf.Start(line, settings);

        Process Scanning()
        {
            SparkExecutor.WaitUntilIdle(stack);
            var spark = Start(OnSpark);
            SparkExecutor.Await(stack);
            return spark;
        }

        void Whole()
        {
            Assert.Equal(clean, Run("query", Rows, "--format", "csv").Done().Out);
            Run("table", "check").Done();
        }
    }

    private static BfResult Ends(Process process, TimeSpan? within = null)
    {
        var longest = within ?? Told;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"it has not ended within {longest.TotalSeconds} s, and has said: {error.Result}");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }

    private static void Down(BfResult result, string named)
    {
        Assert.True(result.Code == 3, $"exit {result.Code}: {result.Error}");
        Assert.StartsWith("error: ", result.Error);
        Assert.Contains(named, result.Error);
    }
}
