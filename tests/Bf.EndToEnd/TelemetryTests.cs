using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Telemetry by the program: what it costs when nobody listens or answers, what it says, and what it never says.</summary>
public sealed partial class TelemetryTests(SmallLake lake) : IClassFixture<SmallLake>
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [Fact]
    public void Nothing_of_telemetry_is_loaded_where_nobody_asked_for_it()
    {
        using var bf = new BfProgram();
        (string, string)[] traced = [("DOTNET_EnableEventPipe", "1"), ("DOTNET_EventPipeOutputPath", bf.At("trace.nettrace")), ("DOTNET_EventPipeConfig", "Microsoft-Windows-DotNETRuntime:0x8:4")];

        lake.Bf.Run(["signals", "generate"], null, traced).Done();

        var trace = File.ReadAllText(bf.At("trace.nettrace"), Encoding.Unicode) + File.ReadAllText(bf.At("trace.nettrace"), Encoding.Latin1).Replace("\0", "", StringComparison.Ordinal);
        Assert.Contains("Bf.Jobs", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("OpenTelemetry", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Diagnostics.DiagnosticSource", trace, StringComparison.Ordinal);
        Assert.DoesNotContain("System.Net.Sockets", trace, StringComparison.Ordinal);
    }

    [Fact]
    public void An_endpoint_that_does_not_answer_fails_nothing_holds_nothing_up_and_is_said_once()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0); // takes connections, and never says a word
        hanging.Start();
        var usual = Enumerable.Range(0, 3).Min(_ => Time(null).Took);
        foreach (var (endpoint, says) in ((string, string)[])[
            ("http://127.0.0.1:1", "Connection refused"), ($"http://{hanging.LocalEndpoint}", "no answer"), ("http://192.0.2.1:4318", ""), ("http://no-such-host.invalid:4318", "")])
        {
            var runs = Enumerable.Range(0, 3).Select(_ => Time(endpoint)).ToList();

            // a tenth of a second, and what a machine with much else to do adds to it; one that is waited for takes ten
            Assert.True(runs.Min(r => r.Took) - usual < TimeSpan.FromSeconds(1), $"{endpoint}: {runs.Min(r => r.Took)}, {usual} without");
            var said = Assert.Single(runs[0].Result.Error.Split('\n'), l => l.Contains("traces and metrics", StringComparison.Ordinal));
            Assert.StartsWith($"debug: traces and metrics can't be sent to {endpoint}/: ", said, StringComparison.Ordinal);
            Assert.Contains(says, said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("traces", lake.Bf.Run(["signals", "summary"], null, (Endpoint, "http://127.0.0.1:1")).Done().Error, StringComparison.Ordinal);
        Assert.Equal((1, "error: OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://x' is no address like http://localhost:4318\n"), (lake.Bf.Run(["signals", "summary"], null, (Endpoint, "ftp://x")) is var r ? (r.Code, r.Error) : default));

        (TimeSpan Took, BfResult Result) Time(string? endpoint)
        {
            var clock = Stopwatch.StartNew();
            var result = lake.Bf.Run(["signals", "summary", "--log-level", "debug"], null, endpoint is null ? [] : [(Endpoint, endpoint)]).Done();
            return (clock.Elapsed, result);
        }
    }

    [Fact]
    public void Traces_and_metrics_of_a_short_command_arrive_and_its_log_lines_name_its_trace()
    {
        using var server = new OtlpServer();
        using var bf = new BfProgram();
        bf.Write("bars.csv", Market.Csv(Market.Random(2, 5)) + "2023-01-02,S00,1,2\n");
        bf.Write(".env", $"{Endpoint}={server.Address}\nOTEL_SERVICE_NAME=other-name\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\nOTEL_BSP_EXPORT_TIMEOUT=20000\n");

        var result = bf.Run("data", "import", "bars.csv", "--json", "--log-level", "debug", "--log-format", "json").Done();
        var again = bf.Run(["signals", "generate", "--log-level", "debug", "--log-format", "json", "--lake", "s3://no-such/lake"], null, ("MINIO_ENDPOINT", "127.0.0.1:1"), ("MINIO_ACCESS_KEY", "k"), ("MINIO_SECRET_KEY", "s"));

        var run = result.Json.GetProperty("run").GetString()!;
        Assert.Contains(run, server.Taken("/v1/traces"), StringComparison.Ordinal);
        Assert.Contains(bf.Run("config", "show").Done().Lines, l => l.StartsWith("OTEL_SERVICE_NAME", StringComparison.Ordinal) && l.Contains(" .env ", StringComparison.Ordinal));
        Assert.Contains("other-name", server.Taken("/v1/traces"), StringComparison.Ordinal);
        Assert.All((string[])["bf.run.duration", "bf.lake.commits", "bf.lake.quarantined", "bf.run.last_success"], m => Assert.Contains(m, server.Taken("/v1/metrics"), StringComparison.Ordinal));
        Assert.Equal(3, again.Code);
        var line = System.Text.Json.JsonDocument.Parse(again.Error.Split('\n').First(l => l.StartsWith('{'))).RootElement;
        Assert.Matches("^[0-9a-f]{32} [0-9a-f]{16}$", $"{line.GetProperty("trace_id")} {line.GetProperty("span_id")}");
    }

    [Fact]
    public async Task A_stream_serves_its_metrics_while_it_runs_and_a_port_that_is_taken_is_said()
    {
        using var process = lake.Bf.Start(["stream", "run", "--replay", "--speed", "100000", "--metrics-port", "0"]);
        var address = Address().Match((await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!).Value;
        using var http = new HttpClient();
        var text = "";
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(20) && !Bars().IsMatch(text); await Task.Delay(100, TestContext.Current.CancellationToken))
        {
            text = await http.GetStringAsync(new Uri(address), TestContext.Current.CancellationToken);
        }

        Assert.Matches(Bars(), text);
        Assert.Contains("bf_lake_last_bar_seconds{bf_interval=\"1d\"} ", text, StringComparison.Ordinal);
        Assert.Contains("\nbf_lake_quarantine 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nbf_lake_free_bytes ", text, StringComparison.Ordinal);

        var port = new Uri(address).Port.ToString(CultureInfo.InvariantCulture);
        var second = lake.Bf.Run("stream", "run", "--replay", "--metrics-port", port);
        Assert.Equal((1, $"error: --metrics-port {port}: another program listens there already; say another port, or 0 for one that is free\n"), (second.Code, second.Error));
        Assert.Equal(2, lake.Bf.Run("stream", "run", "--replay", "--metrics-port", "70000").Code);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void No_secret_is_told_by_anything_that_leaves_the_program()
    {
        using var server = new OtlpServer();
        using var bf = new BfProgram();
        bf.Write("bars.csv", Market.Csv(Market.Random(2, 5)));
        bf.Run("data", "import", "bars.csv").Done();
        bf.Run("signals", "generate").Done();
        var secrets = Bf.Jobs.Config.Setting.All.Where(s => s.Secret && !s.Name.EndsWith("_HEADERS", StringComparison.Ordinal)).Select((s, i) => (s.Name, Value: $"odd+/={i} &'\"sécrèt%\\{s.Name.ToLowerInvariant()}")).ToList();
        (string, string)[] settings =
        [
            (Endpoint, server.Address), ("OTEL_BSP_EXPORT_TIMEOUT", "20000"), .. secrets, ("OTEL_EXPORTER_OTLP_HEADERS", "x-key=odd-header-secret"),
            ("SPARK_REMOTE", "sc://127.0.0.1:1/;token=odd-spark-token"), ("ELASTICSEARCH_HOST", "http://elastic-user:odd-elastic-pass@127.0.0.1:1"),
            ("BF_STOOQ_URL", "http://stooq-user:odd-stooq-pass@127.0.0.1:1"), ("MINIO_ENDPOINT", "127.0.0.1:1"), ("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"),
        ];
        var said = new StringBuilder();
        string[][] commands =
        [
            ["config", "show"], ["config", "show", "--json"],
            ["signals", "generate", "--engine", "spark", "--force-recalculate"], ["signals", "export"], ["signals", "search", "adv:>0", "--engine", "elasticsearch"],
            ["data", "fetch", "--symbols", "AAPL", "--source", "stooq"], ["signals", "generate", "--lake", "s3://odd/lake"], ["spark", "sql", "SELECT 1"],
            ["stream", "run", "--sink", "elasticsearch"],
        ];
        foreach (var command in commands)
        {
            var result = bf.Run([.. command, "--log-level", "debug", "--log-format", "json"], null, settings);
            said.Append(result.Out).Append(result.Error);
        }

        said.Append(server.Taken("/v1/traces")).Append(server.Taken("/v1/metrics"));
        var all = said.ToString();
        Assert.All((string[])["bf data fetch", "bf signals export", "bf stream run"], name => Assert.Contains(name, server.Taken("/v1/traces"), StringComparison.Ordinal));
        Assert.Contains("bf.run.duration", server.Taken("/v1/metrics"), StringComparison.Ordinal);
        Assert.All(
            [.. secrets.Select(s => s.Value), "odd-header-secret", "odd-spark-token", "odd-elastic-pass", "odd-stooq-pass"],
            secret => Assert.All((string[])[secret, Uri.EscapeDataString(secret)], form => Assert.DoesNotContain(form, all, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/metrics")]
    private static partial Regex Address();

    [GeneratedRegex("bf_stream_bars_total\\{[^}]*\\} [1-9]")]
    private static partial Regex Bars();
}
