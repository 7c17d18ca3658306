namespace Bf.Core.Live;

/// <summary>A bar of a symbol that may still be corrected, and what it added to the tallies of its time.</summary>
/// <param name="Ts">Its time.</param>
/// <param name="Before">How many bars the symbol has before it.</param>
/// <param name="Tick">Its adjusted close in ticks.</param>
/// <param name="Volume">Its volume in shares.</param>
/// <param name="Flags">What is true of it, see <see cref="Breadth.BarFlags"/>.</param>
/// <param name="Gain">Its return, see <see cref="Breadth.BarReturn"/>.</param>
internal readonly record struct LiveBar(long Ts, long Before, long Tick, long Volume, long Flags, long Gain);
