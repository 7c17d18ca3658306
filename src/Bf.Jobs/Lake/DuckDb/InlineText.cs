using System.Runtime.InteropServices;

namespace Bf.Jobs.Lake.DuckDb;

/// <summary>
/// A text of few bytes as a vector holds it (<c>duckdb_string_t</c>): its length, then the bytes, zeros behind them.
/// Longer ones point to memory of the vector's, which only DuckDB can give.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal unsafe struct InlineText
{
    /// <summary>The most bytes.</summary>
    public const int Most = 12;

    private uint _length;
    private fixed byte _bytes[Most];

    /// <summary>A text; it has to be UTF-8 where the column is one of text.</summary>
    public static InlineText Of(ReadOnlySpan<byte> bytes)
    {
        var text = default(InlineText);
        text._length = (uint)bytes.Length;
        bytes.CopyTo(new Span<byte>(text._bytes, Most));
        return text;
    }
}
