using Bf.Jobs.Infra;
using Bf.Jobs.Infra.Docker;

namespace Bf.Jobs.Tests.Infra;

/// <summary>What is said to Docker, whose stand-in writes it down and answers as the real one does.</summary>
public sealed class DockerProviderTests
{
    private const string TwoContainers = """
        *" ps -q"*) echo c1; echo c2 ;;
        """;

    private const string Inspect = "printf 'minio\\t/infra-minio-1\\trunning\\t2026-01-31T17:00:00.123456789Z\\t0\\nkafka\\t/infra-kafka-1\\texited\\t2026-01-31T17:00:00Z\\t137\\n'";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Both_forms_of_Compose_are_driven_on_the_file_of_the_present_folder(bool plugin)
    {
        using var folder = Docker(plugin, TwoContainers);
        folder.Write(".env", "A=1\n");
        var provider = Provider(folder);

        Assert.Equal(plugin ? "docker compose 2.39.1 is here and its daemon runs" : "docker-compose 1.29.2 is here and its daemon runs", provider.Reason);
        Assert.Equal((true, false, false), (provider.Runs(InfraService.Minio), provider.Runs(InfraService.Kafka), provider.Runs(InfraService.Kibana)));
        Assert.Equal("exited, exit code 137", provider.Process(InfraService.Kafka).Note);
        Assert.Equal(("infra-minio-1", new DateTimeOffset(2026, 1, 31, 17, 0, 0, TimeSpan.Zero)), (provider.Process(InfraService.Minio).Id, Whole(provider.Process(InfraService.Minio).Since!.Value)));
        Assert.Equal(
            $"{(plugin ? "docker compose" : "docker-compose")} -f {folder.At("infra", "docker-compose.yml")} --env-file {folder.At(".env")} --profile observe ps -q{(plugin ? " --all" : "")}",
            Calls(folder).Single(c => c.Contains(" ps ")));
    }

    [Fact]
    public void Everything_is_started_without_names_so_that_the_jobs_run_too()
    {
        using var folder = Docker(true, TwoContainers);
        var provider = Provider(folder);

        Start(provider, [.. InfraService.Usual, .. InfraService.Observing]);

        Assert.Equal(["--profile observe up --no-start", "--profile observe up -d"], Calls(folder).Where(c => c.Contains(" up ")).Select(c => c[(c.IndexOf(".yml", StringComparison.Ordinal) + 5)..]));
    }

    [Fact]
    public void Some_are_started_and_stopped_by_name_and_ports_are_handed_on()
    {
        using var folder = Docker(true, TwoContainers + "\n*\" up -d\"*) echo \"port $MINIO_PORT\" >>\"$0.calls\" ;;");
        folder.Set("MINIO_ENDPOINT", "localhost:19000");
        var provider = Provider(folder);

        Start(provider, [InfraService.Minio, InfraService.Kafka]);
        var stopped = provider.Stop([InfraService.Minio, InfraService.Kafka], _ => { }, CancellationToken.None);

        var calls = Calls(folder);
        Assert.Contains(calls, c => c.EndsWith(" up -d minio kafka", StringComparison.Ordinal));
        Assert.Contains("port 19000", calls);
        Assert.Contains(calls, c => c.EndsWith(" --profile observe stop minio kafka", StringComparison.Ordinal));
        Assert.Equal([InfraService.Minio], stopped);
    }

    [Fact]
    public void All_are_taken_down_and_volumes_only_on_demand()
    {
        using var folder = Docker(true, TwoContainers);
        var provider = Provider(folder);

        provider.Stop(InfraService.All, _ => { }, CancellationToken.None);
        Assert.EndsWith(" --profile observe down", Calls(folder)[^1]);
        provider.Remove(CancellationToken.None);
        Assert.EndsWith(" --profile observe down --volumes", Calls(folder)[^1]);
    }

    [Fact]
    public void A_start_that_fails_shows_what_Compose_says_and_the_end_of_the_services_log()
    {
        using var folder = Docker(true, TwoContainers + """

            *" up -d"*) echo 'dependency failed to start: container infra-kafka-1 is unhealthy' >&2; exit 1 ;;
            *" logs --no-color --tail 15 kafka"*) echo 'kafka-1  | no space' ;;
            """);
        var provider = Provider(folder);
        using var start = Start(provider, [InfraService.Kafka]);

        SpinWait.SpinUntil(() => start.Failure(InfraService.Kafka) is not null, TimeSpan.FromSeconds(20));

        var failure = start.Failure(InfraService.Kafka)!;
        Assert.Equal(("kafka was not started: dependency failed to start: container infra-kafka-1 is unhealthy", "kafka-1  | no space"), (failure.What, Assert.Single(failure.LastLines)));
        Assert.Equal("docker compose -f infra/docker-compose.yml logs kafka", failure.Log);
    }

    [Fact]
    public void Logs_are_handed_through()
    {
        using var folder = Docker(true, TwoContainers + "\n*\" logs \"*) echo 'kafka-1  | a line' ;;");
        using var output = new StringWriter();

        Provider(folder).Logs([InfraService.Kafka], new(true, TimeSpan.FromMinutes(10), 5), output, CancellationToken.None);

        Assert.Equal("kafka-1  | a line\n", output.ToString());
        Assert.EndsWith("logs --no-color --follow --since 600s --tail 5 kafka", Calls(folder)[^1]);
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));

    private static DockerProvider Provider(InfraFolder folder) => Assert.IsType<DockerProvider>(InfraProviders.Choose(folder.Settings, null, folder.Machine));

    private static IInfraStart Start(DockerProvider provider, IReadOnlyList<InfraService> services)
    {
        var start = provider.Open(services, _ => { }, CancellationToken.None);
        start.Prepare(CancellationToken.None);
        start.Advance(_ => false, CancellationToken.None);
        SpinWait.SpinUntil(() => start.Waiting(services[^1]) is null, TimeSpan.FromSeconds(20));
        return start;
    }

    private static List<string> Calls(InfraFolder folder) =>
        [.. ((string[])["docker", "docker-compose"]).Select(p => folder.At("bin", p + ".calls")).Where(File.Exists).SelectMany(File.ReadAllLines)];

    private static InfraFolder Docker(bool plugin, string cases)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the stand-in is a shell script");
        var folder = new InfraFolder();
        folder.Write("infra/docker-compose.yml", "services: {}\n");
        const string Record = "echo \"${0##*/} $*\" >>\"$0.calls\"\n";
        var compose = $"*\" version --short\"*) echo {(plugin ? "2.39.1" : "1.29.2")} ;;\n{cases}\n";
        folder.Script("bin/docker", $"{Record}case \" $*\" in\n*\" info \"*) echo 28.2.2 ;;\n*\" inspect \"*) {Inspect} ;;\n{(plugin ? compose : "*\" compose \"*) echo \"docker: unknown command\" >&2; exit 1 ;;\n")}esac");
        if (!plugin)
        {
            folder.Script("bin/docker-compose", $"{Record}case \" $*\" in\n{compose}esac");
        }

        return folder;
    }
}
