using System.Net;
using System.Net.Sockets;
using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Health;

namespace Bf.Jobs.Tests.Infra.Health;

public sealed class PageProbeTests : IDisposable
{
    private const string Master = "{\"status\":\"ALIVE\",\"workers\":[{\"id\":\"worker-1\",\"state\":\"ALIVE\",\"cores\":2,\"memory\":2048,\"webuiaddress\":\"http://127.0.0.1:@\",\"lastheartbeat\":@@},{\"id\":\"worker-0\",\"state\":\"DEAD\"}]}";

    private readonly FakePages _pages = new();

    private (string, string) Port(string setting) => (setting, $"{_pages.Port}");

    private (string, string) Host(string setting) => (setting, $"localhost:{_pages.Port}");

    public void Dispose() => _pages.Dispose();

    [Fact]
    public void Kibana_is_healthy_when_it_says_that_it_is_available()
    {
        _pages["/api/status"] = (200, """{"version":{"number":"8.19.4"},"status":{"overall":{"level":"available"}}}""");

        var health = Asked.One(InfraService.Kibana, Host("KIBANA_HOST"), ("ELASTICSEARCH_API_KEY", "c2VjcmV0"));

        Assert.Equal((HealthState.Healthy, "8.19.4", null), (health.State, health.Version, health.Remedy));
        Assert.Equal("ApiKey c2VjcmV0", _pages.Login);
        Assert.Equal($"http://localhost:{_pages.Port}", health.Address);
    }

