using Bf.Jobs.Spark.Connect.Grpc;
using Bf.Jobs.Spark.Connect.Protocol;

namespace Bf.Jobs.Tests.Spark.Connect;

public sealed class GrpcFrameTests
{
    [Fact]
    public async Task Messages_come_out_as_they_went_in_however_they_are_cut()
    {
        byte[][] frames = [GrpcFrame.Write(new KeyValue { Key = "a", Value = "b" }), GrpcFrame.Write(new KeyValue()), GrpcFrame.Write(new KeyValue { Key = new string('x', 100_000) })];
        using var stream = new Drops(frames.SelectMany(f => f).ToArray());

        Assert.Equal("b", (await Read(stream))!.Value);
        Assert.Equal("", (await Read(stream))!.Key);
        Assert.Equal(100_000, (await Read(stream))!.Key.Length);
        Assert.Null(await Read(stream));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task A_stream_that_ends_within_a_message_is_no_end(int bytes)
    {
        using var stream = new MemoryStream(GrpcFrame.Write(new KeyValue { Key = "key" })[..bytes]);

        await Assert.ThrowsAsync<EndOfStreamException>(() => Read(stream));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 0, 255, 255, 255, 255 })]
    [InlineData(new byte[] { (byte)'H', (byte)'T', (byte)'T', (byte)'P', (byte)'/' })]
    [InlineData(new byte[] { 0, 0, 0, 0, 1, 255 })]
    public async Task What_is_no_message_is_refused_before_memory_is_taken_for_it(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);

        await Assert.ThrowsAsync<InvalidDataException>(() => Read(stream));
    }

    private static Task<KeyValue?> Read(Stream stream) => GrpcFrame.ReadAsync(stream, KeyValue.Parser, CancellationToken.None).AsTask();

    /// <summary>Gives at most three bytes at a time.</summary>
    private sealed class Drops(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, buffer.Length > 100 ? 1000 : 3)], cancellationToken);
    }
}
