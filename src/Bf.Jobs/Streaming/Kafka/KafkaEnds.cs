using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>The first and the next offset of a partition. A topic that has just been made, or whose broker has just come back, has no leader for a moment.</summary>
internal static class KafkaEnds
{
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks for them.</summary>
    /// <exception cref="KafkaException">The broker does not say, also after a while.</exception>
    public static WatermarkOffsets Ends<TKey, TValue>(this IConsumer<TKey, TValue> consumer, TopicPartition partition, TimeProvider clock)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return consumer.QueryWatermarkOffsets(partition, Patience);
            }
            catch (KafkaException e) when (attempt < Attempts && IsPassing(e.Error.Code))
            {
                new Backoff(clock).Wait(Pause);
            }
        }
    }

    private static bool IsPassing(ErrorCode code) =>
        code is ErrorCode.Local_UnknownPartition or ErrorCode.Local_UnknownTopic or ErrorCode.UnknownTopicOrPart or ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition;
}
