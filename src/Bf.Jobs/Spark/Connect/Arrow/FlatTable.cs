using System.Buffers.Binary;
using System.Text;

namespace Bf.Jobs.Spark.Connect.Arrow;

/// <summary>A table in a FlatBuffer, in which Arrow writes its metadata: a signed offset back to a vtable, which says where each field lies (0: left out).</summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _buffer;
    private readonly int _at;

    private FlatTable(ReadOnlySpan<byte> buffer, int at)
    {
        _buffer = buffer;
        _at = at;
    }

    /// <summary>The buffer's root table.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> buffer) => new(buffer, Indirect(buffer, 0));

    public byte Byte(int field, byte otherwise = 0) => Where(field) is > 0 and var at ? _buffer[at] : otherwise;

    public short Short(int field, short otherwise = 0) => Where(field) is > 0 and var at ? BinaryPrimitives.ReadInt16LittleEndian(_buffer[at..]) : otherwise;

    public int Int(int field, int otherwise = 0) => Where(field) is > 0 and var at ? BinaryPrimitives.ReadInt32LittleEndian(_buffer[at..]) : otherwise;

    public long Long(int field, long otherwise = 0) => Where(field) is > 0 and var at ? BinaryPrimitives.ReadInt64LittleEndian(_buffer[at..]) : otherwise;

    public bool Has(int field) => Where(field) > 0;

    public string Text(int field) => Encoding.UTF8.GetString(Structs(field, 1, out _));

    /// <summary>A field that is a table.</summary>
    public FlatTable Table(int field) => new(_buffer, Indirect(_buffer, Required(field)));

    /// <summary>How many elements a vector has; 0 where it is left out.</summary>
    public int Count(int field)
    {
        if (Where(field) is not (> 0 and var at))
        {
            return 0;
        }

        var count = BinaryPrimitives.ReadInt32LittleEndian(_buffer[Indirect(_buffer, at)..]);
        return (uint)count <= (uint)_buffer.Length ? count : throw new InvalidDataException($"a vector of {count} elements in {_buffer.Length} bytes");
    }

    /// <summary>A table of a vector of tables.</summary>
    public FlatTable Table(int field, int index) => new(_buffer, Indirect(_buffer, Indirect(_buffer, Required(field)) + 4 + (4 * index)));

    /// <summary>The bytes of a vector of structs.</summary>
    public ReadOnlySpan<byte> Structs(int field, int size, out int count)
    {
        count = Count(field);
        return count == 0 ? [] : _buffer.Slice(Indirect(_buffer, Required(field)) + 4, checked(count * size));
    }

    private static int Indirect(ReadOnlySpan<byte> buffer, int at) => checked(at + BinaryPrimitives.ReadInt32LittleEndian(buffer[at..]));

    private int Required(int field) => Where(field) is > 0 and var at ? at : throw new InvalidDataException($"field {field} is left out");

    private int Where(int field)
    {
        var vtable = checked(_at - BinaryPrimitives.ReadInt32LittleEndian(_buffer[_at..]));
        var size = BinaryPrimitives.ReadUInt16LittleEndian(_buffer[vtable..]);
        var slot = 4 + (2 * field);
        var offset = slot + 2 <= size ? BinaryPrimitives.ReadUInt16LittleEndian(_buffer[(vtable + slot)..]) : 0;
        return offset == 0 ? 0 : _at + offset;
    }
}
