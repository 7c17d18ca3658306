using System.Diagnostics;
using System.Text.Json;

namespace Bf.EndToEnd;

public sealed class InfraHealthTests : IDisposable
{
    private readonly BfProgram _bf = new();

    // nobody is there
    private static readonly (string, string)[] Gone =
    [
        ("MINIO_ENDPOINT", "127.0.0.1:1"), ("MINIO_ACCESS_KEY", "key"), ("MINIO_SECRET_KEY", "pssst!"), ("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"), ("ELASTICSEARCH_HOST", "127.0.0.1:1"), ("SPARK_REMOTE", "sc://127.0.0.1:1"),
    ];

    public void Dispose() => _bf.Dispose();

    [Fact]
    public void Services_that_are_gone_are_named_with_what_to_do_and_the_exit_code_is_3()
    {
        var result = _bf.Run(["infra", "health", "--provider", "external"], null, Gone);

        Assert.Equal(3, result.Code);
        foreach (var service in new[] { "minio", "kafka", "elasticsearch", "spark-connect" })
        {
            Assert.Contains(result.Lines, l => l.StartsWith(service, StringComparison.Ordinal) && l.Contains("down", StringComparison.Ordinal));
        }

        Assert.Contains("not healthy: minio (down), kafka (down), elasticsearch (down), spark-connect (down)", result.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("pssst!", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_has_the_services_that_were_named_and_a_name_that_is_none_is_wrong_usage()
    {
        var result = _bf.Run(["infra", "health", "kafka", "--provider", "external", "--json"], null, Gone);
        var none = _bf.Run(["infra", "health", "nothing"], null);

        Assert.Equal(3, result.Code);
        var kafka = result.Json.GetProperty("services")[0];
        Assert.Equal(("kafka", "down", "127.0.0.1:1"), (kafka.GetProperty("service").GetString(), kafka.GetProperty("state").GetString(), kafka.GetProperty("address").GetString()));
        Assert.Equal(JsonValueKind.Null, kafka.GetProperty("latency_ms").ValueKind);
        Assert.Equal(2, none.Code);
        Assert.Contains("nothing", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_gives_a_document_a_line_until_it_is_interrupted_and_ends_with_the_code_of_the_last()
    {
        using var process = _bf.Start(["infra", "health", "kafka", "--provider", "external", "--watch", "50ms", "--json"], Gone);

        var lines = Enumerable.Range(0, 3).Select(_ => process.StandardOutput.ReadLine()!).ToList();
        using (var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            interrupt.WaitForExit();
        }

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(3, process.ExitCode);
        Assert.All(lines, l => Assert.Equal("down", JsonDocument.Parse(l).RootElement.GetProperty("services")[0].GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_watch_serves_to_Prometheus_what_it_saw()
    {
        using var process = _bf.Start(["infra", "health", "kafka", "--provider", "external", "--watch", "50ms", "--json", "--metrics-port", "0"], Gone);
        var error = process.StandardError;
        string line;
        while (!(line = (await error.ReadLineAsync(TestContext.Current.CancellationToken))!).StartsWith("metrics: ", StringComparison.Ordinal))
        {
        }

        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken); // now it has asked
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(line["metrics: ".Length..]), TestContext.Current.CancellationToken);
        process.Kill();

        Assert.Contains(metrics.Split('\n'), l => l.StartsWith("bf_service_up", StringComparison.Ordinal) && l.Contains("bf_service=\"kafka\"", StringComparison.Ordinal) && l.EndsWith(" 0", StringComparison.Ordinal));
    }
}
