using System.Runtime.InteropServices;
using System.Text;

namespace Bf.Sources.Exchange;

/// <summary>A check over all that a symbol's answer says (FNV-1a, 64 bits): tells one of which something was lost or changed on the way.</summary>
internal struct AnswerDigest
{
    private ulong _hash = 14695981039346656037UL;

    public AnswerDigest()
    {
    }

    /// <summary>The digest of what was added.</summary>
    public readonly long Value => unchecked((long)_hash);

    /// <summary>Adds a number.</summary>
    public void Add(long value) => Add(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value)));

    /// <summary>Adds a number that may be missing.</summary>
    public void Add(long? value)
    {
        Add(value is null ? 0L : 1L);
        Add(value ?? 0L);
    }

    /// <summary>Adds a price; all that are not a number are the same.</summary>
    public void Add(double value) => Add(BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value));

    /// <summary>Adds a text, or that there is none.</summary>
    public void Add(string? text)
    {
        var bytes = text is null ? null : Encoding.UTF8.GetBytes(text);
        Add(bytes?.Length ?? -1L);
        Add(bytes);
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            _hash = (_hash ^ b) * 1099511628211UL;
        }
    }
}
