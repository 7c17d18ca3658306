using System.Globalization;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>A lake in the real MinIO, where this machine has it.</summary>
public sealed class BucketTests
{
    private static readonly int Writers = int.TryParse(Environment.GetEnvironmentVariable("BF_WRITERS"), CultureInfo.InvariantCulture, out var n) ? n : 6;

    private static (string, string)[] Settings(Stack stack, BfProgram bf, string lake) => [.. stack.Environments, ("BF_LAKE", lake), ("BF_CACHE", bf.At("cache"))];

    [Fact]
    public void Imports_at_once_into_a_lake_that_is_not_there_yet_all_win_and_Spark_agrees()
    {
        var stack = Stack.Shared("minio");
        using var bf = new BfProgram();
        var bucket = $"race-{Guid.NewGuid():N}";
        var settings = Settings(stack, bf, $"s3://{bucket}/lake");
        var bars = Market.Random(Writers * 2, 60).GroupBy(b => b.Symbol).Chunk(2).ToList();
        foreach (var (i, part) in bars.Index())
        {
            bf.Write($"{i}.csv", Market.Csv(part.SelectMany(s => s)));
        }

        var processes = bars.Index().Select(p => bf.Start(["data", "import", $"{p.Index}.csv"], settings)).ToList();
        foreach (var process in processes)
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, error);
            process.Dispose();
        }

        const string Sums = "count(*), count(DISTINCT symbol), sum(volume)";
        var ours = bf.Run(["query", $"SELECT concat_ws('|', {Sums}) AS v FROM bars_1d", "--json"], null, settings).Done().Json[0].GetProperty("v").GetString();
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{Writers * 120}|{Writers * 2}|"), ours, StringComparison.Ordinal);
        Assert.Equal($"n\n{Writers}\n", bf.Run(["query", "SELECT count(DISTINCT run) AS n FROM runs", "--format", "csv"], null, settings).Done().Out);
        bf.Run(["table", "check"], null, settings).Done();
        var history = bf.Run(["table", "history", "bars_1d", "--json"], null, settings).Done();
        Assert.Contains("\"version\": 0", history.Out, StringComparison.Ordinal);

        var theirs = Assert.Single(SparkSql.Run([$"SELECT 'bars' AS k, concat_ws('|', {Sums}) AS v FROM delta.`s3a://{bucket}/lake/bars_1d`"], stack.Settings));
        Assert.Equal(ours, theirs.Value);
    }

    [Fact]
    public void The_same_commands_give_the_same_results_in_a_bucket_as_in_a_folder()
    {
        var stack = Stack.Shared("minio");
        using var bf = new BfProgram();
        var settings = Settings(stack, bf, $"s3://same-{Guid.NewGuid():N}/deep/lake");
        (string, string)[] folder = [("BF_LAKE", bf.At("folder"))];
        bf.Write("bars.csv", Market.Csv(Market.Random(5, 300)) + "2023-01-02,BAD\n");
        string[][] commands =
        [
            ["data", "import", "bars.csv"], ["data", "import", "bars.csv"], ["signals", "generate"], ["backtest", "run", "--signal", "zbt_ema", "--save-results"],
            ["data", "rename", "S00", "ZZ"], ["table", "restore", "bars_1d", "--to-version", "0"], ["table", "optimize"], ["table", "check"], ["data", "list"], ["data", "list", "--history"],
            ["table", "vacuum", "--retain-hours", "0", "--force"], ["table", "check"],
        ];
        foreach (var command in commands)
        {
            bf.Run(command, null, settings).Done();
            bf.Run(command, null, folder).Done();
        }

        foreach (var table in (string[])["bars_1d", "breadth", "signals", "thrusts", "trades", "quarantine"])
        {
            string[] ask = ["query", $"SELECT * EXCLUDE ({(table == "bars_1d" ? "ingested_at" : "run")}) FROM {table} ORDER BY ALL", "--format", "csv"];
            Assert.Equal(bf.Run(ask, null, folder).Done().Out, bf.Run(ask, null, settings).Done().Out);
        }

        var place = settings.First(s => s.Item1 == "BF_LAKE").Item2;
        Assert.Equal("n\n1500\n", bf.Run(["query", $"SELECT count(*) AS n FROM delta('{place}/bars_1d')", "--format", "csv"], null, [.. settings.Where(s => s.Item1 != "BF_LAKE")]).Done().Out);
    }

    [Fact]
    public void A_store_that_is_killed_ends_a_command_in_time_and_leaves_whole_tables()
    {
        using var stack = Stack.Own("minio");
        using var bf = new BfProgram();
        var settings = Settings(stack, bf, "s3://killed/lake");
        bf.Write("bars.csv", Market.Csv(Market.Random(5, 60)));
        bf.Run(["data", "import", "bars.csv"], null, settings).Done();
        using var generate = bf.Start(["signals", "generate"], settings);
        generate.StandardInput.Close();
        Thread.Sleep(400);
        stack.Kill("minio");
        var error = generate.StandardError.ReadToEnd();
        Assert.True(generate.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.True(generate.ExitCode is 0 or 3, error);
        Assert.True(generate.ExitCode == 0 || error.Contains("MINIO_ENDPOINT", StringComparison.Ordinal), error);
        Assert.Equal(3, bf.Run(["data", "summary"], null, settings).Code);

        stack.Up("minio");
        bf.Run(["table", "check"], null, settings).Done();
        bf.Run(["signals", "generate"], null, settings).Done();
        bf.Run(["table", "check"], null, settings).Done();
    }

    [Fact]
    public void Nothing_that_belongs_to_S3_is_loaded_for_a_lake_in_a_folder()
    {
        using var bf = new BfProgram();
        bf.Write("bars.csv", Market.Csv(Market.Random(2, 10)));
        (string, string)[] traced = [("DOTNET_EnableEventPipe", "1"), ("DOTNET_EventPipeOutputPath", bf.At("trace.nettrace")), ("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x8:4")];

        bf.Run(["data", "import", "bars.csv"], null, traced).Done();

        var trace = File.ReadAllText(bf.At("trace.nettrace"), System.Text.Encoding.Unicode) + File.ReadAllText(bf.At("trace.nettrace"), System.Text.Encoding.Latin1).Replace("\0", "", StringComparison.Ordinal);
        Assert.Contains("Bf.Jobs", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("AWSSDK", trace, StringComparison.Ordinal);
    }
}
