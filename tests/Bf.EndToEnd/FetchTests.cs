using System.Runtime.InteropServices;
using System.Text.Json;
using Bf.Core.Market;
using Bf.Jobs.Tests;
using Bf.Sources.Tests.Fetch;

namespace Bf.EndToEnd;

/// <summary>The program fetches from a server on this machine.</summary>
public sealed partial class FetchTests
{
    private const int Interrupt = 2, Kill = 9;
    private const string EachBar = "SELECT * EXCLUDE (ingested_at) FROM bars_1d ORDER BY symbol, ts";

    [Fact]
    public void What_is_fetched_can_be_counted()
    {
        using var server = Server(40, 100);
        using var bf = new BfProgram();
        var first = bf.Run("data", "fetch", "--source-url", server.Url, "--symbols", "S00,S01,S02", "--start-date", "2022-01-01").Done();

        Assert.Equal("300 bars added, 0 changed, of 3 symbols from yahoo\nnext: bf signals generate\n", first.Out);
        Assert.Equal("", first.Error);
        var again = bf.Run("data", "fetch", "--source-url", server.Url, "--json").Done().Json; // the symbols of the lake
        Assert.Equal(["S00", "S01", "S02"], again.GetProperty("symbols").EnumerateArray().Select(s => s.GetProperty("symbol").GetString()));
        Assert.Equal((0, 0, "yahoo"), (again.GetProperty("rows").GetInt32(), again.GetProperty("version").GetInt32(), again.GetProperty("source").GetString()));
        Assert.True(again.GetProperty("timings").TryGetProperty("read_ms", out _));
        bf.Run("signals", "generate").Done();
        Assert.Equal("100\n", bf.Run("query", "SELECT count(*) AS n FROM breadth", "--format", "csv").Done().Out.Replace("n\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Failures_are_told_by_symbol_with_exit_code_1_and_the_rest_is_kept()
    {
        using var server = Server(3, 10);
        server.Fail("S01", Fault.ConsentPage);
        using var bf = new BfProgram();
        var result = bf.Run(["data", "fetch", "--symbols", "S00,S01,NOPE", "--json"], null, ("BF_YAHOO_URL", server.Url));

        Assert.Equal(1, result.Code);
        Assert.Contains("error: 2 of 3 symbols failed", result.Error);
        Assert.Contains("NOPE: Yahoo does not know NOPE", result.Error);
        Assert.Contains("S01: Yahoo sent a web page", result.Error);
        Assert.Equal(["failed", "fetched", "failed"], result.Json.GetProperty("symbols").EnumerateArray().Select(s => s.GetProperty("state").GetString()));
        Assert.Equal(10, result.Json.GetProperty("added").GetInt32());
    }

    [Fact]
    public void A_host_that_cannot_be_reached_is_exit_code_3_and_leaves_nothing()
    {
        using var bf = new BfProgram();
        var result = bf.Run("data", "fetch", "--symbols", "AAPL", "--source-url", "http://127.0.0.1:9");

        Assert.Equal(3, result.Code);
        Assert.StartsWith("error: 127.0.0.1:9 can't be reached", result.Error);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.Empty(bf.Everything());
    }

    [Fact]
    public void The_source_and_its_key_come_from_settings_and_the_key_is_never_shown()
    {
        using var server = Server(2, 10);
        using var bf = new BfProgram();
        bf.Write(".env", $"BF_SOURCE=stooq\nBF_STOOQ_URL={server.Url}\nBF_STOOQ_APIKEY=s3cret\n");
        var result = bf.Run("data", "fetch", "--symbols", "S00,NOPE", "--log-level", "debug");

        Assert.Equal(1, result.Code);
        Assert.All(server.Requests, r => Assert.EndsWith("apikey=s3cret", r));
        foreach (var shown in new[] { result.Out, result.Error, bf.Run("config", "show").Done().Out, bf.Run("query", "SELECT * FROM runs").Done().Out })
        {
            Assert.DoesNotContain("s3cret", shown);
        }
    }

    [Fact]
    public void Files_of_a_folder_are_a_source()
    {
        using var bf = new BfProgram();
        bf.Write("prices/AAPL.csv", "Date,Open,High,Low,Close,Volume\n2024-01-02,10,12,9,11,1000\n2024-01-03,10,12,9,11,1000\n");

        Assert.StartsWith("2 bars added, 0 changed, of 1 symbol from csv\n", bf.Run("data", "fetch", "--source", "csv", "--from", "prices/{symbol}.csv", "--symbols", "AAPL").Done().Out);
        Assert.StartsWith("nothing new of 1 symbol from csv", bf.Run("data", "fetch", "--source", "csv", "--from", "prices/{symbol}.csv").Done().Out);
    }

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Kill, 10)]
    [InlineData(Kill, 249)]
    [InlineData(Kill, 255)]
    [InlineData(Kill, 299)]
    public async Task A_fetch_that_is_ended_midway_and_run_again_equals_an_undisturbed_one(int signal, int at)
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("signals are tested on Linux");
        }

        using var server = Server(300, 20);
        using var undisturbed = new BfProgram();
        undisturbed.Run("data", "fetch", "--source-url", server.Url, "--symbol-list", List(undisturbed)).Done();
        using var bf = new BfProgram();
        string[] fetch = ["data", "fetch", "--source-url", server.Url, "--symbol-list", List(bf)];
        var (process, sent) = (0, 0);
        using var known = new ManualResetEventSlim();
        server.Requests.Clear();
        server.Before = async _ =>
        {
            await Task.Run(() => known.Wait(TimeSpan.FromSeconds(60)));
            if (server.Requests.Count >= at && Interlocked.Exchange(ref sent, 1) == 0) // two may come at once, and the count step over a number
            {
                Assert.Equal(0, Send(process, signal));
            }
        };
        using (var program = bf.Start(fetch))
        {
            process = program.Id;
            known.Set();
            var error = program.StandardError.ReadToEndAsync();
            await program.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(signal == Interrupt ? 130 : 128 + Kill, program.ExitCode);
            Assert.Equal(signal == Interrupt ? "interrupted; what was committed stays\n" : "", await error);
        }

        server.Before = _ => Task.CompletedTask;
        server.Requests.Clear();
        bf.Run(fetch).Done();
        Assert.InRange(server.Requests.Count, signal == Interrupt || at > 290 ? 1 : 20, signal == Interrupt ? 300 - at + 8 : 300);
        Assert.Equal(Rows(undisturbed, EachBar), Rows(bf, EachBar));
        Assert.Equal(Rows(undisturbed, "SELECT symbol, from_ts, to_ts, bars FROM fetches ORDER BY symbol"), Rows(bf, "SELECT symbol, from_ts, to_ts, bars FROM fetches ORDER BY symbol"));
    }

    private static string Rows(BfProgram bf, string sql) => bf.Run("query", sql, "--format", "csv").Done().Out;

    private static FakeServer Server(int symbols, int days)
    {
        var server = new FakeServer { Now = TimeProvider.System.GetUtcNow() };
        server.Have(Market.Random(Math.Min(symbols, 100), days));
        foreach (var i in Enumerable.Range(100, Math.Max(0, symbols - 100)))
        {
            server.Bars[$"S{i}"] = [.. server.Bars["S00"].Select(b => b with { Symbol = $"S{i}" })];
        }

        return server;
    }

    private static string List(BfProgram bf) =>
        bf.Write("many.csv", string.Join('\n', Enumerable.Range(0, 300).Select(i => $"S{i:00}")));

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int process, int signal);
}
