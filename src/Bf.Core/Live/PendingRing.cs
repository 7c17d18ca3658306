using System.Runtime.CompilerServices;

namespace Bf.Core.Live;

/// <summary>Times and volumes of a symbol's last bars, inside the symbol: they are in the cache with it. Bar n lies at n modulo the length.</summary>
[InlineArray(Length)]
internal struct PendingRing
{
    /// <summary>A power of two, above <see cref="LiveSymbol.MostPending"/>: a new bar comes before the oldest is made firm.</summary>
    public const int Length = 8;

    private (long Ts, long Volume) _first;
}
