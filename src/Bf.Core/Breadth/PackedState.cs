namespace Bf.Core.Breadth;

/// <summary>A symbol's state as it is stored.</summary>
/// <param name="LastTs">The last bar's time, microseconds since 1970-01-01 UTC.</param>
/// <param name="Bars">The number of bars so far.</param>
/// <param name="Ticks">The last adjusted closes in ticks, as <see cref="SymbolState.Encode()"/> gives them.</param>
public sealed record PackedState(long LastTs, long Bars, byte[] Ticks)
{
    /// <summary>The state.</summary>
    /// <exception cref="FormatException">The bytes are not the ticks of a symbol with so many bars.</exception>
    public SymbolState Unpack() => SymbolState.Decode(LastTs, Bars, Ticks);
}
