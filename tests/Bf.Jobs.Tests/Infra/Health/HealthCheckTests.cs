using System.Net;
using System.Net.Sockets;
using Bf.Jobs.Config;
using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Health;

namespace Bf.Jobs.Tests.Infra.Health;

public sealed class HealthCheckTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    // more than a busy machine needs, and far less than the calls of any library wait by themselves
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(9);

    [Fact]
    public void Services_that_take_connections_and_say_nothing_are_told_in_time_all_at_once()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(100);

        var (all, took) = AskAll(((IPEndPoint)silent.LocalEndpoint).Port);

        Assert.True(took < Bound, $"it took {took}");
        Assert.Equal(InfraService.All.Select(s => s.Name), all.Select(h => h.Service));
        Assert.All(all, h => Assert.Equal(HealthState.Down, h.State));
        Assert.All(all.Where(h => h.Service is not ("spark-worker" or "minio")), h => Assert.Contains("hangs", h.Detail, StringComparison.Ordinal));
        Assert.All(all, h => Assert.NotNull(h.Remedy));
    }

    [Fact]
    public void Services_whose_host_takes_no_connection_are_told_in_time()
    {
        // the system takes no connection beyond the queue of a listener that never accepts: like a host that drops packets
        using var full = new Socket(SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        List<Socket> waiting = [.. Enumerable.Range(0, 4).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false })];
        waiting.ForEach(s => Assert.Throws<SocketException>(() => s.Connect(IPAddress.Loopback, port))); // it would block

        var (all, took) = AskAll(port);
        waiting.ForEach(s => s.Dispose());

        Assert.True(took < Bound, $"it took {took}");
        Assert.All(all, h => Assert.Equal(HealthState.Down, h.State));
        Assert.Contains(all, h => h.Detail.Contains("takes no connection", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_that_ends_every_connection_starts_still_where_its_process_runs()
    {
        using var closing = new TcpListener(IPAddress.Loopback, 0);
        closing.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                (await closing.AcceptTcpClientAsync()).Dispose();
            }
        });
        (string, string)[] settings = [("KAFKA_PORT", $"{((IPEndPoint)closing.LocalEndpoint).Port}")];

        var starting = Asked.One(InfraService.Kafka, new FakeProvider(Asked.Settings(settings), "docker") { Running = [InfraService.Kafka] }, settings);
        var gone = Asked.One(InfraService.Kafka, new FakeProvider(Asked.Settings(settings), "docker"), settings);

        Assert.Equal((HealthState.Starting, HealthState.Down), (starting.State, gone.State));
        Assert.Equal("bf infra start kafka", gone.Remedy);
    }

    [Fact]
    public void Where_nothing_listens_the_remedy_is_a_command_or_the_setting_of_the_address()
    {
        var port = PageProbeTests.ClosedPort();

        var own = Asked.One(InfraService.Elasticsearch, new FakeProvider(Asked.Settings(("ELASTICSEARCH_PORT", $"{port}")), "native"), ("ELASTICSEARCH_PORT", $"{port}"));
        var outside = Asked.One(InfraService.Elasticsearch, ("ELASTICSEARCH_HOST", $"127.0.0.1:{port}"));

        Assert.Equal("bf infra start elasticsearch", own.Remedy);
        Assert.Contains("ELASTICSEARCH_HOST", outside.Remedy, StringComparison.Ordinal);
        Assert.All((ServiceHealth[])[own, outside], h => Assert.Contains($"nothing listens at", h.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_provider_does_not_have_is_not_applicable_and_not_asked()
    {
        var settings = Asked.Settings();

        var health = Assert.Single(HealthCheck.Run(new FakeProvider(settings, "native") { Lacking = [InfraService.Kibana] }, settings, [InfraService.Kibana], Short, TimeProvider.System, TestContext.Current.CancellationToken));

        Assert.Equal((HealthState.NotApplicable, null), (health.State, health.Remedy));
    }

    [Fact]
    public void Of_outside_services_those_that_bf_does_not_speak_to_are_asked_only_when_they_have_an_address()
    {
        var settings = Asked.Settings(("PROMETHEUS_PORT", $"{PageProbeTests.ClosedPort()}"));
        var provider = new FakeProvider(settings);

        var expected = HealthCheck.Expected(provider, settings);
        var all = HealthCheck.Run(provider, settings, [InfraService.Prometheus, InfraService.Kibana, InfraService.SparkMaster], Short, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal([.. InfraService.Usual, InfraService.Prometheus], expected);
        Assert.Equal([HealthState.NotApplicable, HealthState.NotApplicable, HealthState.Down], all.Select(h => h.State));
    }

    [Fact]
    public void A_setting_that_cannot_be_read_is_named_and_its_secrets_are_not()
    {
        var health = Asked.One(InfraService.Elasticsearch, ("ELASTICSEARCH_HOST", "https://me:pssst!@host:9200"));

        Assert.Equal(HealthState.Down, health.State);
        Assert.Contains("ELASTICSEARCH_HOST", health.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("pssst!", health.ToString(), StringComparison.Ordinal);
    }

    private static (IReadOnlyList<ServiceHealth> All, TimeSpan Took) AskAll(int port)
    {
        var address = $"127.0.0.1:{port}";
        Settings settings = Asked.Settings(
            ("MINIO_ENDPOINT", address), ("MINIO_ACCESS_KEY", "a"), ("MINIO_SECRET_KEY", "b"), ("KAFKA_BOOTSTRAP_SERVERS", address), ("ELASTICSEARCH_HOST", address), ("KIBANA_HOST", address),
            ("SPARK_MASTER_URL", "spark://127.0.0.1:7077"), ("SPARK_UI_PORT", $"{port}"), ("SPARK_REMOTE", $"sc://{address}"), ("PROMETHEUS_PORT", $"{port}"), ("GRAFANA_PORT", $"{port}"), ("JAEGER_PORT", $"{port}"));
        var start = TimeProvider.System.GetTimestamp();
        var all = HealthCheck.Run(new FakeProvider(settings), settings, InfraService.All, Short, TimeProvider.System, TestContext.Current.CancellationToken);
        return (all, TimeProvider.System.GetElapsedTime(start));
    }
}
