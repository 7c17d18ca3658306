using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Bf.Jobs.Lake.Delta;

/// <summary>
/// The CRC-32C of a data file (RFC 3720, appendix B.4), kept in the file's tags: a bit that flips in a page changes a price without any error of Parquet's.
/// It is the checksum that processors compute by themselves, so that taking it costs less than reading the file.
/// </summary>
internal static class Checksum
{
    /// <summary>Under which name a file's tags have it.</summary>
    public const string Tag = "bf.crc32c";

    /// <summary>The checksum of a file's content, as eight hexadecimal digits.</summary>
    public static string Of(string path)
    {
        using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
        var buffer = new byte[(int)Math.Clamp(RandomAccess.GetLength(file), 1, 1 << 18)];
        var crc = uint.MaxValue;
        var at = 0L;
        for (int read; (read = RandomAccess.Read(file, buffer, at)) > 0; at += read)
        {
            crc = Add(crc, buffer.AsSpan(0, read));
        }

        return (~crc).ToString("x8", CultureInfo.InvariantCulture);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }
}
