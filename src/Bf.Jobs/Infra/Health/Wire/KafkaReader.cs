using System.Buffers.Binary;
using System.Text;

namespace Bf.Jobs.Infra.Health.Wire;

/// <summary>Reads what <see cref="KafkaWriter"/> writes.</summary>
internal sealed class KafkaReader(byte[] bytes)
{
    private int _at;

    public byte Byte() => Take(1)[0];

    public short Short() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public int Int() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public long Long() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public string? Text() => Short() is >= 0 and var length ? Encoding.UTF8.GetString(Take(length)) : null;

    /// <summary>A number of later versions: without sign, in as few bytes as it needs.</summary>
    public int Compact()
    {
        var value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    public ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > bytes.Length - _at)
        {
            throw new InvalidDataException("what answers does not speak Kafka's protocol");
        }

        _at += length;
        return bytes.AsSpan(_at - length, length);
    }

    /// <summary>Reads a list.</summary>
    public List<T> List<T>(Func<KafkaReader, T> item)
    {
        var count = Int();
        List<T> items = [];
        for (var i = 0; i < count; i++)
        {
            items.Add(item(this));
        }

        return items;
    }
}
