using System.Net;
using System.Net.Sockets;
using Bf.Jobs.Infra;

namespace Bf.Jobs.Tests.Infra;

public sealed class PreflightTests
{
    [Fact]
    public void A_port_that_is_held_is_named_with_its_process_and_the_setting_that_moves_it()
    {
        InfraFolder.NeedsLinux();
        using var folder = new InfraFolder();
        using var held = new TcpListener(IPAddress.Loopback, 0);
        held.Start();
        var port = ((IPEndPoint)held.LocalEndpoint).Port;
        folder.Set("MINIO_PORT", $"{port}").Set("MINIO_CONSOLE_PORT", "1");

        var obstacle = Assert.Single(Preflight.Ports([InfraService.Minio], new(folder.Settings)));

        Assert.True(obstacle.Fatal);
        Assert.Contains($"port {port}, which minio wants (S3), is held by", obstacle.What);
        Assert.Contains($"(process {Environment.ProcessId})", obstacle.What);
        Assert.Contains("MINIO_PORT=", obstacle.Remedy);
    }

    [Fact]
    public void One_port_for_two_services_is_refused()
    {
        using var folder = new InfraFolder();
        folder.Set("MINIO_PORT", "7").Set("KAFKA_PORT", "7").Set("MINIO_CONSOLE_PORT", "2").Set("KAFKA_CONTROLLER_PORT", "3");

        var obstacle = Assert.Single(Preflight.Ports([InfraService.Minio, InfraService.Kafka], new(folder.Settings)));

        Assert.Contains("port 7 is given twice: MINIO_PORT and KAFKA_PORT", obstacle.What);
        Assert.Equal("give one of them another number, such as KAFKA_PORT=8", obstacle.Remedy);
    }

    [Theory]
    [InlineData(3L << 30, false)]
    [InlineData(1L << 30, true)]
    public void Memory_that_is_short_is_a_warning_and_where_half_is_missing_an_end(long available, bool fatal)
    {
        var obstacle = Assert.Single(Preflight.Memory([("KAFKA_HEAP", 1L << 30), ("ELASTICSEARCH_HEAP", 3L << 30)], available));

        Assert.Equal(fatal, obstacle.Fatal);
        Assert.Contains("4.0 GB", obstacle.What);
        Assert.Contains("ELASTICSEARCH_HEAP=1536m", obstacle.Remedy);
        Assert.Empty(Preflight.Memory([("KAFKA_HEAP", 1L << 30)], available));
    }

    [Theory]
    [InlineData("512m", 512L << 20)]
    [InlineData("2G", 2L << 30)]
    [InlineData("2gb", 2L << 30)]
    [InlineData("1024", 1024)]
    public void Sizes_are_read_as_Java_reads_them(string text, long bytes)
    {
        using var folder = new InfraFolder();
        Assert.Equal(bytes, Preflight.Size(folder.Set("KAFKA_HEAP", text).Settings, "KAFKA_HEAP"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("much")]
    [InlineData("-1g")]
    public void What_is_no_size_is_called_so(string text)
    {
        using var folder = new InfraFolder();
        Assert.Contains("KAFKA_HEAP", Assert.Throws<JobException>(() => Preflight.Size(folder.Set("KAFKA_HEAP", text).Settings, "KAFKA_HEAP")).Message);
    }
}
