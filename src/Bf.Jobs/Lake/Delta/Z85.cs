namespace Bf.Jobs.Lake.Delta;

/// <summary>Z85 (ZeroMQ RFC 32): five printable characters for four bytes, as the log writes UUIDs and small deletion vectors.</summary>
internal static class Z85
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    /// <summary>The bytes that a text stands for.</summary>
    /// <exception cref="FormatException">The text is no Z85.</exception>
    public static byte[] Decode(ReadOnlySpan<char> text)
    {
        if (text.Length % 5 != 0)
        {
            throw new FormatException($"{text.Length} characters are no multiple of 5");
        }

        var bytes = new byte[text.Length / 5 * 4];
        for (int i = 0, at = 0; i < text.Length; i += 5, at += 4)
        {
            ulong word = 0;
            foreach (var c in text.Slice(i, 5))
            {
                var digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
                word = (word * 85) + (ulong)(digit >= 0 ? digit : throw new FormatException($"'{c}' is no character of Z85"));
            }

            if (word > uint.MaxValue)
            {
                throw new FormatException($"'{text.Slice(i, 5)}' is more than four bytes");
            }

            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at), (uint)word);
        }

        return bytes;
    }
}
