using Bf.Jobs.Streaming.Kafka;

namespace Bf.Bench.Stream;

/// <summary>What is measured.</summary>
/// <param name="Kafka">Where Kafka is.</param>
/// <param name="Rows">Bars of the topic.</param>
/// <param name="Repeat">Rounds.</param>
internal sealed record StreamBenchOptions(KafkaSettings Kafka, long Rows, int Repeat)
{
    /// <summary>Kafka's folder, for its own test; null for none.</summary>
    public string? KafkaHome { get; init; }

    /// <summary>Where Elasticsearch is; null for none.</summary>
    public Uri? Elasticsearch { get; init; }

    /// <summary>Times whose latency is measured.</summary>
    public int Times { get; init; } = 350;

    /// <summary>Times that stand before those, all at once.</summary>
    public int History { get; init; }

    /// <summary>The sinks that latency is measured with: elasticsearch, and perhaps lake and topic.</summary>
    public IReadOnlyList<string> Sinks { get; init; } = ["elasticsearch"];

    /// <summary>How often the stream keeps how far it has come.</summary>
    public TimeSpan Checkpoint { get; init; } = TimeSpan.FromSeconds(5);
}
