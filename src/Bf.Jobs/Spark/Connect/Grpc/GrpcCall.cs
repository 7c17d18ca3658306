using Google.Protobuf;

namespace Bf.Jobs.Spark.Connect.Grpc;

/// <summary>The answers to one call, read as the server sends them: what is not read holds the server back.</summary>
internal sealed class GrpcCall<T>(HttpResponseMessage response, Stream body, MessageParser<T> parser) : IDisposable
    where T : class, IMessage<T>
{
    /// <summary>The next answer; null when the server ended the stream with status 0.</summary>
    /// <exception cref="GrpcException">It ended with an error.</exception>
    /// <exception cref="LostConnectionException">It did not end: the connection broke.</exception>
    public async Task<T?> NextAsync(CancellationToken cancel)
    {
        try
        {
            if (await GrpcFrame.ReadAsync(body, parser, cancel).ConfigureAwait(false) is { } message)
            {
                return message;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            throw new LostConnectionException(e.Message, e);
        }

        var status = GrpcStatus.Read(response.TrailingHeaders) ?? GrpcStatus.Read(response.Headers);
        return status is null ? throw new LostConnectionException("the answer ends without a status")
            : status.Code == GrpcCode.Ok ? null
            : throw new GrpcException(status);
    }

    public void Dispose() => response.Dispose();
}
