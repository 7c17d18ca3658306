using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Bf.Jobs.Telemetry;
using Bf.Jobs.Telemetry.Prometheus;

namespace Bf.Jobs.Tests.Telemetry;

/// <summary><c>/metrics</c>, asked by hand, by hostile hands, and by Prometheus itself.</summary>
[Collection(nameof(TelemetryState))]
public sealed class MetricsServerTests
{
    private const string Hostile = "a \"quoted\" \\ name\nwith a line break, {braces} and ünïcode";

    [Fact]
    public async Task What_is_recorded_can_be_read()
    {
        using var server = MetricsServer.Start("127.0.0.1", 0, "1.2.3", TimeProvider.System);
        Instruments.LakeCommits.Record(1, "read-test", "committed");
        Instruments.LakeCommits.Record(2, "read-test", "committed");
        Instruments.SinkLatency.Record(0.02, "read-test");
        Instruments.SparkStatements.Record(1, [null]);
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri(server.Address), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("bf_lake_commits_total{bf_outcome=\"committed\",bf_table=\"read-test\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("bf_sink_latency_seconds_bucket{bf_sink=\"read-test\",le=\"0.025\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nbf_spark_statements_total 1\n", text, StringComparison.Ordinal);
        Assert.Contains("target_info{service_name=\"bf\",service_version=\"1.2.3\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE dotnet_process_memory_working_set_bytes gauge\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /other HTTP/1.1\r\n\r\n", "404")]
    [InlineData("POST /metrics HTTP/1.1\r\n\r\n", "405")]
    [InlineData("nonsense\r\n\r\n", "400")]
    [InlineData("GET /metrics?x=1 HTTP/1.1\r\nHost: h\r\n\r\n", "200")]
    [InlineData("HEAD /metrics HTTP/1.1\r\n\r\n", "200")]
    public async Task Other_requests_are_answered_as_what_they_are(string request, string status)
    {
        using var server = MetricsServer.Start("127.0.0.1", 0, "1", TimeProvider.System);
        using var client = new TcpClient("127.0.0.1", new Uri(server.Address).Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);

        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(request.StartsWith("HEAD", StringComparison.Ordinal), answer.EndsWith("\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Those_who_connect_and_say_nothing_or_too_much_keep_nobody_else_out()
    {
        using var server = MetricsServer.Start("127.0.0.1", 0, "1", TimeProvider.System);
        var port = new Uri(server.Address).Port;
        using var silent = new TcpClient("127.0.0.1", port);
        using var endless = new TcpClient("127.0.0.1", port);
        try
        {
            await endless.GetStream().WriteAsync(new byte[100_000], TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // the server had enough
        }

        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };

        Assert.Contains("target_info", await http.GetStringAsync(new Uri(server.Address), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_is_taken_and_an_address_that_is_none_are_said()
    {
        using var server = MetricsServer.Start("127.0.0.1", 0, "1", TimeProvider.System);
        var port = new Uri(server.Address).Port;

        Assert.StartsWith($"--metrics-port {port}: another program listens there", Assert.Throws<JobException>(() => MetricsServer.Start("127.0.0.1", port, "1", TimeProvider.System)).Message, StringComparison.Ordinal);
        Assert.StartsWith("BIND_ADDRESS: 'nowhere'", Assert.Throws<JobException>(() => MetricsServer.Start("nowhere", 0, "1", TimeProvider.System)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prometheus_finds_nothing_to_complain_of()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool (Debian's package prometheus) is not here");
        using var server = MetricsServer.Start("127.0.0.1", 0, "1", TimeProvider.System);
        Every();
        using var http = new HttpClient();
        var text = await http.GetStringAsync(new Uri(server.Address), TestContext.Current.CancellationToken);
        using var check = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await check.StandardInput.WriteAsync(text);
        check.StandardInput.Close();
        var said = await check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) + await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (check.ExitCode, said));
    }

    [Fact]
    public async Task Prometheus_reads_it_and_answers_a_query()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/prometheus"), "prometheus (Debian's package) is not here");
        using var server = MetricsServer.Start("127.0.0.1", 0, "1", TimeProvider.System);
        Every();
        using var folder = new TempFolder();
        folder.Write("prometheus.yml", $"global: {{scrape_interval: 200ms}}\nscrape_configs: [{{job_name: bf, static_configs: [{{targets: ['{new Uri(server.Address).Authority}']}}]}}]\n");
        using var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        var place = $"{free.LocalEndpoint}";
        free.Stop();
        using var prometheus = Process.Start(new ProcessStartInfo("/usr/bin/prometheus", [$"--config.file={folder.At("prometheus.yml")}", $"--storage.tsdb.path={folder.At("data")}", $"--web.listen-address={place}", "--log.level=error"]) { RedirectStandardError = true })!;
        try
        {
            using var http = new HttpClient();
            var query = new Uri($"http://{place}/api/v1/query?query={Uri.EscapeDataString("bf_lake_quarantined_total or bf_stream_checkpoint_duration_seconds_count")}");
            var answer = "";
            for (var clock = Stopwatch.StartNew(); clock.Elapsed < TimeSpan.FromSeconds(30) && !answer.Contains("bf_lake_quarantined_total", StringComparison.Ordinal); await Task.Delay(100, TestContext.Current.CancellationToken))
            {
                try
                {
                    answer = await http.GetStringAsync(query, TestContext.Current.CancellationToken);
                }
                catch (HttpRequestException)
                {
                    // it starts
                }
            }

            var results = System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(r => r.GetProperty("metric")).ToList();
            Assert.Contains(results, r => r.TryGetProperty("bf_rule", out var rule) && rule.GetString() == Hostile);
            Assert.Contains(results, r => r.GetProperty("__name__").GetString() == "bf_stream_checkpoint_duration_seconds_count");
        }
        finally
        {
            prometheus.Kill();
            await prometheus.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static void Every()
    {
        foreach (var metric in Instruments.Own.Where(m => m != Instruments.TargetInfo))
        {
            metric.Record(1, [.. metric.Attributes.Select(_ => Hostile)]);
        }
    }
}
