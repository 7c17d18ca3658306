using System.Buffers.Binary;

namespace Bf.Jobs.Lake.Delta;

/// <summary>
/// The set of row numbers that a deletion vector is (Delta protocol, "Deletion Vector Format"): 32-bit Roaring bitmaps in the portable
/// format (RoaringFormatSpec), one for each value of the upper 32 bits.
/// </summary>
internal static class RoaringBitmapArray
{
    private const int Magic = 1681511377, WithoutRuns = 12346, WithRuns = 12347, OffsetsFrom = 4, ArrayMost = 4096, BitmapBytes = 8192;

    /// <summary>The row numbers, ascending.</summary>
    /// <param name="bytes">The set.</param>
    /// <param name="most">How many there are at the most: a few damaged bytes could else stand for billions.</param>
    /// <exception cref="InvalidDataException">The bytes are no such set.</exception>
    public static long[] Read(ReadOnlySpan<byte> bytes, long most)
    {
        var rows = new List<long>();
        var at = new Cursor(bytes);
        if (at.Int() is var magic && magic != Magic)
        {
            throw new InvalidDataException($"its format is {magic}, not {Magic}");
        }

        for (var buckets = at.Long(); buckets > 0; buckets--)
        {
            var key = at.Int();
            if (key < 0)
            {
                throw new InvalidDataException($"a block has the number {key}");
            }

            ReadBitmap(ref at, (long)key << 32, most, rows);
        }

        for (var i = 1; i < rows.Count; i++)
        {
            if (rows[i] <= rows[i - 1])
            {
                throw new InvalidDataException("its rows are not in ascending order");
            }
        }

        return at.AtEnd ? [.. rows] : throw new InvalidDataException("something follows its last block");
    }

    private static void ReadBitmap(ref Cursor at, long high, long most, List<long> rows)
    {
        var cookie = at.Int();
        var mayHaveRuns = (cookie & 0xFFFF) == WithRuns;
        var count = mayHaveRuns ? (cookie >>> 16) + 1 : cookie == WithoutRuns ? at.Int() : throw new InvalidDataException($"a bitmap begins with {cookie}");
        if (count is < 0 or > 65536)
        {
            throw new InvalidDataException($"a bitmap has {count} containers");
        }

        var runs = mayHaveRuns ? at.Take((count + 7) / 8) : default;
        var heads = at.Take(4 * count);
        if (!mayHaveRuns || count >= OffsetsFrom)
        {
            at.Take(4 * count); // where each container lies: one after the other
        }

        for (var i = 0; i < count; i++)
        {
            var first = high | ((long)BinaryPrimitives.ReadUInt16LittleEndian(heads[(4 * i)..]) << 16);
            var cardinality = BinaryPrimitives.ReadUInt16LittleEndian(heads[((4 * i) + 2)..]) + 1;
            var before = rows.Count;
            if (before + cardinality > most)
            {
                throw new InvalidDataException($"it has more than {most} rows");
            }

            if (mayHaveRuns && (runs[i / 8] & (1 << (i % 8))) != 0)
            {
                ReadRuns(ref at, first, before + cardinality, rows);
            }
            else if (cardinality <= ArrayMost)
            {
                ReadArray(at.Take(2 * cardinality), first, rows);
            }
            else
            {
                ReadBits(at.Take(BitmapBytes), first, rows);
            }

            if (rows.Count - before != cardinality)
            {
                throw new InvalidDataException($"a container has {rows.Count - before} rows and says {cardinality}");
            }
        }
    }

    private static void ReadRuns(ref Cursor at, long first, int most, List<long> rows)
    {
        for (int runs = at.Short(); runs > 0; runs--)
        {
            int start = at.Short(), more = at.Short();
            for (var i = 0; i <= more && rows.Count <= most; i++)
            {
                rows.Add(first + start + i);
            }
        }
    }

    private static void ReadArray(ReadOnlySpan<byte> values, long first, List<long> rows)
    {
        for (; values.Length > 0; values = values[2..])
        {
            rows.Add(first + BinaryPrimitives.ReadUInt16LittleEndian(values));
        }
    }

    private static void ReadBits(ReadOnlySpan<byte> words, long first, List<long> rows)
    {
        for (var i = 0; i < words.Length; i++)
        {
            for (int bits = words[i]; bits != 0; bits &= bits - 1)
            {
                rows.Add(first + (8 * i) + System.Numerics.BitOperations.TrailingZeroCount(bits));
            }
        }
    }

    /// <summary>Reads little-endian numbers one after the other.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool AtEnd => _rest.IsEmpty;

        public ushort Short() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

        public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

        public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

        public ReadOnlySpan<byte> Take(int count)
        {
            if (count > _rest.Length)
            {
                throw new InvalidDataException("it is cut short");
            }

            var taken = _rest[..count];
            _rest = _rest[count..];
            return taken;
        }
    }
}
