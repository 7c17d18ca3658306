namespace Bf.Core.Live;

/// <summary>A bar of a symbol that may still be corrected.</summary>
/// <param name="Ts">Its time.</param>
/// <param name="Tick">Its adjusted close in ticks.</param>
/// <param name="Volume">Its volume in shares.</param>
internal readonly record struct LiveBar(long Ts, long Tick, long Volume);
