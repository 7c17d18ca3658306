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

    // a rival under the same name is met again sooner
    private static readonly TimeSpan RivalsMeet = TimeSpan.FromSeconds(30);

    // one turn takes a few milliseconds at the most
    private const int Turn = 4096;

    private readonly KafkaSettings _kafka;
    private readonly MemberSlot _slot;
    private readonly TimeProvider _clock;
    private IConsumer<CopiedBytes, CopiedBytes> _consumer;
    private readonly BrokerWatch _broker;
    private readonly long[] _next;
    private IBarReceiver? _receiver;
    private long? _fencedAt;

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
        (_kafka, Topic, Group, _clock) = (kafka, topic, group, clock);
        using (var topics = new KafkaTopics(kafka))
        {
            Partitions = topics.Partitions(topic) ?? throw new JobException(
                $"there is no topic '{topic}' on Kafka at {kafka.Servers}; fill it with: bf data replay --topic {topic}");
            Identity = topics.Identity(topic);
        }

        _next = new long[Partitions];
        Array.Fill(_next, -1);
        _slot = MemberSlot.Take(group, folder);
        _consumer = Join();
        _broker = new(kafka.Servers, Answers, new(clock));
    }

    /// <inheritdoc/>
    public string Topic { get; }

    /// <inheritdoc/>
    public int Partitions { get; }

    /// <summary>What tells the topic from a later one of the same name; 0 where the broker does not say.</summary>
    public long Identity { get; }

    /// <inheritdoc/>
    public bool IsAway => _broker.IsDown;

    /// <summary>The group.</summary>
    public string Group { get; }

    /// <summary>This member's name in the group: the same after a restart on this machine.</summary>
    public string Member => _slot.Name;

    /// <inheritdoc/>
    public void Poll(IBarReceiver receiver, TimeSpan wait)
    {
        _receiver = receiver;
        for (var i = 0; i < Turn && Next(i == 0 ? wait : TimeSpan.Zero) is { } message; i++)
        {
            ref var next = ref _next[message.Partition.Value];
            if (next < 0)
            {
                continue;
            }

            var offset = message.Offset.Value;
            if (message.IsPartitionEOF)
            {
                next = offset;
                receiver.End(message.Partition.Value, offset);
            }
            else
            {
                next = offset + 1;
                receiver.Message(message.Partition.Value, offset, message.Message.Key.Span, message.Message.Value.Span);
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

    /// <summary>The next message or end; assignments are made on the way. Null when there is none.</summary>
    private ConsumeResult<CopiedBytes, CopiedBytes>? Next(TimeSpan wait)
    {
        try
        {
            return _consumer.Consume(wait);
        }
        catch (ConsumeException e) when (e.Error.Code == ErrorCode.Local_AutoOffsetReset)
        {
            throw Missing(e.ConsumerRecord.Partition.Value);
        }
        catch (KafkaException e)
        {
            Fail(e.Error);
            return null;
        }
    }

    private IConsumer<CopiedBytes, CopiedBytes> Join()
    {
        var consumer = new ConsumerBuilder<CopiedBytes, CopiedBytes>(new ConsumerConfig(_kafka.Client())
        {
            GroupId = Group,
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
            .SetKeyDeserializer(new CopiedBytes())
            .SetValueDeserializer(new CopiedBytes())
            .SetPartitionsAssignedHandler((_, given) => Assigned(given))
            .SetPartitionsRevokedHandler((_, taken) => Revoked(taken, lost: false))
            .SetPartitionsLostHandler((_, taken) => Revoked(taken, lost: true))
            .SetErrorHandler((_, error) => Heard(error))
            .SetLogHandler((_, message) => KafkaLog.Write(message))
            .Build();
        consumer.Subscribe(Topic);
        return consumer;
    }

    /// <summary>
    /// Joins anew under the same name. A broker that goes down while a member joins may know it under an identity that the member never heard of,
    /// and then takes it for its own rival; the lock of the name says that there is none.
    /// </summary>
    private void JoinAnew()
    {
        List<int> lost = [.. Enumerable.Range(0, Partitions).Where(p => _next[p] >= 0)];
        Array.Fill(_next, -1);
        if (lost.Count > 0)
        {
            _receiver?.Revoked(lost, lost: true);
        }

        _consumer.Dispose();
        _consumer = Join();
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
        catch (Exception e) when (e is KafkaException or ObjectDisposedException)
        {
            return false;
        }
    }

    private JobException Missing(int partition)
    {
        var offset = _next[partition];
        var ends = KafkaFault.Guard(_kafka, () => _consumer.Ends(new(Topic, partition)));
        var (first, end) = (ends.Low.Value, ends.High.Value);
        return new(offset > end
            ? $"topic '{Topic}', partition {partition}: the next message was to be {offset}, but the topic ends at {end}; it was made anew since it was read. Begin at its beginning with --restart, or stream it into a lake of its own"
            : $"topic '{Topic}', partition {partition}: the messages {offset} to {first - 1} were deleted before they were read (the topic's retention), so that bars are missing. Replay them into a new topic; or count what the topic has from its beginning: --restart, in a new lake");
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
            case ErrorCode.FencedInstanceId or ErrorCode.Local_Fatal when _fencedAt is null || _clock.GetElapsedTime(_fencedAt.Value) > RivalsMeet:
                _fencedAt = _clock.GetTimestamp();
                JoinAnew();
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
