using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>Why a topic can't be read on, and what to do.</summary>
/// <param name="kafka">Where Kafka is.</param>
/// <param name="topic">The topic.</param>
/// <param name="group">The group.</param>
/// <param name="member">This member's name in the group.</param>
/// <param name="clock">The clock of waits.</param>
internal sealed class BarLogFaults(KafkaSettings kafka, string topic, string group, string member, TimeProvider clock)
{
    /// <summary>There is no such topic.</summary>
    public static JobException None(KafkaSettings kafka, string topic) =>
        new($"there is no topic '{topic}' on Kafka at {kafka.Servers}; fill it with: bf data replay --topic {topic}");

    /// <summary>Partitions were added while it was read.</summary>
    public JobException Grown(int partitions) =>
        new($"topic '{topic}' had {partitions} partitions when it was opened and has more now: the bars of a symbol may lie in two of them, in no order; replay into a new topic with as many partitions as are wanted");

    /// <summary>The broker has no message of an offset.</summary>
    public JobException Missing<T>(IConsumer<T, T> consumer, int partition, long offset, Error error)
    {
        var ends = KafkaFault.Guard(kafka, () => consumer.Ends(new(topic, partition), clock));
        var (first, end) = (ends.Low.Value, ends.High.Value);
        var place = $"topic '{topic}', partition {partition}";
        return new(
            offset > end ? $"{place}: the next message was to be {offset}, but the topic ends at {end}; it was made anew since it was read. Begin at its beginning with --restart, or stream it into a lake of its own"
            : offset < first ? $"{place}: the messages {offset} to {first - 1} were deleted before they were read (the topic's retention), so that bars are missing. Replay them into a new topic; or count what the topic has from its beginning: --restart, in a new lake"
            : $"{place}: message {offset} can't be read: {error.Reason}");
    }

    /// <summary>Whether another seems to have taken the member's name.</summary>
    public static bool IsFenced(Error error) => error.Code is ErrorCode.FencedInstanceId or ErrorCode.Local_Fatal;

    /// <summary>What ends the reading; null for what passes.</summary>
    public JobException? Of(Error error)
    {
        switch (error.Code)
        {
            case var code when KafkaFault.IsDown(code):
                return null;
            case ErrorCode.Local_MaxPollExceeded:
                Log.Warn($"topic '{topic}': nothing was read for so long that others got the partitions; joining again");
                return null;
            case var _ when IsFenced(error):
                return new($"group '{group}': another process took this member's place, {member} ({error.Reason}); two processes of one machine and user must see the same folder for temporary files (TMPDIR)");
            case ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition:
                return new($"topic '{topic}' is gone: it was deleted while it was read");
            default:
                return new($"topic '{topic}': {error.Reason}");
        }
    }
}
