using System.Text;

namespace Bf.Jobs.Streaming.Traces;

/// <summary>The header by which a message says which span sent it, as W3C's Trace Context has it.</summary>
internal static class TraceHeader
{
    /// <summary>Its name.</summary>
    public const string Name = "traceparent";

    // 00-TRACE-SPAN-FLAGS; a later version may say more
    private const int Length = 55, MostLength = 512;

    /// <summary>The span; null where the bytes are none, whatever else they are.</summary>
    public static string? Read(byte[]? bytes) =>
        bytes is { Length: >= Length and <= MostLength } && Array.TrueForAll(bytes, b => b is >= 0x20 and < 0x7F) ? Encoding.ASCII.GetString(bytes) : null;

    /// <summary>The header's bytes.</summary>
    public static byte[] Write(string parent) => Encoding.ASCII.GetBytes(parent);
}
