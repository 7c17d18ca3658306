using System.Text;

namespace Bf.Sources.Tests.Mutation;

/// <summary>Damages bytes by chance, as disks, networks, editors and other programs do.</summary>
internal sealed class Mutator(Random random)
{
    private const int MostBytes = 1 << 18;

    // where numbers, fields, dates and texts have their borders
    private static readonly byte[][] Tokens =
    [
        .. ((string[])
        [
            "0", "-0", "-1", "1e308", "1e309", "-1e309", "1e-400", "NaN", "Infinity", "-inf", "2147483647", "2147483648", "-2147483649", "4294967296", "9007199254740993",
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "99999999999999999999999999999999999999", "0x10", "1_000", "1,000.50", "1.000,50", "+5", ".5", "5.", "--5", "1e", "e5",
            "0000-00-00", "9999-12-31", "10000-01-01", "0001-01-01", "1969-12-31", "2024-02-30", "2024-13-01", "2024-01-02T25:00:00Z", "2024-01-02T00:00:00+99:99", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "20240230", "1e10", "-62135596801", "253402300800", "99999999999999",
            "null", "NULL", "true", "false", "{}", "[]", "{", "}", "[", "]", ":", ",", ";", "\t", "|", "\"", "\"\"", "'", "\\", "\\u0000", "\\ud800", "\n", "\r", "\r\n", "\r\r\n", "\n\n\n", " ", "  ", "\0", "\0\0\0\0", "\u2028", "\u00a0", "\ufeff", "é", "𝔸", "İ", "ß",
            "../../etc/passwd", "file:///etc/passwd", "s3://bucket/x", "%00", "%", "%zz", "%2e%2e%2f", "a b", "CON", "=1+1",
            "\"path\"", "\"add\":", "\"remove\":{}", "\"size\":-1", "\"stats\":\"{\"", "\"version\":9223372036854775807", "\"minReaderVersion\":99", "\"schemaString\":\"\"", "\"partitionColumns\":[null]", "\"deletionVector\":{}",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xFE, 0xFF], [0xFF, 0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
        [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], "PAR1"u8.ToArray(),
    ];

    /// <summary>A damaged copy: one to six mutations, few more often than many.</summary>
    /// <param name="bytes">What is damaged.</param>
    /// <param name="other">Where foreign pieces come from.</param>
    public byte[] Mutate(byte[] bytes, byte[] other)
    {
        for (var n = 1 + Math.Min(random.Next(6), random.Next(6)); n > 0; n--)
        {
            bytes = Once(bytes, other);
        }

        return bytes.Length <= MostBytes ? bytes : bytes[..MostBytes];
    }

    private byte[] Once(byte[] bytes, byte[] other)
    {
        var at = random.Next(bytes.Length + 1);
        var length = Math.Min(random.Next(3) == 0 ? random.Next(bytes.Length + 1) : random.Next(24), bytes.Length - at);
        var token = Tokens[random.Next(Tokens.Length)];
        return random.Next(13) switch
        {
            0 => Changed(bytes, at, b => (byte)(b ^ (1 << random.Next(8)))),
            1 => Changed(bytes, at, _ => (byte)random.Next(256)),
            2 => Changed(bytes, at, b => (byte)(b + random.Next(-3, 4))),
            3 => bytes[..at],
            4 => [.. bytes[..at], .. bytes[(at + length)..]],
            5 => [.. bytes[..(at + length)], .. bytes[at..]],
            6 => [.. bytes[..at], .. Piece(other), .. bytes[(at + length)..]],
            7 => [.. bytes[..at], .. token, .. bytes[at..]],
            8 => FieldReplaced(bytes, at, token),
            9 => [.. bytes[..at], .. Huge(token), .. bytes[at..]],
            10 => LineEnds(bytes),
            11 => Noise(bytes, at, length),
            _ => LineMoved(bytes),
        };
    }

    private static byte[] Changed(byte[] bytes, int at, Func<byte, byte> change)
    {
        var copy = bytes.ToArray();
        if (at < copy.Length)
        {
            copy[at] = change(copy[at]);
        }

        return copy;
    }

    private ReadOnlySpan<byte> Piece(byte[] other)
    {
        var from = random.Next(other.Length + 1);
        return other.AsSpan(from, Math.Min(random.Next(200), other.Length - from));
    }

    /// <summary>Puts a token in place of a whole field or JSON value.</summary>
    private static byte[] FieldReplaced(byte[] bytes, int at, byte[] token)
    {
        int from = at, to = at;
        while (from > 0 && !IsBorder(bytes[from - 1]))
        {
            from--;
        }

        while (to < bytes.Length && !IsBorder(bytes[to]))
        {
            to++;
        }

        return [.. bytes[..from], .. token, .. bytes[to..]];
    }

    private static bool IsBorder(byte b) => b is (byte)',' or (byte)';' or (byte)':' or (byte)'\n' or (byte)'\r' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)'\t';

    private byte[] Huge(byte[] token)
    {
        var times = 1 << random.Next(4, 16);
        var huge = new byte[Math.Min(token.Length * times, MostBytes / 2)];
        for (var i = 0; i < huge.Length; i++)
        {
            huge[i] = token[i % token.Length];
        }

        return huge;
    }

    private byte[] LineEnds(byte[] bytes)
    {
        byte[][] ends = [[(byte)'\r'], [(byte)'\n'], [(byte)'\r', (byte)'\n'], [(byte)'\n', (byte)'\r'], []];
        var mixed = new List<byte>(bytes.Length + 16);
        foreach (var b in bytes)
        {
            mixed.AddRange(b == '\n' && random.Next(3) == 0 ? ends[random.Next(ends.Length)] : [b]);
        }

        return [.. mixed];
    }

    private byte[] Noise(byte[] bytes, int at, int length)
    {
        var copy = bytes.ToArray();
        random.NextBytes(copy.AsSpan(at, length));
        return copy;
    }

    private byte[] LineMoved(byte[] bytes)
    {
        var lines = new List<byte[]>();
        for (int start = 0, end; start < bytes.Length; start = end)
        {
            end = Array.IndexOf(bytes, (byte)'\n', start) + 1;
            end = end == 0 ? bytes.Length : end;
            lines.Add(bytes[start..end]);
        }

        if (lines.Count > 1)
        {
            var line = lines[random.Next(lines.Count)];
            if (random.Next(2) == 0)
            {
                lines.Remove(line);
            }

            lines.Insert(random.Next(lines.Count), line);
        }

        return [.. lines.SelectMany(l => l)];
    }
}
