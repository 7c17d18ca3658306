namespace Bf.Jobs.Streaming.Checkpoints;

/// <summary>A partition as it was kept.</summary>
/// <param name="Partition">Which.</param>
/// <param name="Epoch">How many times it has changed hands.</param>
/// <param name="Next">All messages before this offset are counted in it; 0 where nothing is.</param>
/// <param name="Data">The counter; null where nothing was kept yet.</param>
internal sealed record KeptPartition(int Partition, long Epoch, long Next, byte[]? Data)
{
    /// <summary>Its clock, for who looks at the table.</summary>
    public long? Clock { get; init; }

    /// <summary>The number of symbols in it, for who looks at the table.</summary>
    public long Symbols { get; init; }

    /// <summary>The number of bars that were accepted, for who looks at the table.</summary>
    public long Bars { get; init; }
}

/// <summary>The sums over all partitions, as they were kept.</summary>
/// <param name="Firm">Up to where they go, exclusive.</param>
/// <param name="Data">The counts; null where nothing was kept yet.</param>
internal sealed record KeptSums(long Firm, byte[]? Data);

/// <summary>
/// Keeps how far a stream has come, so that it goes on from there whatever happens. A partition is kept by its owner only: who takes one over
/// counts its epoch up, and what its last owner wants to keep afterwards is refused.
/// </summary>
internal interface ICheckpoints
{
    /// <summary>Takes partitions over.</summary>
    IReadOnlyList<KeptPartition> Claim(IReadOnlyList<int> partitions);

    /// <summary>Keeps partitions, and the offsets that they stand for, in one commit.</summary>
    /// <exception cref="PartitionLostException">One of them belongs to another by now; then none is kept.</exception>
    void Keep(IReadOnlyList<KeptPartition> partitions);

    /// <summary>Whether nobody has taken a partition over since an epoch.</summary>
    bool Owns(int partition, long epoch);

    /// <summary>The sums that were kept.</summary>
    KeptSums LoadSums();

    /// <summary>Keeps the sums, for who owns partition 0.</summary>
    /// <param name="epoch">The epoch of partition 0.</param>
    /// <param name="sums">The sums.</param>
    /// <exception cref="PartitionLostException">It belongs to another by now.</exception>
    void KeepSums(long epoch, KeptSums sums);
}

/// <summary>Another member has taken a partition over.</summary>
internal sealed class PartitionLostException(int partition) : Exception($"another member has taken partition {partition} over")
{
    /// <summary>The partition.</summary>
    public int Partition { get; } = partition;
}
