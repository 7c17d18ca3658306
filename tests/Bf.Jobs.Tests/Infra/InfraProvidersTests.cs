using Bf.Jobs.Infra;

namespace Bf.Jobs.Tests.Infra;

public sealed class InfraProvidersTests
{
    [Fact]
    public void Nothing_at_all_means_the_services_are_external_and_says_what_would_change_that()
    {
        using var folder = new InfraFolder();

        var provider = InfraProviders.Choose(folder.Settings, null, folder.Machine);

        Assert.Equal("external", provider.Name);
        Assert.Contains("Docker is not installed", provider.Reason);
        Assert.Contains("set SPARK_HOME to its unpacked archive", provider.Reason);
        Assert.False(provider is IInfraControl);
    }

    [Fact]
    public void Archives_are_taken_where_Dockers_daemon_does_not_run_and_what_is_lacking_is_said()
    {
        using var folder = new InfraFolder().WithArchives();
        folder.Script("bin/docker", "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.' >&2; exit 1");
        folder.Set("KAFKA_HOME", folder.At("nowhere"));

        var provider = InfraProviders.Choose(folder.Settings, null, folder.Machine);

        Assert.Equal("native", provider.Name);
        Assert.StartsWith("docker is installed, but its daemon does not run (start it: sudo systemctl start docker", provider.Reason);
        Assert.Contains("MinIO, Spark are here as archives", provider.Reason);
        Assert.Contains("which has no bin/kafka-server-start.sh", provider.Reason);
        Assert.Contains("set ES_HOME to its unpacked archive", provider.Reason);
        Assert.Equal([true, false, false, false, true], new[] { InfraService.Minio, InfraService.Kafka, InfraService.Elasticsearch, InfraService.Kibana, InfraService.SparkConnect }.Select(provider.Has));
    }

    [Fact]
    public void The_option_goes_before_the_setting_and_both_before_what_is_there()
    {
        using var folder = new InfraFolder().WithArchives();
        folder.Set("BF_INFRA_PROVIDER", "external");

        Assert.Equal("external", InfraProviders.Choose(folder.Settings, null, folder.Machine).Name);
        Assert.Equal("native", InfraProviders.Choose(folder.Settings, "native", folder.Machine).Name);
        Assert.Contains("--provider names docker: Docker is not installed", Assert.Throws<JobException>(() => InfraProviders.Choose(folder.Settings, "docker", folder.Machine)).Message);
        Assert.Contains("no provider 'podman'; there are docker, native, external", Assert.Throws<JobException>(() => InfraProviders.Choose(folder.Set("BF_INFRA_PROVIDER", "podman").Settings, null, folder.Machine)).Message);
    }

    [Fact]
    public void Without_Java_only_what_needs_none_is_there()
    {
        using var folder = new InfraFolder().WithArchives();
        File.Delete(folder.At("bin", "java"));

        var provider = InfraProviders.Choose(folder.Settings, null, folder.Machine);

        Assert.Equal([true, false], new[] { InfraService.Minio, InfraService.SparkMaster }.Select(provider.Has));
        Assert.Contains("Spark (it needs Java 17: put java on the PATH or set JAVA_HOME)", provider.Reason);
    }

    [Fact]
    public void What_belongs_into_the_settings_is_of_the_services_that_run()
    {
        using var folder = new InfraFolder().WithArchives();
        folder.Set("MINIO_PORT", "19000").Set("MINIO_SECRET_KEY", "mine");
        var provider = InfraProviders.Choose(folder.Settings, null, folder.Machine);

        var lines = InfraAddresses.Of(provider, folder.Settings, [InfraService.Minio, InfraService.SparkConnect]);

        Assert.Equal(
            ["MINIO_ENDPOINT=localhost:19000", "MINIO_ACCESS_KEY=minioadmin", "MINIO_SECRET_KEY=mine", "SPARK_REMOTE=sc://localhost:15002", "BF_LAKE=s3://breadthflow/lake", "BF_ENGINE=spark"],
            lines.Select(l => $"{l.Name}={l.Value}"));
        Assert.Equal(("minioadmin", "********"), (InfraAddresses.Show("MINIO_ACCESS_KEY", "minioadmin"), InfraAddresses.Show("MINIO_SECRET_KEY", "mine")));
        Assert.Contains(("SPARK_HOME", folder.At("spark")), InfraAddresses.OfProvider(provider, folder.Settings));
        Assert.Contains(("MINIO_BIN", folder.At("bin/minio")), InfraAddresses.OfProvider(provider, folder.Settings));
        Assert.Equal("MINIO_ACCESS_KEY / MINIO_SECRET_KEY", InfraAddresses.Pages(provider, folder.Settings)[0].Login);
    }
}
