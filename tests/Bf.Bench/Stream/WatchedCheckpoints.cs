using System.Diagnostics;
using Bf.Jobs.Streaming.Checkpoints;

namespace Bf.Bench.Stream;

/// <summary>Checkpoints, and how long and large they are.</summary>
internal sealed class WatchedCheckpoints(ICheckpoints checkpoints) : ICheckpoints
{
    /// <summary>Milliseconds of each commit of partitions.</summary>
    public List<double> Milliseconds { get; } = [];

    /// <summary>The bytes of the largest, before they are compressed.</summary>
    public long Largest { get; private set; }

    public IReadOnlyList<KeptPartition> Claim(IReadOnlyList<int> partitions) => checkpoints.Claim(partitions);

    public void Keep(IReadOnlyList<KeptPartition> partitions)
    {
        var began = Stopwatch.GetTimestamp();
        checkpoints.Keep(partitions);
        Milliseconds.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        Largest = Math.Max(Largest, partitions.Sum(p => (long)p.Data!.Length));
    }

    public bool Owns(int partition, long epoch) => checkpoints.Owns(partition, epoch);

    public KeptSums LoadSums() => checkpoints.LoadSums();

    public void KeepSums(long epoch, KeptSums sums) => checkpoints.KeepSums(epoch, sums);
}
