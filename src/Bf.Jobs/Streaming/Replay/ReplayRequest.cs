using Bf.Core.Market;

namespace Bf.Jobs.Streaming.Replay;

/// <summary>What is replayed, and how.</summary>
/// <param name="Universe">Whose bars.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="From">The first time, microseconds since 1970-01-01 UTC.</param>
/// <param name="To">The last time.</param>
/// <param name="Speed">Market time over wall time; null for as fast as possible.</param>
public sealed record ReplayRequest(Universe Universe, Interval Interval, long? From, long? To, double? Speed)
{
    /// <summary>The topic.</summary>
    public string Topic { get; init; } = "quotes_replay";

    /// <summary>The partitions of the topic, where it is created.</summary>
    public int Partitions { get; init; } = 4;

    /// <summary>How messages are packed: lz4, zstd, snappy, gzip or none.</summary>
    public string Compression { get; init; } = "lz4";

    /// <summary>Whether to go on after the last bar that the topic has.</summary>
    public bool Resume { get; init; }

    /// <summary>How long to wait for a Kafka that is gone.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);
}
