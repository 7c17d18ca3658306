using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>Where a partition begins and ends, also of a topic that was made a moment ago and that not every broker knows yet.</summary>
internal static class PartitionEnds
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks for the ends of a partition.</summary>
    /// <exception cref="ServiceDownException">Kafka can't be reached.</exception>
    /// <exception cref="JobException">There is no such partition.</exception>
    public static WatermarkOffsets Of<TKey, TValue>(KafkaSettings kafka, IConsumer<TKey, TValue> consumer, TopicPartition partition, TimeProvider clock)
    {
        var backoff = new Backoff(clock);
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return consumer.QueryWatermarkOffsets(partition, Patience);
            }
            catch (KafkaException e) when (IsNew(e.Error.Code) && clock.GetElapsedTime(began) < Patience)
            {
                backoff.Wait(TimeSpan.FromMilliseconds(100));
            }
            catch (KafkaException e)
            {
                throw KafkaFault.Of(e.Error, kafka);
            }
        }
    }

    private static bool IsNew(ErrorCode code) => code is ErrorCode.Local_UnknownPartition or ErrorCode.Local_UnknownTopic or ErrorCode.UnknownTopicOrPart
        or ErrorCode.LeaderNotAvailable or ErrorCode.NotLeaderForPartition;
}
