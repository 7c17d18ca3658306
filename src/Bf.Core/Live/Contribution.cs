namespace Bf.Core.Live;

/// <summary>What a bar adds to the tallies of its time.</summary>
/// <param name="Ts">The time.</param>
/// <param name="Before">How many bars the symbol has before it.</param>
/// <param name="Volume">Its volume in shares.</param>
/// <param name="Flags">What is true of it, see <see cref="Breadth.BarFlags"/>.</param>
/// <param name="Gain">Its return, see <see cref="Breadth.BarReturn"/>.</param>
internal readonly record struct Contribution(long Ts, long Before, long Volume, long Flags, long Gain);
