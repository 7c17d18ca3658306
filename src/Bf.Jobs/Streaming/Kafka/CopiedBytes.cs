using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// The bytes of a message's key or value, in memory that the next one takes over. librdkafka's own are gone when <c>Consume</c> returns, and only then
/// partition and offset are known; to copy a hundred bytes costs less than an array for each message.
/// </summary>
internal sealed class CopiedBytes : IDeserializer<CopiedBytes>
{
    private byte[] _room = new byte[4096];
    private int _length;

    /// <summary>The bytes, until the next message is read.</summary>
    public ReadOnlySpan<byte> Span => _room.AsSpan(0, _length);

    /// <inheritdoc/>
    public CopiedBytes Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (data.Length > _room.Length)
        {
            _room = new byte[Math.Max(data.Length, 2 * _room.Length)];
        }

        data.CopyTo(_room);
        _length = data.Length;
        return this;
    }
}