    [Theory]
    [InlineData("degraded", 200)]
    [InlineData("unavailable", 503)]
    [InlineData("critical", 503)]
    public void Kibana_that_runs_and_is_not_available_starts_still(string level, int status)
    {
        _pages["/api/status"] = (status, $"{{\"status\":{{\"overall\":{{\"level\":\"{level}\",\"summary\":\"2 services are not ready\"}}}}}}");
        (string, string)[] settings = [Port("KIBANA_PORT")];

        var health = Asked.One(InfraService.Kibana, new FakeProvider(Asked.Settings(settings), "docker") { Running = [InfraService.Kibana] }, settings);

        Assert.Equal(HealthState.Starting, health.State);
        Assert.Contains($"{level}: 2 services are not ready", health.Detail, StringComparison.Ordinal);
        Assert.Contains("bf infra logs kibana", health.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"status\":7,\"version\":8,\"database\":[]}")]
    public void An_answer_in_another_shape_is_said_as_what_it_is(string answer)
    {
        _pages["*"] = (200, answer);
        foreach (var (service, setting) in new[] { (InfraService.Kibana, Host("KIBANA_HOST")), (InfraService.Elasticsearch, Host("ELASTICSEARCH_HOST")), (InfraService.SparkMaster, Port("SPARK_UI_PORT")), (InfraService.Grafana, Port("GRAFANA_PORT")), (InfraService.Prometheus, Port("PROMETHEUS_PORT")) })
        {
            var health = Asked.One(service, setting);

            Assert.Equal(HealthState.Down, health.State);
            Assert.DoesNotContain("node", health.Detail, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("cannot be converted", health.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_refused_login_is_told_from_a_service_that_is_gone_and_not_shown()
    {
        _pages["*"] = (401, """{"error":{"type":"security_exception","reason":"unable to authenticate user"}}""");
        (string, string)[] settings = [Host("KIBANA_HOST"), Host("ELASTICSEARCH_HOST"), ("ELASTICSEARCH_USERNAME", "reader"), ("ELASTICSEARCH_PASSWORD", "pssst!")];

        foreach (var service in new[] { InfraService.Kibana, InfraService.Elasticsearch })
        {
            var health = Asked.One(service, settings);

            Assert.Equal(HealthState.Down, health.State);
            Assert.Contains("ELASTICSEARCH_PASSWORD", health.Detail, StringComparison.Ordinal);
            Assert.Contains("correct the setting", health.Remedy, StringComparison.Ordinal);
            Assert.DoesNotContain("pssst!", health.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Elasticsearch_whose_disk_is_full_answers_and_is_down()
    {
        _pages["/"] = (200, """{"version":{"number":"8.19.4"}}""");
        _pages["/bf-health"] = (200, "");
        _pages["*"] = (403, """{"error":{"type":"cluster_block_exception","reason":"disk usage exceeded flood-stage watermark"}}""");
        (string, string)[] settings = [Port("ELASTICSEARCH_PORT")];

        var health = Asked.One(InfraService.Elasticsearch, new FakeProvider(Asked.Settings(settings), "native") { Running = [InfraService.Elasticsearch] }, settings);

        Assert.Equal(HealthState.Down, health.State);
        Assert.Contains("flood-stage watermark: make room", health.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Prometheus_answers_a_query()
    {
        _pages["/-/healthy"] = (200, "Prometheus Server is Healthy.");
        _pages["/api/v1/query?query=vector(1)"] = (200, """{"status":"success","data":{"resultType":"vector","result":[]}}""");
        _pages["/api/v1/status/buildinfo"] = (200, """{"status":"success","data":{"version":"3.5.0"}}""");

        var health = Asked.One(InfraService.Prometheus, Port("PROMETHEUS_PORT"));

        Assert.Equal((HealthState.Healthy, "3.5.0"), (health.State, health.Version));
    }

    [Fact]
    public void Grafana_says_how_its_database_is()
    {
        _pages["/api/health"] = (200, """{"database":"ok","version":"12.1.0","commit":"1"}""");
        var well = Asked.One(InfraService.Grafana, Port("GRAFANA_PORT"));
        _pages["/api/health"] = (503, """{"database":"failing","version":"12.1.0"}""");
        var ill = Asked.One(InfraService.Grafana, Port("GRAFANA_PORT"));

        Assert.Equal((HealthState.Healthy, "12.1.0"), (well.State, well.Version));
        Assert.Equal(HealthState.Down, ill.State);
        Assert.Contains("failing", ill.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"bf\",\"jaeger\"", "2 services have sent traces")]
    [InlineData("\"jaeger\"", "1 service has sent traces")]
    [InlineData("", "nobody has sent traces yet")]
    public void Jaeger_says_how_many_services_have_sent_traces(string names, string says)
    {
        _pages["/api/services"] = (200, $"{{\"data\":[{names}]}}");

        var health = Asked.One(InfraService.Jaeger, Port("JAEGER_PORT"));

        Assert.Equal((HealthState.Healthy, says), (health.State, health.Detail));
    }

    [Fact]
    public void What_answers_and_is_another_service_is_said_to_be_none()
    {
        _pages["*"] = (200, "<html>a page</html>");

        foreach (var (service, setting) in new[] { (InfraService.Grafana, "GRAFANA_PORT"), (InfraService.Jaeger, "JAEGER_PORT"), (InfraService.SparkMaster, "SPARK_UI_PORT"), (InfraService.Elasticsearch, "ELASTICSEARCH_HOST"), (InfraService.Kibana, "KIBANA_HOST") })
        {
            var health = Asked.One(service, setting.EndsWith("HOST", StringComparison.Ordinal) ? Host(setting) : Port(setting));

            Assert.Equal(HealthState.Down, health.State);
            Assert.Contains("what answers at", health.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_worker_is_asked_through_the_masters_page()
    {
        _pages["/json/"] = (200, Master.Replace("@@", "0", StringComparison.Ordinal));
        _pages["/"] = (200, "<span class=\"version\" style=\"margin-right: 15px;\">4.0.1</span>");
        _pages["/proxy/worker-1/json/"] = (200, """{"id":"worker-1"}""");

        var master = Asked.One(InfraService.SparkMaster, Port("SPARK_UI_PORT"));
        var worker = Asked.One(InfraService.SparkWorker, Port("SPARK_UI_PORT"));

        Assert.Equal((HealthState.Healthy, "4.0.1", "it knows 1 worker"), (master.State, master.Version, master.Detail));
        Assert.Equal((HealthState.Healthy, "1 worker, 2 cores, 2048 MB"), (worker.State, worker.Detail));
    }

    [Theory]
    [InlineData(5, HealthState.Healthy)]
    [InlineData(50, HealthState.Down)]
    public void A_worker_whose_page_is_out_of_reach_is_judged_by_what_the_master_heard_last(int secondsAgo, HealthState state)
    {
        var heard = TimeProvider.System.GetUtcNow().AddSeconds(-secondsAgo).ToUnixTimeMilliseconds();
        _pages["/json/"] = (200, Master.Replace("@@", $"{heard}", StringComparison.Ordinal).Replace("@", $"{ClosedPort()}", StringComparison.Ordinal));

        Assert.Equal(state, Asked.One(InfraService.SparkWorker, Port("SPARK_UI_PORT")).State);
    }

    [Fact]
    public void A_worker_that_cannot_be_asked_points_at_the_master()
    {
        var health = Asked.One(InfraService.SparkWorker, ("SPARK_UI_PORT", $"{ClosedPort()}"));

        Assert.Equal(HealthState.Down, health.State);
        Assert.Contains("spark-master", health.Remedy, StringComparison.Ordinal);
    }

    /// <summary>A port at which nothing listens.</summary>
    internal static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
