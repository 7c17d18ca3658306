using System.Runtime.InteropServices;
using System.Text.Json;
using Bf.Core.Market;
using Bf.Jobs.Tests;
using Bf.Sources.Tests.Fetch;

namespace Bf.EndToEnd;

/// <summary>The real Spark, where this machine has it, fetches: the lake is the same as after a fetch by this process.</summary>
public sealed partial class SparkFetchTests
{
    private const int Interrupt = 2;

    private static readonly string[] Tables =
    [
        "SELECT * EXCLUDE ingested_at FROM bars_1d ORDER BY symbol, ts",
        "SELECT * EXCLUDE run FROM quarantine ORDER BY ALL",
        "SELECT * EXCLUDE (run, next_ts) FROM fetches ORDER BY symbol", // the moment to ask again goes by the time of the request
    ];

    [Fact]
    public void A_made_up_market_is_the_same()
    {
        using var local = new BfProgram();
        using var spark = new BfProgram();
        string[] fetch = ["data", "fetch", "--source", "synthetic", "--count", "200", "--years", "3", "--json"];
        var here = local.Run(fetch).Done().Json;
        var there = Spark(spark, fetch).Done().Json;

        Assert.Equal(Symbols(here).Select(s => s.GetRawText()), Symbols(there).Select(s => s.GetRawText()));
        Assert.True(there.GetProperty("added").GetInt64() > 100_000);
        Same(local, spark);
        Assert.Equal("engine\nspark\n", spark.Run("query", "SELECT engine FROM runs", "--format", "csv").Done().Out);
        Assert.Empty(Directory.EnumerateFileSystemEntries(spark.At("lake", "_staging")));
        spark.Run("table", "check").Done();
    }

    [Fact]
    public void A_lake_in_a_bucket_that_is_not_there_yet_gets_the_same_and_keeps_nothing_else()
    {
        var stack = Stack.Shared("minio", "spark");
        using var local = new BfProgram();
        using var spark = new BfProgram();
        var bucket = $"fetch-{Guid.NewGuid():N}";
        (string, string)[] settings = [.. Settings(), ("BF_LAKE", $"s3://{bucket}/lake")];
        string[] fetch = ["data", "fetch", "--source", "synthetic", "--count", "20", "--years", "2"];
        local.Run(fetch).Done();
        spark.Run([.. fetch, "--engine", "spark"], null, settings).Done();

        Assert.All(Tables, t => Assert.Equal(Rows(local, t), spark.Run(["query", t, "--format", "csv"], null, settings).Done().Lines));
        Assert.False(Directory.Exists(Path.Combine(stack.Run, "data", "minio", bucket, "lake", "_staging")));
    }

    [Fact]
    public void Failures_broken_rows_and_a_changed_past_are_the_same_and_the_source_is_asked_as_often()
    {
        Stack.Shared("spark");
        using var local = new BfProgram();
        using var spark = new BfProgram();
        var days = Market.Random(12, 60).GroupBy(b => b.Symbol).ToDictionary(g => g.Key, g => g.ToList());
        var broken = days["S03"];
        broken[50] = broken[50] with { High = 0.01 };
        broken[52] = broken[52] with { Low = double.NaN };
        broken[54] = new("S03", broken[54].Ts, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0);
        string[] fetch = ["data", "fetch", "--symbols", string.Join(',', days.Keys.Append("NOPE").Append("WALL")), "--parallel", "3", "--json"];

        // first what was known until some day; then more, of one a split, of one the last days settled, of one the beginning gone
        Both(days, "--end-date", Market.Date(days["S00"][54].Ts));
        days["S05"] = [.. days["S05"].Select(b => b with { Open = b.Open / 2, High = b.High / 2, Low = b.Low / 2, Close = b.Close / 2, AdjClose = b.AdjClose / 2 })];
        days["S06"][54] = days["S06"][54] with { Volume = 77 };
        days["S07"] = [.. days["S07"].Skip(20).Select(b => b with { AdjClose = b.AdjClose * 0.9 })];
        var second = Both(days);

        Assert.Equal(["S05", "S07"], second.Where(s => s.GetProperty("readjusted").GetBoolean()).Select(s => s.GetProperty("symbol").GetString()));
        Assert.Contains("the source begins at", second.Single(s => s.GetProperty("symbol").GetString() == "S07").GetProperty("reason").GetString());
        Assert.Equal("n\n2\n", spark.Run("query", "SELECT count(*) AS n FROM quarantine", "--format", "csv").Done().Out);

        JsonElement[] Both(Dictionary<string, List<Bar>> bars, params string[] range)
        {
            var (here, asked, _) = Once(local, bars, range, (bf, line, settings) => bf.Run(line, null, settings));
            var (there, askedThere, atOnce) = Once(spark, bars, range, (bf, line, settings) => Spark(bf, line, settings));
            Assert.Equal(here.Select(s => s.GetRawText()), there.Select(s => s.GetRawText()));
            Assert.Equal(asked, askedThere);
            Assert.InRange(atOnce, 1, 3);
            Same(local, spark);
            return there;
        }

        (JsonElement[] Symbols, List<string> Asked, int AtOnce) Once(BfProgram bf, Dictionary<string, List<Bar>> bars, string[] range, Func<BfProgram, string[], (string, string)[], BfResult> run)
        {
            using var server = new FakeServer { Now = TimeProvider.System.GetUtcNow() };
            server.Have(bars.Values.SelectMany(b => b));
            server.Fail("WALL", Fault.ConsentPage);
            var result = run(bf, [.. fetch, .. range], [("BF_YAHOO_URL", server.Url)]);
            Assert.Equal(1, result.Code);
            Assert.Contains("NOPE: Yahoo does not know NOPE", result.Error);
            return (Symbols(result.Json), [.. server.Requests.Select(r => r.Split('?')[0]).Order(StringComparer.Ordinal)], server.MostAtOnce);
        }
    }

