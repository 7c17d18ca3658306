using Bf.Jobs.Streaming.Log;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>A topic of Kafka, read by the members of a consumer group.</summary>
/// <remarks>
/// Partitions change hands one by one (cooperative): what a member keeps goes on without a break, and what it loses is taken from it before another gets it.
/// Members are static: one that ends, in whatever way, and comes back within <see cref="Absence"/> finds its partitions waiting; after that the others have them.
/// </remarks>
internal sealed class KafkaBarLog : IBarLog
{
    /// <summary>How long the partitions of a member wait for it; the least that Kafka grants by default.</summary>
    public static readonly TimeSpan Absence = TimeSpan.FromSeconds(6);

    // one turn takes a few milliseconds at the most
    private const int Turn = 4096;

    // how long an event of the group, which is rare, may wait for messages
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly KafkaSettings _kafka;
    private readonly MemberSlot _slot;
    private readonly IConsumer<Ignore, Ignore> _consumer;
    private readonly MessageQueue _messages;
    private readonly BrokerWatch _broker;
    private readonly long[] _next;
    private IBarReceiver? _receiver;

    /// <summary>Joins a group.</summary>
    /// <param name="kafka">Where Kafka is.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="group">The group.</param>
    /// <param name="clock">The clock of waits.</param>
    /// <param name="folder">Where the places of members on this machine are kept; null for the usual folder.</param>
    /// <exception cref="ServiceDownException">Kafka can't be reached.</exception>
    /// <exception cref="JobException">There is no such topic.</exception>
    public KafkaBarLog(KafkaSettings kafka, string topic, string group, TimeProvider clock, string? folder = null)
    {
        (_kafka, Topic, Group) = (kafka, topic, group);
        using (var topics = new KafkaTopics(kafka))
        {
            Partitions = topics.Partitions(topic) ?? throw new JobException(
                $"there is no topic '{topic}' on Kafka at {kafka.Servers}; fill it with: bf data replay --topic {topic}");
        }

        _next = new long[Partitions];
        Array.Fill(_next, -1);
        _slot = MemberSlot.Take(group, folder);
        _consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig(kafka.Client())
        {
            GroupId = group,
            GroupInstanceId = _slot.Name,
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
            // with the usual second, a queue that was full stays empty for most of it
            FetchQueueBackoffMs = 10,
            QueuedMaxMessagesKbytes = 32 * 1024,
            ConsumeResultFields = "none",
        })
            .SetPartitionsAssignedHandler((_, given) => Assigned(given))
            .SetPartitionsRevokedHandler((_, taken) => Revoked(taken, lost: false))
            .SetPartitionsLostHandler((_, taken) => Revoked(taken, lost: true))
            .SetErrorHandler((_, error) => Heard(error))
            .SetLogHandler((_, message) => KafkaLog.Write(message))
            .Build();
        _messages = new(KafkaLibrary.Ensure(kafka.Library), _consumer.Handle, Turn);
        _broker = new(kafka.Servers, Answers, new(clock));
        _consumer.Subscribe(topic);
    }

    /// <inheritdoc/>
    public string Topic { get; }

    /// <inheritdoc/>
    public int Partitions { get; }

    /// <summary>The group.</summary>
    public string Group { get; }

    /// <summary>This member's name in the group: the same after a restart on this machine.</summary>
    public string Member => _slot.Name;

    /// <inheritdoc/>
    public void Poll(IBarReceiver receiver, TimeSpan wait)
    {
        _receiver = receiver;
        while (true)
        {
            Serve();
            var slice = wait < Slice ? wait : Slice;
            var messages = _messages.Next(slice);
            foreach (var message in messages)
            {
                Hand(receiver, MessageQueue.At(message));
            }

            wait -= slice;
            if (messages.Length > 0 || wait <= TimeSpan.Zero)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Inform(int partition, long offset)
    {
        try
        {
            _consumer.StoreOffset(new TopicPartitionOffset(Topic, partition, offset));
        }
        catch (KafkaException)
        {
            // it was taken away meanwhile; who has it now tells
        }
    }

    /// <inheritdoc/>
    public long? Lag(int partition)
    {
        if (_next[partition] < 0)
        {
            return null;
        }

        var end = _consumer.GetWatermarkOffsets(new(Topic, partition)).High.Value;
        return end < 0 ? null : Math.Max(0, end - _next[partition]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _receiver = null;
        _broker.Dispose();
        // before the consumer is closed, which would wait for it
        _messages.Dispose();
        if (!_broker.IsDown)
        {
            try
            {
                _consumer.Close();
            }
            catch (KafkaException)
            {
                // what was committed last only informs
            }
        }

        _consumer.Dispose();
        _slot.Dispose();
    }

    /// <summary>Assignments and errors; messages don't come this way.</summary>
    private void Serve()
    {
        try
        {
            if (_consumer.Consume(TimeSpan.Zero) is { } stray)
            {
                throw new InvalidOperationException($"a message of {stray.TopicPartitionOffset} came past the queue");
            }
        }
        catch (ConsumeException e)
        {
            Fail(e.Error);
        }
        catch (KafkaException e)
        {
            Fail(e.Error);
        }
    }

    private void Hand(IBarReceiver receiver, in MessageQueue.Message message)
    {
        ref var next = ref _next[message.Partition];
        if (next < 0)
        {
            // it was in the queue when its partition was taken away
            return;
        }

        switch (message.Error)
        {
            case ErrorCode.NoError:
                next = message.Offset + 1;
                receiver.Message(message.Partition, message.Offset, message.Key, message.Value);
                break;
            case ErrorCode.Local_PartitionEOF:
                next = message.Offset;
                receiver.End(message.Partition, message.Offset);
                break;
            case ErrorCode.Local_AutoOffsetReset:
                throw Missing(message.Partition, next);
            default:
                Fail(new(message.Error, System.Text.Encoding.UTF8.GetString(message.Value)));
                break;
        }
    }

    private List<TopicPartitionOffset> Assigned(List<TopicPartition> given)
    {
        var offsets = new List<TopicPartitionOffset>(given.Count);
        if (_receiver is null || given.Count == 0)
        {
            return offsets;
        }

        var partitions = given.ConvertAll(p => p.Partition.Value);
        if (partitions.Exists(p => p >= Partitions))
        {
            throw new JobException(
                $"topic '{Topic}' had {Partitions} partitions when it was opened and has more now: the bars of a symbol may lie in two of them, in no order; replay into a new topic with as many partitions as are wanted");
        }

        var wanted = _receiver.Assigned(partitions);
        for (var i = 0; i < partitions.Count; i++)
        {
            _messages.Lead(given[i]);
            _next[partitions[i]] = wanted[i];
            offsets.Add(new(given[i], wanted[i] == 0 ? Offset.Beginning : wanted[i]));
        }

        return offsets;
    }

    private void Revoked(List<TopicPartitionOffset> taken, bool lost)
    {
        if (_receiver is null || taken.Count == 0)
        {
            return;
        }

        var partitions = taken.ConvertAll(p => p.Partition.Value);
        foreach (var partition in partitions)
        {
            _next[partition] = -1;
        }

        _receiver.Revoked(partitions, lost);
    }

    private void Heard(Error error)
    {
        if (error.Code == ErrorCode.Local_AllBrokersDown)
        {
            _broker.Suspect();
        }
    }

    private bool Answers()
    {
        try
        {
            using var admin = new DependentAdminClientBuilder(_consumer.Handle).Build();
            return admin.GetMetadata(Topic, TimeSpan.FromSeconds(2)) is not null;
        }
        catch (KafkaException)
        {
            return false;
        }
    }

    private JobException Missing(int partition, long offset)
    {
        var (first, end) = Ends(partition);
        return new(offset > end
            ? $"topic '{Topic}', partition {partition}: the next message was to be {offset}, but the topic ends at {end}; it was made anew since it was read: stream it into a lake of its own, or into this one with another --group"
            : $"topic '{Topic}', partition {partition}: the messages {offset} to {first - 1} were deleted before they were read (the topic's retention), so that bars are missing; replay them, or stream the topic as it is into a new lake");
    }

    private (long First, long End) Ends(int partition)
    {
        var ends = KafkaFault.Guard(_kafka, () => _consumer.QueryWatermarkOffsets(new(Topic, partition), TimeSpan.FromSeconds(10)));
        return (ends.Low.Value, ends.High.Value);
    }

    private void Fail(Error error)
    {
        switch (error.Code)
        {
            case ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_TimedOut or ErrorCode.Local_Resolve:
                _broker.Suspect();
                break;
            case ErrorCode.Local_MaxPollExceeded:
                Jobs.Log.Warn($"topic '{Topic}': nothing was read for so long that others got the partitions; joining again");
                break;
            case ErrorCode.FencedInstanceId or ErrorCode.Local_Fatal:
                throw new JobException($"group '{Group}': another process took this member's place, {Member} ({error.Reason}); two processes of one machine and user must see the same folder for temporary files (TMPDIR)");
            case ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition:
                throw new JobException($"topic '{Topic}' is gone: it was deleted while it was read");
            default:
                throw new JobException($"topic '{Topic}': {error.Reason}");
        }
    }
}
