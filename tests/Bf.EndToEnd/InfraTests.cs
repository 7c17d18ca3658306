using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Bf.Jobs.Infra;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary><c>bf infra</c> with the services' real archives as processes of this machine.</summary>
public sealed class InfraTests
{
    private const string Count = "SELECT count(*), sum(volume) FROM bars_1d";
    private static readonly string[] Started = ["minio", "kafka", "elasticsearch"];

    [Fact]
    public async Task Services_start_are_repaired_stopped_and_keep_their_data_until_that_is_deleted()
    {
        using var bf = new BfProgram();
        var environment = Environments(bf);
        BfResult Run(params string[] arguments) => bf.Run(["infra", .. arguments], null, environment);
        string State(string service) => Run("status", "--json").Done().Json.GetProperty("services").EnumerateArray().Single(s => s.GetProperty("service").GetString() == service).GetProperty("state").GetString()!;
        string Id(string service) => Run("status", "--json").Done().Json.GetProperty("services").EnumerateArray().Single(s => s.GetProperty("service").GetString() == service).GetProperty("id").GetString()!;
        try
        {
            // from nothing; a service that this provider does not have is not down
            var start = Run([.. (string[])["start"], .. Started, "--wait", "90", "--write-env"]).Done();
            Assert.StartsWith("native: ", start.Out);
            Assert.All(Started, s => Assert.Contains($"{s}: healthy after", start.Out));
            Assert.Equal("n/a", State("kibana"));
            Assert.Equal((1, "error: kibana: there is none natively; with Docker there is\n"), (Run("logs", "kibana") is var logs ? (logs.Code, logs.Error) : default));
            Assert.Contains("BF_LAKE=s3://breadthflow/lake", File.ReadAllLines(bf.At(".env")));
            var index = $"http://localhost:{environment.Single(e => e.Name == "ELASTICSEARCH_PORT").Value}/kept";
            using var http = new HttpClient();
            using (var document = new StringContent("{\"a\":1}", Encoding.UTF8, "application/json"))
            {
                Assert.True((await http.PutAsync($"{index}/_doc/1", document, TestContext.Current.CancellationToken)).IsSuccessStatusCode);
            }

            // without the environment of the first call: what it wrote is enough to use and to find them
            bf.Run("data", "import", Repository.Sample).Done();
            var bars = bf.Run("query", Count, "--format", "csv").Done().Out;
            Assert.Contains("s3://breadthflow/lake", bf.Run("config", "show").Done().Out);
            Assert.Contains("its services run from", bf.Run("infra", "status").Done().Out);

            // one is killed, and nothing but that one is started again
            var (minio, kafka) = (Id("minio"), Id("kafka"));
            using (var process = Process.GetProcessById(int.Parse(minio, CultureInfo.InvariantCulture)))
            {
                process.Kill();
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            Assert.Equal("stopped", State("minio"));
            Run([.. (string[])["start"], .. Started, "--wait", "90"]).Done();
            Assert.Equal((false, true), (Id("minio") == minio, Id("kafka") == kafka));

            // stopped, and there again
            Run("stop").Done();
            Assert.All(Started, s => Assert.Equal("stopped", State(s)));
            Run("start", "minio", "elasticsearch", "--wait", "90").Done();
            Assert.Equal(bars, bf.Run("query", Count, "--format", "csv").Done().Out);
            Assert.Equal(1, JsonDocument.Parse(await http.GetStringAsync($"{index}/_doc/1", TestContext.Current.CancellationToken)).RootElement.GetProperty("_source").GetProperty("a").GetInt32());

            Assert.Equal(2, Run("stop", "--volumes").Code); // nobody can be asked
            Run("stop", "--volumes", "--yes").Done();
            Assert.False(Directory.Exists(bf.At(".infra")));
        }
        finally
        {
            Run("stop", "--volumes", "--yes");
        }
    }

    [Fact]
    public void A_port_that_is_held_stops_the_start_before_anything_runs()
    {
        using var bf = new BfProgram();
        var environment = Environments(bf);
        using var held = new TcpListener(IPAddress.Loopback, int.Parse(environment.Single(e => e.Name == "MINIO_PORT").Value, CultureInfo.InvariantCulture));
        held.Start();

        var result = bf.Run(["infra", "start", "minio", "kafka"], null, environment);

        Assert.Equal(1, result.Code);
        Assert.Contains($"(process {Environment.ProcessId}). Remedy: end that process, or give minio another port: MINIO_PORT=", result.Error);
        Assert.Contains("Nothing was started.", result.Error);
        Assert.Equal("no logs here yet: bf infra start\n", bf.Run(["infra", "logs"], null, environment).Done().Error);
        Assert.DoesNotContain("runs", bf.Run(["infra", "status", "--json"], null, environment).Done().Out);
    }

    [Theory]
    [InlineData("start nobody", "there is no service 'nobody'")]
    [InlineData("start --wait soon", "--wait: 'soon' is no length of time")]
    [InlineData("start --provider podman", "'podman' is not one of docker, native, external")]
    [InlineData("stop kafka --volumes", "--volumes deletes the data of all services; name none")]
    [InlineData("logs --tail -1", "-1 is no number of lines")]
    public void Wrong_usage_is_told_before_anything_is_looked_at(string arguments, string says)
    {
        using var bf = new BfProgram();
        var result = bf.Run(["infra", .. arguments.Split(' ')]);

        Assert.Equal(2, result.Code);
        Assert.Contains(says, result.Error);
        Assert.Empty(bf.Everything());
    }

    [Fact]
    public void With_services_of_somebody_else_there_are_addresses_and_nothing_to_start()
    {
        using var bf = new BfProgram();
        (string, string)[] environment = [("BF_INFRA_PROVIDER", "external"), ("ELASTICSEARCH_HOST", "https://es.example:9200"), ("SPARK_MASTER_URL", "spark://spark.example:7077"), ("SPARK_REMOTE", "sc://spark.example:443/;use_ssl=true;token=secret")];

        var start = bf.Run(["infra", "start"], null, environment);
        var urls = bf.Run(["infra", "urls", "--json"], null, environment).Done();

        Assert.Equal(1, start.Code);
        Assert.Contains("nothing can be started or stopped here: the services are external", start.Error);
        Assert.Contains("https://es.example:9200", urls.Out);
        Assert.Contains("spark://spark.example:7077", urls.Out);
        Assert.DoesNotContain("KIBANA_HOST", urls.Out); // nobody said that there is one
        Assert.DoesNotContain("secret", urls.Out);
    }

    /// <summary>The archives, with ports that nobody has.</summary>
    private static (string Name, string Value)[] Environments(BfProgram bf)
    {
        var home = Stack.Home(bf.At("stack"), Started);
        var ports = InfraService.All.Where(s => Started.Contains(s.Name)).SelectMany(s => s.Ports).ToList();
        var listeners = ports.ConvertAll(_ => new TcpListener(IPAddress.Loopback, 0));
        listeners.ForEach(l => l.Start());
        var numbers = listeners.ConvertAll(l => ((IPEndPoint)l.LocalEndpoint).Port);
        listeners.ForEach(l => l.Dispose());
        return
        [
            ("BF_INFRA_PROVIDER", "native"), ("KAFKA_HOME", $"{home}/kafka"), ("ES_HOME", $"{home}/elasticsearch"), ("PATH", $"{home}/minio/bin:{Environment.GetEnvironmentVariable("PATH")}"),
            ("KAFKA_HEAP", "256m"), ("ELASTICSEARCH_HEAP", "300m"),
            .. ports.Zip(numbers, (p, n) => (p.Setting, n.ToString(CultureInfo.InvariantCulture))),
        ];
    }
}
