namespace Bf.Core.Live;

/// <summary>
/// What the symbols of one partition add to the tallies of one time. A later one of the same partition and time takes its place;
/// those of all partitions add up to the tally of the time, whoever counted them.
/// </summary>
/// <param name="Ts">The time, microseconds since 1970-01-01 UTC.</param>
/// <param name="Counts">For each universe, in the order in which they were asked for, one number for each <see cref="Breadth.TallyColumn"/>.</param>
public sealed record PartialTally(long Ts, long[][] Counts);
