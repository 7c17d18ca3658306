using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Streaming.Traces;
using Bf.Jobs.Telemetry;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>A topic of Kafka, read by the members of a consumer group.</summary>
/// <remarks>
/// Partitions change hands one by one (cooperative): what a member keeps goes on without a break, and what it loses is taken from it before another gets it.
/// Members are static: one that ends, in whatever way, and comes back within <see cref="BarLogConfig.Absence"/> finds its partitions waiting; after that the others have them.
/// </remarks>
internal sealed class KafkaBarLog : IBarLog
{
    private static readonly TimeSpan EndsPatience = TimeSpan.FromSeconds(3);

    // a rival under the same name is met again sooner
    private static readonly TimeSpan RivalsMeet = TimeSpan.FromSeconds(30);

    // one turn takes a few milliseconds at the most
    private const int Turn = 4096;

    private readonly KafkaSettings _kafka;
    private readonly BarLogFaults _faults;
    private readonly MemberSlot _slot;
    private readonly TimeProvider _clock;
    private IConsumer<CopiedBytes, CopiedBytes> _consumer;
    private readonly BrokerWatch _broker;
    private readonly long[] _next;
    private IBarReceiver? _receiver;
    private long? _fencedAt;
    private byte[]? _sender;

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
            Partitions = topics.Partitions(topic) ?? throw BarLogFaults.None(kafka, topic);
            Identity = topics.Identity(topic);
        }

        _next = new long[Partitions];
        Array.Fill(_next, -1);
        _slot = MemberSlot.Take(group, folder);
        _faults = new(kafka, topic, group, _slot.Name, clock);
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
                if (Span.IsOn)
                {
                    Trace(receiver, message.Message.Headers);
                }

                receiver.Message(message.Partition.Value, offset, message.Message.Key.Span, message.Message.Value.Span);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<long>? Ends()
    {
        try
        {
            return [.. Enumerable.Range(0, Partitions).Select(p => _consumer.QueryWatermarkOffsets(new(Topic, p), EndsPatience).High.Value)];
        }
        catch (KafkaException)
        {
            return null;
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

    /// <summary>Says which span sent the next message, where that is another than the last one's.</summary>
    private void Trace(IBarReceiver receiver, Headers? headers)
    {
        var sender = headers is not null && headers.TryGetLastBytes(TraceHeader.Name, out var bytes) ? bytes : null;
        if (!sender.AsSpan().SequenceEqual(_sender))
        {
            _sender = sender;
            receiver.Trace(TraceHeader.Read(sender));
        }
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
            throw _faults.Missing(_consumer, e.ConsumerRecord.Partition.Value, _next[e.ConsumerRecord.Partition.Value], e.Error);
        }
        catch (KafkaException e)
        {
            if (BarLogFaults.IsFenced(e.Error) && !(_fencedAt is { } before && _clock.GetElapsedTime(before) <= RivalsMeet))
            {
                _fencedAt = _clock.GetTimestamp();
                JoinAnew();
            }
            else if (_faults.Of(e.Error) is { } fatal)
            {
                throw fatal;
            }

            Heard(e.Error);
            return null;
        }
    }

    private IConsumer<CopiedBytes, CopiedBytes> Join()
    {
        var consumer = new ConsumerBuilder<CopiedBytes, CopiedBytes>(BarLogConfig.Of(_kafka, Group, _slot.Name))
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
            throw _faults.Grown(Partitions);
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
        if (KafkaFault.IsDown(error.Code))
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
}
