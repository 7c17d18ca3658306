using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bf.Jobs.Spark.Connect.Arrow;

/// <summary>
/// Reads the Arrow IPC streaming format (its "Format" pages): messages of a marker, the length of their metadata, the metadata as a FlatBuffer, a body.
/// What Spark sends: a schema, then record batches, not compressed, without dictionaries.
/// </summary>
internal static class ArrowStream
{
    private const int SchemaHeader = 1;
    private const int BatchHeader = 3;

    /// <summary>The batches; their columns point into <paramref name="bytes"/>. A stream without any gives one of no rows, for its columns.</summary>
    /// <exception cref="JobException">The stream is damaged, or holds what bf does not read.</exception>
    public static IReadOnlyList<ArrowBatch> Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return Messages(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new JobException($"an answer of Spark can't be read as Arrow: {e.Message}");
        }
    }

    private static List<ArrowBatch> Messages(ReadOnlyMemory<byte> bytes)
    {
        ArrowField[]? fields = null;
        var batches = new List<ArrowBatch>();
        while (bytes.Length >= 8)
        {
            // streams from before Arrow 0.15 have no marker: the length comes first
            var head = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span) == -1 ? 8 : 4;
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[(head - 4)..]);
            if (length == 0)
            {
                break;
            }

            var message = FlatTable.Root(bytes.Span.Slice(head, length));
            var body = bytes.Slice(head + length, checked((int)message.Long(3)));
            switch (message.Byte(1))
            {
                case SchemaHeader:
                    fields = Schema(message.Table(2));
                    break;
                case BatchHeader:
                    batches.Add(Batch(message.Table(2), body, fields ?? throw new InvalidDataException("a batch before the schema")));
                    break;
                case var other:
                    throw new InvalidDataException($"a message of kind {other}, which bf does not read");
            }

            bytes = bytes[(head + length + body.Length)..];
        }

        if (fields is null)
        {
            throw new InvalidDataException("it ends before the schema");
        }

        if (batches.Count == 0)
        {
            batches.Add(new(0, Array.ConvertAll(fields, f => new ArrowColumn(f, 0, 0, default, default, default))));
        }

        return batches;
    }

    private static ArrowField[] Schema(FlatTable schema)
    {
        if (schema.Short(0) != 0)
        {
            throw new InvalidDataException("it is big-endian");
        }

        var fields = new ArrowField[schema.Count(1)];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = ArrowField.Read(schema.Table(1, i));
        }

        return fields;
    }

    private static ArrowBatch Batch(FlatTable batch, ReadOnlyMemory<byte> body, ArrowField[] fields)
    {
        if (batch.Has(3))
        {
            throw new InvalidDataException("it is compressed; SET spark.sql.execution.arrow.compression.codec=none");
        }

        var rows = checked((int)batch.Long(0));
        var nodes = MemoryMarshal.Cast<byte, long>(batch.Structs(1, 16, out var columns)); // length and count of NULLs
        var buffers = MemoryMarshal.Cast<byte, long>(batch.Structs(2, 16, out _)); // offset and length
        if (rows < 0 || columns != fields.Length)
        {
            throw new InvalidDataException($"a batch of {columns} columns where the schema has {fields.Length}");
        }

        var (read, next) = (new ArrowColumn[columns], 0);
        for (var i = 0; i < columns; i++)
        {
            if (nodes[2 * i] != rows)
            {
                throw new InvalidDataException($"column {fields[i].Name} has {nodes[2 * i]} rows, the batch {rows}");
            }

            var parts = fields[i].Kind switch { ArrowKind.Void => 0, ArrowKind.String or ArrowKind.Binary => 3, _ => 2 };
            read[i] = new(fields[i], rows, nodes[(2 * i) + 1], Part(buffers, 0), Part(buffers, 1), Part(buffers, 2));
            next += parts;

            ReadOnlyMemory<byte> Part(ReadOnlySpan<long> all, int part) => part < parts
                ? body.Slice(checked((int)all[2 * (next + part)]), checked((int)all[(2 * (next + part)) + 1]))
                : default;
        }

        return new(rows, read);
    }
}
