using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Bf.Jobs.Infra.Health.Wire;

/// <summary>Writes what Kafka's protocol is made of: numbers in big-endian order, texts and lists with their length before them.</summary>
internal sealed class KafkaWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public KafkaWriter Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
        return this;
    }

    public KafkaWriter Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(2), value);
        _bytes.Advance(2);
        return this;
    }

    public KafkaWriter Int(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
        return this;
    }

    public KafkaWriter Long(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(8), value);
        _bytes.Advance(8);
        return this;
    }

    /// <summary>A number in as few bytes as it needs, small ones of either sign in one ("zigzag").</summary>
    public KafkaWriter Varint(int value)
    {
        var rest = (uint)((value << 1) ^ (value >> 31));
        for (; rest > 0x7f; rest >>= 7)
        {
            Byte((byte)(rest | 0x80));
        }

        return Byte((byte)rest);
    }

    /// <summary>A text; null is a text too.</summary>
    public KafkaWriter Text(string? value)
    {
        if (value is null)
        {
            return Short(-1);
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        return Short((short)bytes.Length).Raw(bytes);
    }

    /// <summary>A short text in the form of later versions: its length, and one, in one byte.</summary>
    public KafkaWriter CompactText(string value) => Byte((byte)(value.Length + 1)).Raw(Encoding.ASCII.GetBytes(value));

    public KafkaWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>One message without a key, as a batch (Kafka's "record batch", version 2).</summary>
    public KafkaWriter Batch(ReadOnlySpan<byte> value, long timestamp)
    {
        var record = new KafkaWriter().Byte(0).Varint(0).Varint(0).Varint(-1).Varint(value.Length).Raw(value).Varint(0);
        var body = new KafkaWriter().Short(0).Int(0).Long(timestamp).Long(timestamp).Long(-1).Short(-1).Int(-1).Int(1).Varint(record.Bytes.Length).Raw(record.Bytes);
        var crc = uint.MaxValue;
        foreach (var b in body.Bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        var batch = new KafkaWriter().Int(-1).Byte(2).Int((int)~crc).Raw(body.Bytes);
        return Int(12 + batch.Bytes.Length).Long(0).Int(batch.Bytes.Length).Raw(batch.Bytes);
    }
}
