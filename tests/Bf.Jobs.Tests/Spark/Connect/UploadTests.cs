using Bf.Jobs.Spark.Connect;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class UploadTests
{
    [Fact]
    public void An_upload_goes_in_chunks_once_a_session()
    {
        using var server = new FakeConnect(0);
        using var session = SparkSession.Open(server.Address);
        using var content = new MemoryStream(new byte[600_000]);

        Assert.Equal("./server-side/worker-abc", session.Upload("worker-abc", content));
        Assert.Equal("./server-side/worker-abc", session.Upload("worker-abc", content));

        Assert.Equal(["AddArtifacts files/worker-abc 600000"], server.Calls);
    }

    [Fact]
    public void A_checksum_that_differs_on_the_server_is_an_error()
    {
        using var server = new FakeConnect(0) { IsCrcSuccessful = false };
        using var session = SparkSession.Open(server.Address);
        using var content = new MemoryStream([1, 2, 3]);

        Assert.Contains("did not arrive whole", Assert.Throws<JobException>(() => session.Upload("worker", content)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../worker")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("")]
    public void A_name_that_the_server_would_lose_is_refused(string name)
    {
        using var server = new FakeConnect(0);
        using var session = SparkSession.Open(server.Address);
        using var content = new MemoryStream([1]);

        Assert.Throws<ArgumentException>(() => session.Upload(name, content));
        Assert.Empty(server.Calls);
    }
}
