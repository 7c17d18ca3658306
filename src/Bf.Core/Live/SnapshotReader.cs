using System.Buffers.Binary;

namespace Bf.Core.Live;

/// <summary>Reads what a <see cref="SnapshotWriter"/> wrote.</summary>
internal ref struct SnapshotReader
{
    private ReadOnlySpan<byte> _rest;

    /// <exception cref="FormatException">The check is not that of the bytes.</exception>
    public SnapshotReader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < sizeof(long) || BinaryPrimitives.ReadInt64LittleEndian(bytes[^sizeof(long)..]) != SnapshotWriter.Check(bytes[..^sizeof(long)]))
        {
            throw Broken("it is cut short, or was changed");
        }

        _rest = bytes[..^sizeof(long)];
    }

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    public long Number() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A number of things of which each takes some bytes.</summary>
    public int Count(int bytesEach)
    {
        var count = Number();
        return count >= 0 && count <= _rest.Length / bytesEach ? (int)count : throw Broken($"it cannot hold {count} entries");
    }

    public ReadOnlySpan<byte> Bytes() => Take(Count(1));

    /// <summary>What to throw.</summary>
    public static FormatException Broken(string what) => new($"the snapshot of a partition is not whole: {what}");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw Broken("it ends too early");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
