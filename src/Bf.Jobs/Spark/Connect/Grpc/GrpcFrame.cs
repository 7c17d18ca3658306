using System.Buffers.Binary;
using Google.Protobuf;

namespace Bf.Jobs.Spark.Connect.Grpc;

/// <summary>A message on the wire: a flag byte (0: not compressed), its length in 4 bytes, big-endian, the message (gRPC over HTTP/2, "Length-Prefixed-Message").</summary>
internal static class GrpcFrame
{
    /// <summary>Bytes before a message.</summary>
    public const int HeaderLength = 5;

    // Spark's own clients take 128 MB; a server that says more is broken, or is none
    private const int Longest = 512 << 20;

    /// <summary>A message with its header.</summary>
    public static byte[] Write(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[HeaderLength + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>The next message; null at the end of the stream.</summary>
    /// <exception cref="EndOfStreamException">The stream ends within a message.</exception>
    /// <exception cref="InvalidDataException">What comes is no message that bf can read.</exception>
    public static async ValueTask<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser, CancellationToken cancel)
        where T : class, IMessage<T>
    {
        var header = new byte[HeaderLength];
        var got = await stream.ReadAtLeastAsync(header, HeaderLength, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        if (got == 0)
        {
            return null;
        }

        if (got < HeaderLength)
        {
            throw new EndOfStreamException("the stream ends within a frame's header");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(1));
        if (header[0] != 0 || length > Longest)
        {
            throw new InvalidDataException(header[0] == 1 ? "a compressed gRPC message, which was not asked for" : "no gRPC message");
        }

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancel).ConfigureAwait(false);
        try
        {
            return parser.ParseFrom(body);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"a gRPC message that can't be read: {e.Message}");
        }
    }
}
