using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class SparkDownTests
{
    [Fact]
    public void Where_nothing_listens_it_says_so_at_once_and_what_to_do()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var clock = Stopwatch.StartNew();

        var down = Assert.Throws<ServiceDownException>(() => SparkSession.Open(SparkAddress.Parse($"127.0.0.1:{port}")));

        Assert.Contains($"no Spark Connect server answers at sc://127.0.0.1:{port}", down.Message, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_speaks_another_language_is_named_as_such()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = Serve();

        var down = Assert.Throws<ServiceDownException>(() => SparkSession.Open(SparkAddress.Parse(listener.LocalEndpoint.ToString()!)));

        Assert.Contains("HTTP/2", down.Message, StringComparison.Ordinal);
        await served;

        async Task Serve()
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
    }

    [Fact]
    public void A_server_killed_while_it_works_is_down_within_half_a_minute()
    {
        using var stack = Stack.Own("spark");
        using var session = SparkSession.Open(SparkAddress.Parse(stack.Settings["SPARK_REMOTE"]));
        var clock = new Stopwatch();
        var watch = new SparkWatch(w =>
        {
            if (w.RunningTasks > 0 && !clock.IsRunning)
            {
                stack.Kill("spark-connect");
                clock.Start();
            }
        });

        Assert.Throws<ServiceDownException>(() => session.Query("SELECT count(*) FROM (SELECT sha2(CAST(id AS STRING), 512) AS h FROM range(0, 2000000000, 1, 4)) WHERE h < '0000000000'", watch).Count());

        Assert.True(clock.IsRunning && clock.Elapsed < TimeSpan.FromSeconds(30), $"after {clock.Elapsed}");

        // and one that comes back does not know what ran before
        stack.Up("spark");
        var lost = Assert.Throws<SparkException>(() => session.Get("spark.app.name"));
        Assert.StartsWith("INVALID_HANDLE.SESSION_", lost.ErrorClass, StringComparison.Ordinal);
        Assert.Contains("it was started anew", lost.Message, StringComparison.Ordinal);
    }
}
