using System.Net;
using System.Net.Http.Headers;

namespace Bf.Jobs.Spark.Connect.Grpc;

/// <summary>The body of a request: frames, made one after the other while they are sent.</summary>
internal sealed class FrameContent : HttpContent
{
    private readonly IEnumerable<byte[]> _frames;

    public FrameContent(IEnumerable<byte[]> frames)
    {
        _frames = frames;
        Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var frame in _frames)
        {
            await stream.WriteAsync(frame, cancellationToken).ConfigureAwait(false);
        }
    }

    // unknown before the last frame is made: HTTP/2 needs no length
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
