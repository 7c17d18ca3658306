using System.Buffers.Binary;
using System.Text;
using Bf.Core.Market;

namespace Bf.Core.Live;

/// <summary>
/// Symbols by their names in UTF-8, found without an allocation. A name of up to seven bytes is its own key; of longer ones the key is a hash,
/// and the bytes are compared.
/// </summary>
internal sealed class SymbolTable
{
    private const int ShortName = 7;
    private const ulong LongName = 1UL << 63;

    private readonly List<LiveSymbol> _symbols = [];
    private Slot[] _slots = new Slot[1024];

    /// <summary>All symbols, in the order in which they came.</summary>
    public List<LiveSymbol> All => _symbols;

    /// <summary>The symbol of a name, trimmed and in upper case; null when there is none.</summary>
    public LiveSymbol? Find(ReadOnlySpan<byte> name)
    {
        var key = KeyOf(name);
        for (var at = Home(key);; at = (at + 1) & (_slots.Length - 1))
        {
            ref readonly var slot = ref _slots[at];
            if (slot.Symbol is null || (slot.Key == key && (key < LongName || name.SequenceEqual(slot.Symbol.Name))))
            {
                return slot.Symbol;
            }
        }
    }

    /// <summary>Adds a symbol that is not there.</summary>
    public LiveSymbol Add(LiveSymbol symbol)
    {
        if (2 * (_symbols.Count + 1) > _slots.Length)
        {
            _slots = new Slot[2 * _slots.Length];
            foreach (var known in _symbols)
            {
                Place(known);
            }
        }

        _symbols.Add(symbol);
        Place(symbol);
        return symbol;
    }

    /// <summary>Whether a name is as <see cref="Bar.Normalize"/> would give it, as far as can be told at a glance.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> name)
    {
        foreach (var b in name)
        {
            if (b is <= (byte)' ' or >= (byte)'a')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A name as <see cref="Bar.Normalize"/> gives it.</summary>
    public static byte[] Normalize(ReadOnlySpan<byte> name) => Encoding.UTF8.GetBytes(Bar.Normalize(Encoding.UTF8.GetString(name)));

    private void Place(LiveSymbol symbol)
    {
        var key = KeyOf(symbol.Name);
        var at = Home(key);
        while (_slots[at].Symbol is not null)
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        _slots[at] = new(key, symbol);
    }

    private int Home(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> 32) & (_slots.Length - 1);

    /// <summary>The bytes and their number, or a hash of more of them (FNV-1a).</summary>
    private static ulong KeyOf(ReadOnlySpan<byte> name)
    {
        if (name.Length <= ShortName)
        {
            var key = (ulong)name.Length << 56;
            for (var i = 0; i < name.Length; i++)
            {
                key |= (ulong)name[i] << (8 * i);
            }

            return key;
        }

        var hash = 14695981039346656037UL;
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..])
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name)) * 1099511628211UL;
            hash ^= hash >> 32;
        }

        foreach (var b in name)
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return (hash ^ (hash >> 32)) | LongName;
    }

    private readonly record struct Slot(ulong Key, LiveSymbol Symbol);
}
