using Bf.Core.Live;

namespace Bf.Jobs.Streaming.Combine;

/// <summary>What a member says of one of its partitions.</summary>
/// <param name="Partition">Which.</param>
/// <param name="Epoch">How many times the partition has changed hands: who counts it now has the highest.</param>
internal sealed record PartitionReport(int Partition, long Epoch)
{
    /// <summary>All messages before this offset are counted.</summary>
    public long Next { get; init; }

    /// <summary>Its clock; <see cref="long.MinValue"/> before there is one.</summary>
    public long Clock { get; init; } = long.MinValue;

    /// <summary>No bar before this can change a tally, as far as it is kept in a checkpoint: also not after a restart.</summary>
    public long KeptHorizon { get; init; } = long.MinValue;

    /// <summary>How long nothing has come since the partition was read to its end; null where there is more to read.</summary>
    public TimeSpan? Quiet { get; init; }

    /// <summary>Tallies that have changed, or all that are kept.</summary>
    public IReadOnlyList<PartialTally> Tallies { get; init; } = [];

    /// <summary>Whether these are all tallies that are kept, not only those that have changed since the last report.</summary>
    public bool Whole { get; init; }

    /// <summary>Whether more of the same report follows: only what it says of tallies holds until then.</summary>
    public bool More { get; init; }

    /// <summary>The report in parts of so many tallies at the most: what is said at once has to fit into one message.</summary>
    public IEnumerable<PartitionReport> Parts(int tallies)
    {
        for (var from = 0; from == 0 || from < Tallies.Count; from += tallies)
        {
            yield return this with { Tallies = [.. Tallies.Skip(from).Take(tallies)], Whole = Whole && from == 0, More = from + tallies < Tallies.Count };
        }
    }
}
