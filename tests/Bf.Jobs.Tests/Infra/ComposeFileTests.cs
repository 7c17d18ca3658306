using System.Text.RegularExpressions;
using Bf.Jobs.Config;
using Bf.Jobs.Infra;

namespace Bf.Jobs.Tests.Infra;

/// <summary>What holds of the compose files, whoever changes them.</summary>
public sealed partial class ComposeFileTests
{
    // do something and end
    private static readonly string[] Once = ["minio-bucket", "bf"];

    private static readonly string[] OnceInProduction = ["preflight", "elasticsearch-users"];

    private static ComposeFile Base => ComposeFile.Base;

    private static ComposeFile Production => ComposeFile.Production;

    [Fact]
    public void The_services_are_those_that_bf_knows()
    {
        Assert.Equal(InfraService.All.Select(s => s.Name).Order(), Base.Services.Select(s => s.Name).Except(Once).Order());
        Assert.Equal(InfraService.All.Select(s => s.Name).Concat(Once).Concat(OnceInProduction).Order(), Production.Services.Select(s => s.Name).Order());
        Assert.Equal(InfraService.Observing.Select(s => s.Name).Order(), Base.Services.Where(s => s.List("profiles").Contains("observe")).Select(s => s.Name).Order());
        Assert.Equal(["bf"], Base.Services.Where(s => s.List("profiles").Contains("cli")).Select(s => s.Name));
    }