    [Fact]
    public void A_key_reaches_the_source_and_no_statement_log_or_page()
    {
        var stack = Stack.Shared("spark");
        using var server = new FakeServer { Now = TimeProvider.System.GetUtcNow() };
        server.Have(Market.Random(2, 10));
        using var bf = new BfProgram();
        var key = $"key{Guid.NewGuid():N}";
        var result = Spark(bf, ["data", "fetch", "--source", "stooq", "--symbols", "S00,NOPE", "--log-level", "debug"], ("BF_STOOQ_URL", server.Url), ("BF_STOOQ_APIKEY", key));

        Assert.Equal(1, result.Code);
        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, r => Assert.EndsWith($"apikey={key}", r));
        Assert.DoesNotContain(key, result.Out + result.Error);
        var logs = Directory.EnumerateFiles(stack.Run, "*", SearchOption.AllDirectories).Where(f => f.EndsWith(".log", StringComparison.Ordinal) || Path.GetFileName(f) is "stdout" or "stderr").ToList();
        Assert.NotEmpty(logs);
        Assert.All(logs, f => Assert.DoesNotContain(key, File.ReadAllText(f)));
        Assert.All(Directory.EnumerateFiles(bf.Path, "*", SearchOption.AllDirectories), f => Assert.DoesNotContain(key, File.ReadAllText(f)));
    }

    [Fact]
    public void A_host_that_no_executor_reaches_and_a_Spark_that_is_not_there_are_exit_code_3()
    {
        Stack.Shared("spark");
        using var bf = new BfProgram();
        var source = Spark(bf, ["data", "fetch", "--symbols", "AAPL,MSFT", "--source-url", "http://127.0.0.1:9"]);
        Assert.Equal(3, source.Code);
        Assert.StartsWith("error: 127.0.0.1:9 can't be reached", source.Error);

        var spark = bf.Run(["data", "fetch", "--symbols", "AAPL,MSFT", "--engine", "spark"], null, ("SPARK_REMOTE", "sc://127.0.0.1:1"));
        Assert.Equal(3, spark.Code);
        Assert.Contains("sc://127.0.0.1:1", spark.Error);
        Assert.Empty(Directory.EnumerateFiles(bf.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Files_of_this_machine_are_not_for_a_cluster()
    {
        Stack.Shared("spark");
        using var bf = new BfProgram();
        var result = Spark(bf, ["data", "fetch", "--source", "csv", "--from", "prices/{symbol}.csv", "--symbols", "AAPL"]);

        Assert.Equal(2, result.Code);
        Assert.Contains("in a folder of this machine", result.Error);
    }

    [Fact]
    public async Task An_interrupted_fetch_ends_on_the_cluster_too_and_commits_nothing()
    {
        Stack.Shared("spark");
        using var server = new FakeServer { Now = TimeProvider.System.GetUtcNow() };
        server.Have(Market.Random(60, 10));
        using var ended = new CancellationTokenSource();
        using var begun = new SemaphoreSlim(0);
        server.Before = async symbol =>
        {
            begun.Release();
            await (symbol == "S00" ? Task.CompletedTask : Task.Delay(500, ended.Token)); // about 15 s for all
        };
        using var bf = new BfProgram();
        string[] fetch = ["data", "fetch", "--source-url", server.Url, "--symbols", string.Join(',', Enumerable.Range(0, 60).Select(i => $"S{i:00}")), "--parallel", "2"];
        using (var program = bf.Start([.. fetch, "--engine", "spark"], Settings()))
        {
            Assert.True(await begun.WaitAsync(TimeSpan.FromSeconds(90)));
            await Task.Delay(200);
            Assert.Equal(0, Send(program.Id, Interrupt));
            var error = program.StandardError.ReadToEndAsync();
            await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(130, program.ExitCode);
            Assert.Equal("interrupted; what was committed stays\n", await error);
        }

        // what was under way then is answered, and no more asked for
        await Task.Delay(2000);
        var after = server.Requests.Count;
        await Task.Delay(2000);
        Assert.Equal(after, server.Requests.Count);
        Assert.InRange(after, 1, 40);
        // a task may have been at its last write when the rest was removed: that is no table
        Assert.Equal(["_staging"], Directory.EnumerateDirectories(bf.At("lake")).Select(Path.GetFileName));
        Assert.Empty(Directory.EnumerateFiles(bf.At("lake"), "*.json", SearchOption.AllDirectories));

        await ended.CancelAsync();
        server.Before = _ => Task.CompletedTask;
        Spark(bf, fetch).Done();
        Assert.Equal("n\n600\n", bf.Run("query", "SELECT count(*) AS n FROM bars_1d", "--format", "csv").Done().Out);
    }

    private static void Same(BfProgram local, BfProgram spark)
    {
        foreach (var table in Tables)
        {
            Assert.Equal(Rows(local, table), Rows(spark, table));
        }
    }

    private static string[] Rows(BfProgram bf, string sql) => bf.Run("query", sql, "--format", "csv").Done().Lines;

    private static JsonElement[] Symbols(JsonElement document) => [.. document.GetProperty("symbols").EnumerateArray()];

    private static BfResult Spark(BfProgram bf, string[] line, params (string, string)[] settings) => bf.Run([.. line, "--engine", "spark"], null, [.. Settings(), .. settings]);

    private static (string, string)[] Settings() => [.. Stack.Shared("spark").Environments, ("BF_WORKER", WorkerFile.Path)];

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
