using Bf.Jobs.Telemetry;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>How librdkafka reads for a member of a group.</summary>
internal static class BarLogConfig
{
    /// <summary>How long the partitions of a member wait for it; the least that Kafka grants by default.</summary>
    public static readonly TimeSpan Absence = TimeSpan.FromSeconds(6);

    /// <summary>The settings of a member's consumer.</summary>
    public static ConsumerConfig Of(KafkaSettings kafka, string group, string member) => new(kafka.Client())
    {
        GroupId = group,
        GroupInstanceId = member,
        SessionTimeoutMs = (int)Absence.TotalMilliseconds,
        HeartbeatIntervalMs = 1500,
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
        // what is committed only informs, in the background: librdkafka commits what was stored, and only that
        EnableAutoCommit = true,
        EnableAutoOffsetStore = false,
        AutoCommitIntervalMs = 1000,
        AutoOffsetReset = AutoOffsetReset.Error,
        EnablePartitionEof = true,
        FetchMinBytes = 1,
        // as long, too, until an empty partition says that it ends, or a new one is asked for
        FetchWaitMaxMs = 100,
        // partitions that are added break the order of a symbol's bars: not to be noticed after five minutes only
        TopicMetadataRefreshIntervalMs = 30_000,
        // with the usual second, a queue that was full stays empty for most of it
        FetchQueueBackoffMs = 10,
        QueuedMaxMessagesKbytes = 32 * 1024,
        ConsumeResultFields = Span.IsOn ? "headers" : "none",
    };
}
