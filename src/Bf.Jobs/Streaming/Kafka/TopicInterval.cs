using System.Text;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>The length of a topic's bars, as the header <c>granularity</c> of its first message says.</summary>
internal static class TopicInterval
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Asks the topic; null where it has no message, or one that does not say.</summary>
    /// <exception cref="ServiceDownException">Kafka can't be reached.</exception>
    public static string? Of(KafkaSettings kafka, string topic, int partitions) => KafkaFault.Guard(kafka, () =>
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig(kafka.Client()) { GroupId = topic, EnableAutoCommit = false, EnablePartitionEof = true })
            .SetLogHandler((_, m) => KafkaLog.Write(m)).SetErrorHandler((_, e) => KafkaLog.Write(e)).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        for (var ends = 0; ends < partitions && consumer.Consume(Patience) is { } result; ends++)
        {
            if (!result.IsPartitionEOF)
            {
                return result.Message.Headers.TryGetLastBytes("granularity", out var said) ? Encoding.UTF8.GetString(said) : null;
            }
        }

        return null;
    });
}
