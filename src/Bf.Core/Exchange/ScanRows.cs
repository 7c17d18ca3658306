using System.Buffers.Binary;
using Bf.Core.Breadth;

namespace Bf.Core.Exchange;

/// <summary>
/// The rows by which a worker tells what it counted: kind, universe, key, text and numbers. Rows of many workers that agree in all but the
/// numbers are added, number by number; the totals among them show whether everything arrived.
/// </summary>
public static class ScanRows
{
    /// <summary>A tally's date: universe = index, key = the time in microseconds, numbers = the counts.</summary>
    public const string Tally = "tally";

    /// <summary>A symbol's state: key = <see cref="Key"/> of the symbol, text = its ticks in base 64, numbers = last time, bars, check.</summary>
    public const string State = "state";

    /// <summary>How many bars, symbols and rows of a tally a worker counted.</summary>
    public const string Counts = "counts";

    /// <summary>Of each count the sum over the worker's rows of tallies, modulo <see cref="Modulus"/>.</summary>
    public const string Sums = "sums";

    /// <summary>Sums are compared by their remainders: a sum of volumes over all dates may not fit 64 bits.</summary>
    public const long Modulus = int.MaxValue;

    /// <summary>How many numbers a row has: as many as a tally has counts.</summary>
    /// <param name="further">Counts beyond the usual.</param>
    public static int Numbers(int further) => BreadthTally.ColumnCount + further;

    /// <summary>A symbol as a key: with a sign before it, because Spark reads a field that is <c>\N</c> as NULL.</summary>
    public static string Key(string symbol) => $"={symbol}";

    /// <summary>The symbol of a key, or null when it is none.</summary>
    public static string? Symbol(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.StartsWith('=') ? key[1..] : null;
    }

    /// <summary>A value's remainder, 0 or above.</summary>
    public static long Remainder(long value) => ((value % Modulus) + Modulus) % Modulus;

    /// <summary>A check of a state (FNV-1a, 32 bits): tells one that was changed on the way.</summary>
    public static long Check(PackedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Span<byte> ends = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(ends, state.LastTs);
        BinaryPrimitives.WriteInt64LittleEndian(ends[8..], state.Bars);
        return Hash(Hash(2166136261u, ends), state.Ticks);
    }

    private static uint Hash(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * 16777619u;
        }

        return hash;
    }
}
