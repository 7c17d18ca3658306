namespace Bf.Jobs.Streaming.Checkpoints;

/// <summary>Keeps nothing: for a replay within the process, which begins anew each time.</summary>
internal sealed class NoCheckpoints : ICheckpoints
{
    public IReadOnlyList<KeptPartition> Claim(IReadOnlyList<int> partitions) => [.. partitions.Select(p => new KeptPartition(p, 1, 0, null))];

    public void Keep(IReadOnlyList<KeptPartition> partitions)
    {
    }

    public bool Owns(int partition, long epoch) => true;

    public KeptSums LoadSums() => new(long.MinValue, null);

    public void KeepSums(long epoch, KeptSums sums)
    {
    }
}
