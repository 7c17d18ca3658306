using System.Runtime.InteropServices;

namespace Bf.Jobs.Spark.Connect.Arrow;

/// <summary>A column of a batch: parts of the batch's bytes.</summary>
internal sealed class ArrowColumn
{
    private readonly ReadOnlyMemory<byte> _valid;
    private readonly ReadOnlyMemory<byte> _values;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int _rows;

    /// <param name="field">What it is.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="nulls">How many of them are NULL.</param>
    /// <param name="valid">A bit a row, 0 for NULL; may be empty where there is no NULL.</param>
    /// <param name="values">The values; for texts and bytes where each begins, and where the last ends.</param>
    /// <param name="bytes">Texts and bytes, one behind the other.</param>
    /// <exception cref="InvalidDataException">There are fewer bytes than rows need.</exception>
    public ArrowColumn(ArrowField field, int rows, long nulls, ReadOnlyMemory<byte> valid, ReadOnlyMemory<byte> values, ReadOnlyMemory<byte> bytes)
    {
        var lengths = field.Kind is ArrowKind.String or ArrowKind.Binary;
        var need = field.Kind == ArrowKind.Void || rows == 0 ? 0L
            : field.Kind == ArrowKind.Boolean ? (rows + 7L) / 8
            : lengths ? 4 * (rows + 1L)
            : (long)field.Width * rows;
        if (values.Length < need || (nulls > 0 && field.Kind != ArrowKind.Void && valid.Length < (rows + 7L) / 8))
        {
            throw new InvalidDataException($"column {field.Name} is shorter than its {rows} rows");
        }

        if (lengths && rows > 0)
        {
            CheckStarts(field, MemoryMarshal.Cast<byte, int>(values.Span)[..(rows + 1)], bytes.Length);
        }

        (Field, Nulls, _rows, _valid, _values, _bytes) = (field, field.Kind == ArrowKind.Void ? rows : nulls, rows, valid, values, bytes);
    }

    /// <summary>What it is.</summary>
    public ArrowField Field { get; }

    /// <summary>How many rows are NULL.</summary>
    public long Nulls { get; }

    /// <summary>Whether a row's value is NULL.</summary>
    public bool IsNull(int row) => Nulls > 0 && (Field.Kind == ArrowKind.Void || !Bit(_valid.Span, row));

    /// <summary>A BOOLEAN.</summary>
    public bool Boolean(int row)
    {
        Expect(Field.Kind == ArrowKind.Boolean, "BOOLEAN");
        return Bit(_values.Span, row);
    }

    /// <summary>All values of a type of fixed width; what stands where a value is NULL means nothing.</summary>
    public ReadOnlySpan<T> Values<T>(params ReadOnlySpan<ArrowKind> kinds)
        where T : unmanaged
    {
        Expect(kinds.Contains(Field.Kind), kinds[0].ToString().ToUpperInvariant());
        return MemoryMarshal.Cast<byte, T>(_values.Span)[.._rows];
    }

    /// <summary>A text in UTF-8, or bytes.</summary>
    public ReadOnlySpan<byte> Bytes(int row)
    {
        Expect(Field.Kind is ArrowKind.String or ArrowKind.Binary, "STRING or BINARY");
        var starts = MemoryMarshal.Cast<byte, int>(_values.Span);
        return _bytes.Span[starts[row]..starts[row + 1]];
    }

    private static void CheckStarts(ArrowField field, ReadOnlySpan<int> starts, int length)
    {
        var last = 0;
        foreach (var start in starts)
        {
            if (start < last || start > length)
            {
                throw new InvalidDataException($"column {field.Name} has a value outside of its bytes");
            }

            last = start;
        }
    }

    private static bool Bit(ReadOnlySpan<byte> bits, int row) => (bits[row >> 3] & (1 << (row & 7))) != 0;

    private void Expect(bool fits, string kind)
    {
        if (!fits)
        {
            throw new JobException($"column {Field.Name} of Spark's answer is {Field.Kind.ToString().ToUpperInvariant()}, not {kind}; CAST it in the SQL");
        }
    }
}
