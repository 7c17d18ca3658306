using System.Buffers.Binary;
using Bf.Jobs.Lake.Store;

namespace Bf.Jobs.Lake.Delta;

/// <summary>Rows of a data file that no longer belong to the table (Delta protocol, "Deletion Vectors").</summary>
internal sealed record DeletionVector
{
    private const int UuidLength = 20;

    /// <summary><c>u</c>: in a file of the table, <c>p</c>: in a file by absolute path, <c>i</c>: in the log itself.</summary>
    public string StorageType { get; init; } = "";
    public string PathOrInline { get; init; } = "";
    public int? Offset { get; init; }
    public int SizeInBytes { get; init; }

    /// <summary>How many rows it takes away.</summary>
    public long Cardinality { get; init; }

    /// <summary>Tells two vectors of one file apart.</summary>
    public string UniqueId => Offset is { } offset ? $"{StorageType}{PathOrInline}@{offset}" : StorageType + PathOrInline;

    /// <summary>The file that holds it, below the store's root or absolute; null when the log itself does.</summary>
    /// <exception cref="InvalidDataException">Its name is too short.</exception>
    public string? FileOf(string table) => StorageType switch
    {
        "u" => Relative(table),
        "p" => DataPath.Resolve(table, PathOrInline),
        _ => null,
    };

    /// <summary>The numbers of the rows, ascending; the first row of the file is 0.</summary>
    /// <exception cref="DeltaException">The vector is not there or is damaged.</exception>
    public long[] Rows(IObjectStore store, string table)
    {
        try
        {
            var bytes = StorageType switch
            {
                "i" => Z85.Decode(PathOrInline),
                "u" or "p" => Read(store.Locate(FileOf(table)!)),
                _ => throw new InvalidDataException($"it is stored as '{StorageType}'"),
            };
            // inline ones are filled up to whole words of Z85
            var rows = RoaringBitmapArray.Read(bytes.AsSpan(0, Math.Min(SizeInBytes, bytes.Length)), Cardinality);
            return rows.LongLength == Cardinality ? rows : throw new InvalidDataException($"it has {rows.LongLength} rows, and the log says {Cardinality}");
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or ArgumentException or UnauthorizedAccessException)
        {
            throw new DeltaException($"{table}: the deletion vector {UniqueId} can't be read: {e.Message}", e);
        }
    }

    private string Relative(string table)
    {
        var start = PathOrInline.Length - UuidLength;
        if (start < 0)
        {
            throw new InvalidDataException("its name is too short");
        }

        var prefix = PathOrInline[..start];
        var uuid = new Guid(Z85.Decode(PathOrInline.AsSpan(start)), bigEndian: true);
        return $"{table}/{(prefix.Length > 0 ? prefix + "/" : "")}deletion_vector_{uuid:D}.bin";
    }

    private byte[] Read(string file)
    {
        using var handle = File.OpenHandle(file);
        Span<byte> number = stackalloc byte[4];
        if (RandomAccess.Read(handle, number[..1], 0) != 1 || number[0] != 1)
        {
            throw new InvalidDataException($"{file} is of another format than 1");
        }

        var at = Offset ?? 0;
        if (RandomAccess.Read(handle, number, at) != 4 || BinaryPrimitives.ReadInt32BigEndian(number) != SizeInBytes)
        {
            throw new InvalidDataException($"{file} has no vector of {SizeInBytes} bytes at {at}");
        }

        if (SizeInBytes < 0 || SizeInBytes > RandomAccess.GetLength(handle))
        {
            throw new InvalidDataException($"{file} is cut short");
        }

        var bytes = new byte[SizeInBytes];
        if (RandomAccess.Read(handle, bytes, at + 4) != bytes.Length || RandomAccess.Read(handle, number, at + 4 + bytes.Length) != 4)
        {
            throw new InvalidDataException($"{file} is cut short");
        }

        return Crc32.Of(bytes) == BinaryPrimitives.ReadUInt32BigEndian(number) ? bytes : throw new InvalidDataException($"its checksum in {file} is wrong");
    }
}
