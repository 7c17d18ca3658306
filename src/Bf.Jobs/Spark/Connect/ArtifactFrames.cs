using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Spark.Connect.Grpc;
using Bf.Jobs.Spark.Connect.Protocol;
using Google.Protobuf;

namespace Bf.Jobs.Spark.Connect;

/// <summary>The messages that bring a file to the server: chunks, each with its checksum, read while they are sent.</summary>
internal static class ArtifactFrames
{
    private const int ChunkBytes = 256 << 10;

    /// <summary>The frames for a file of a known length.</summary>
    /// <exception cref="JobException">The file became shorter while it was read.</exception>
    public static IEnumerable<byte[]> Of(SparkServer server, string name, Stream content, long length)
    {
        var count = (length + ChunkBytes - 1) / ChunkBytes;
        for (var i = 0L; i < count; i++)
        {
            var bytes = new byte[Math.Min(ChunkBytes, length - (i * ChunkBytes))];
            if (content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            {
                throw new JobException($"{name} became shorter while it was uploaded; run the command again");
            }

            var chunk = new AddArtifactsRequest.Types.ArtifactChunk { Data = UnsafeByteOperations.UnsafeWrap(bytes), Crc = Crc32.Of(bytes) };
            var request = new AddArtifactsRequest { SessionId = server.SessionId, ClientObservedServerSideSessionId = server.ServerSideId, UserContext = server.User, ClientType = SparkServer.ClientType };
            if (count == 1)
            {
                request.Batch = new() { Artifacts = { new AddArtifactsRequest.Types.SingleChunkArtifact { Name = name, Data = chunk } } }; // one that begins with its last chunk, the server never closes
            }
            else if (i == 0)
            {
                request.BeginChunk = new() { Name = name, TotalBytes = length, NumChunks = count, InitialChunk = chunk };
            }
            else
            {
                request.Chunk = chunk;
            }

            yield return GrpcFrame.Write(request);
        }
    }
}