    [Fact]
    public void Every_image_is_pinned_to_one_version()
    {
        foreach (var service in Base.Services.Concat(Production.Services.Where(s => OnceInProduction.Contains(s.Name))))
        {
            if (service.Text("image") is { } image)
            {
                Assert.Matches(Pinned(), image);
            }
            else
            {
                Assert.True(service.Find("build") is not null, $"{service.Name} has neither an image nor a build");
            }
        }

        foreach (var (file, line) in ((string[])[ComposeFile.PathOf("Dockerfile"), ComposeFile.PathOf("minio", "Dockerfile")]).SelectMany(f => File.ReadLines(f).Select(l => (f, l))))
        {
            if (line.StartsWith("FROM ", StringComparison.Ordinal))
            {
                Assert.Matches(Pinned(), line.Split(' ')[1]);
            }

            Assert.DoesNotContain("latest", line, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Every_long_running_service_is_looked_after_and_bounded()
    {
        foreach (var service in Base.Services)
        {
            Assert.True(service.RunsOn != Once.Contains(service.Name), $"{service.Name}: restart");
            Assert.True(service.RunsOn == service.Find("healthcheck") is not null, $"{service.Name}: healthcheck");
        }

        foreach (var service in Base.Services.Concat(Production.Services.Where(s => OnceInProduction.Contains(s.Name))))
        {
            Assert.True(service.Text("mem_limit") is not null && service.Text("cpus") is not null, $"{service.Name} has no limits");
            Assert.True(!service.RunsOn || (service.Text("mem_limit")!.StartsWith("${", StringComparison.Ordinal) && service.Text("cpus")!.StartsWith("${", StringComparison.Ordinal)), $"{service.Name}: limits come from .env");
        }
    }

    [Fact]
    public void What_keeps_data_has_a_named_volume()
    {
        var named = Base.Services.ToDictionary(s => s.Name, s => s.List("volumes").Where(v => char.IsAsciiLetter(v[0])).ToList());
        Assert.Contains("minio-data:/data", named["minio"]);
        Assert.Contains("kafka-data:/var/lib/kafka/data", named["kafka"]);
        Assert.Contains("elasticsearch-data:/usr/share/elasticsearch/data", named["elasticsearch"]);
        Assert.Contains("kibana-data:/usr/share/kibana/data", named["kibana"]);
        Assert.Contains("prometheus-data:/prometheus", named["prometheus"]);
        Assert.Contains("grafana-data:/var/lib/grafana", named["grafana"]);
        Assert.Contains("bf-data:/data", named["bf"]);
        Assert.Equal(Base.Volumes.Order(), named.Values.SelectMany(v => v).Select(v => v.Split(':')[0]).Order());
    }

    [Fact]
    public void Ports_are_settings_and_are_bound_to_this_machine()
    {
        // inside the network in Docker
        string[] inner = ["KAFKA_CONTROLLER_PORT", "SPARK_WORKER_UI_PORT"];
        foreach (var service in InfraService.All)
        {
            var expected = service.Ports.Where(p => !inner.Contains(p.Setting)).Select(p => $"${{BIND_ADDRESS:-127.0.0.1}}:${{{p.Setting}:-{p.Default}}}:{p.Default}");
            Assert.Equal(expected.Order(), Base[service.Name].List("ports").Order());
        }

        Assert.All(Production.Services, s => Assert.Empty(s.List("ports")));
    }

    [Fact]
    public void No_secret_stands_in_plain_text()
    {
        foreach (var (file, defaults) in ((ComposeFile, string[])[])[(Base, [":-", ":-minioadmin", ":-admin"]), (Production, [])])
        {
            foreach (var (service, pair) in file.Services.SelectMany(s => s.Map("environment").Select(e => (s, e))).Where(e => Secret().IsMatch(e.e.Key)))
            {
                var variable = WholeVariable().Match(pair.Value);
                Assert.True(variable.Success, $"{service.Name}: {pair.Key} is no variable");
                var rest = variable.Groups[1].Value;
                Assert.True(rest.StartsWith(":?", StringComparison.Ordinal) || defaults.Contains(rest), $"{service.Name}: {pair.Key} has a default");
            }
        }
    }

    [Fact]
    public void Services_start_when_what_they_need_is_healthy_or_done()
    {
        foreach (var file in (ComposeFile[])[Base, Production])
        {
            foreach (var (service, needs) in file.Services.SelectMany(s => s.DependsOn().Select(d => (s, d))))
            {
                var ends = Once.Concat(OnceInProduction).Contains(needs.Service);
                Assert.True(needs.Condition == (ends ? "service_completed_successfully" : "service_healthy"), $"{service.Name} waits for {needs.Service}: {needs.Condition}");
                Assert.True(Base.Services.Concat(Production.Services).Any(s => s.Name == needs.Service), $"{service.Name} waits for {needs.Service}, which is not there");
            }
        }

        Assert.Equal(["minio-bucket", "spark-master", "spark-worker"], Base["spark-connect"].DependsOn().Select(d => d.Service).Order());
        Assert.Contains(("elasticsearch", "service_healthy"), Base["kibana"].DependsOn());
    }

    [Fact]
    public void All_are_on_one_network_and_containers_use_its_addresses()
    {
        Assert.All(Base.Services, s => Assert.Equal(["breadthflow"], s.List("networks")));
        Assert.DoesNotContain(Base["bf"].Map("environment").Values, v => v.Contains("localhost", StringComparison.Ordinal) || v.Contains("127.0.0.1", StringComparison.Ordinal));
        Assert.Equal("kafka:19092", Base["bf"].Map("environment")["KAFKA_BOOTSTRAP_SERVERS"]);
        Assert.Contains("NETWORK://kafka:19092", Base["kafka"].Map("environment")["KAFKA_ADVERTISED_LISTENERS"], StringComparison.Ordinal);
        Assert.Contains("HOST://${KAFKA_ADVERTISED_HOST:-localhost}:${KAFKA_PORT:-9092}", Base["kafka"].Map("environment")["KAFKA_ADVERTISED_LISTENERS"], StringComparison.Ordinal);
    }

    [Fact]
    public void Spark_workers_can_be_many_and_their_pages_open_from_the_masters()
    {
        Assert.All(Base.Services, s => Assert.Null(s.Find("container_name")));
        Assert.Empty(Base["spark-worker"].List("ports"));
        Assert.Contains("-Dspark.ui.reverseProxy=true", Base["spark-master"].Map("environment")["SPARK_MASTER_OPTS"], StringComparison.Ordinal);
        Assert.Contains("-Dspark.ui.reverseProxy=true", Base["spark-worker"].Map("environment")["SPARK_WORKER_OPTS"], StringComparison.Ordinal);
        Assert.Contains("--conf=spark.ui.reverseProxy=true", Base["spark-connect"].List("command"));
    }

    [Fact]
    public void Nothing_in_production_starts_before_the_passwords_are_checked()
    {
        Assert.All(Production.Services.Where(s => s.Name != "preflight"), s => Assert.Contains(("preflight", "service_completed_successfully"), s.DependsOn()));
        Assert.Equal("true", Production["elasticsearch"].Map("environment")["xpack.security.enabled"]);
        Assert.Equal("kibana_system", Production["kibana"].Map("environment")["ELASTICSEARCH_USERNAME"]);
        Assert.Contains(("elasticsearch-users", "service_completed_successfully"), Production["kibana"].DependsOn());

        // each that the file wants is one that the job looks at
        var wanted = Production.Variables.Where(v => v.Default.StartsWith(":?", StringComparison.Ordinal)).Select(v => v.Name).Distinct().Order();
        Assert.Equal(wanted, Production["preflight"].Map("environment").Keys.Where(k => k != "BIND_ADDRESS").Order());
        var script = File.ReadAllText(ComposeFile.PathOf("prod", "preflight.sh"));
        Assert.All(wanted, v => Assert.Contains($"check {v} ", script, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_variable_stands_in_the_example_and_every_one_there_is_used()
    {
        var example = EnvExample.Read();
        var used = Base.Variables.Concat(Production.Variables).Select(v => v.Name).Append("COMPOSE_PROJECT_NAME").ToHashSet(StringComparer.Ordinal);
        Assert.Empty(used.Except(example.Keys));
        Assert.Empty(example.Keys.Except(used).Except(Setting.All.Select(s => s.Name)));
        string[] guide = ["SPARK_MASTER_URL", "SPARK_WORKER_MEMORY", "SPARK_WORKER_CORES", "MINIO_ENDPOINT", "MINIO_ACCESS_KEY", "MINIO_SECRET_KEY", "KAFKA_BOOTSTRAP_SERVERS", "ELASTICSEARCH_HOST"];
        Assert.Empty(guide.Except(example.Keys));
    }

    [Fact]
    public void The_examples_defaults_are_those_of_the_files_and_of_bf()
    {
        foreach (var (name, (value, isSet)) in EnvExample.Read())
        {
            foreach (var (_, rest) in Base.Variables.Where(v => v.Name == name && v.Default.StartsWith(":-", StringComparison.Ordinal) && name != "KIBANA_ENCRYPTION_KEY"))
            {
                Assert.Equal($"{name} {rest[2..]}", $"{name} {value}");
            }

            if (Setting.All.FirstOrDefault(s => s.Name == name)?.Default is { } known && name != "BF_LAKE")
            {
                Assert.Equal($"{name} {known}", $"{name} {value}");
            }

            // what production has its own default for must not be set by who copies the example
            Assert.False(isSet && Production.Variables.Any(v => v.Name == name && v.Default.StartsWith(":-", StringComparison.Ordinal)), name);
        }
    }

    [Fact]
    public void Production_has_the_memory_and_cores_of_the_docs()
    {
        Assert.Equal("-Xms${ELASTICSEARCH_HEAP:-2g} -Xmx${ELASTICSEARCH_HEAP:-2g}", Production["elasticsearch"].Map("environment")["ES_JAVA_OPTS"]);
        Assert.Equal("${SPARK_WORKER_MEMORY:-4g}", Production["spark-worker"].Map("environment")["SPARK_WORKER_MEMORY"]);
        Assert.Equal("${SPARK_WORKER_CORES:-4}", Production["spark-worker"].Map("environment")["SPARK_WORKER_CORES"]);
        // an executor that asks for more than its worker has would wait for ever
        Assert.Equal("${SPARK_WORKER_MEMORY:-4g}", Production["spark-connect"].Map("environment")["SPARK_EXECUTOR_MEMORY"]);
        Assert.Equal(Base["spark-worker"].Map("environment")["SPARK_WORKER_MEMORY"], Base["spark-connect"].Map("environment")["SPARK_EXECUTOR_MEMORY"]);
    }

    [GeneratedRegex(@"^[a-z0-9./-]+:(v?\d+\.\d+\.\d+(-[a-z0-9.-]+)?|RELEASE\.\d{4}-\d\d-\d\dT[\d-]+Z)$")]
    private static partial Regex Pinned();

    [GeneratedRegex("PASSWORD|SECRET|TOKEN|_KEY|ACCESS_KEY|ROOT_USER")]
    private static partial Regex Secret();

    [GeneratedRegex(@"^\$\{[A-Z_]+(:[-?][^}]*)\}$")]
    private static partial Regex WholeVariable();
}
