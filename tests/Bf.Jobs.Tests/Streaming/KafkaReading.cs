using Bf.Jobs.Streaming.Kafka;
using Confluent.Kafka;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>What stands in a topic, read plainly.</summary>
internal static class KafkaReading
{
    /// <summary>All messages of a topic by partition, in order of offset.</summary>
    public static List<Message<byte[], byte[]>>[] All(KafkaSettings settings, string topic, int partitions)
    {
        var config = new ConsumerConfig(settings.Client()) { GroupId = "reading", EnablePartitionEof = true, EnableAutoCommit = false, FetchWaitMaxMs = 10 };
        using var consumer = new ConsumerBuilder<byte[], byte[]>(config).SetLogHandler((_, _) => { }).Build();
        consumer.Assign(Enumerable.Range(0, partitions).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        var messages = Enumerable.Range(0, partitions).Select(_ => new List<Message<byte[], byte[]>>()).ToArray();
        for (var open = partitions; open > 0;)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(20)) ?? throw new TimeoutException($"{topic} is not read to its end within 20 seconds");
            if (result.IsPartitionEOF)
            {
                open--;
            }
            else
            {
                messages[result.Partition].Add(result.Message);
            }
        }

        return messages;
    }
}
