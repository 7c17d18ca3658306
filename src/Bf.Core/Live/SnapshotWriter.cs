using System.Buffers.Binary;

namespace Bf.Core.Live;

/// <summary>Writes a snapshot's bytes, and after them a check.</summary>
internal sealed class SnapshotWriter(int capacity)
{
    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(capacity);
    private int _length;

    /// <summary>Writes a number in eight bytes.</summary>
    public void Number(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);

    /// <summary>Writes numbers, whose number the reader knows.</summary>
    public void Numbers(ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            Number(value);
        }
    }

    /// <summary>Writes a length and so many bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        bytes.CopyTo(Room(bytes.Length));
    }

    /// <summary>Writes the check, and gives all that was written.</summary>
    public byte[] Finish()
    {
        Number(Check(_bytes.AsSpan(0, _length)));
        return _bytes.AsSpan(0, _length).ToArray();
    }

    /// <summary>FNV-1a over eight bytes at a time: another one of them always gives another check.</summary>
    public static long Check(ReadOnlySpan<byte> bytes)
    {
        const ulong Prime = 1099511628211;
        var hash = 14695981039346656037UL;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Prime;
        }

        foreach (var b in bytes)
        {
            hash = (hash ^ b) * Prime;
        }

        return (long)hash;
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_length + length, 2 * _bytes.Length));
        }

        var room = _bytes.AsSpan(_length, length);
        _length += length;
        return room;
    }
}
