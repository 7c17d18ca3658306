using Bf.Jobs.Streaming.Bus;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>A topic with one partition, so that all hear all in one order. What was said is kept for a day, which serves only who looks into it.</summary>
internal sealed class KafkaBroadcast : IBroadcast
{
    // a broker that is started anew is waited for
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly KafkaSettings _kafka;
    private readonly string _topic;
    private readonly Backoff _backoff;
    private readonly IProducer<Null, byte[]> _mouth;
    private readonly IConsumer<Ignore, byte[]> _ear;
    private volatile Error? _unsaid;

    /// <summary>Listens from now on.</summary>
    /// <param name="kafka">Where Kafka is.</param>
    /// <param name="topic">The topic; created where it is not there.</param>
    /// <param name="clock">The clock of waits.</param>
    /// <exception cref="ServiceDownException">Kafka can't be reached.</exception>
    /// <exception cref="JobException">The topic has several partitions, or can't be created.</exception>
    public KafkaBroadcast(KafkaSettings kafka, string topic, TimeProvider clock)
    {
        (_kafka, _topic, _backoff) = (kafka, topic, new(clock));
        using (var topics = new KafkaTopics(kafka))
        {
            var (partitions, _) = topics.Ensure(topic, 1, [new("retention.ms", "86400000"), new("cleanup.policy", "delete")]);
            if (partitions != 1)
            {
                throw new JobException($"topic '{topic}' has {partitions} partitions; what members tell each other needs one: delete it, or name another --group");
            }
        }

        _ear = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig(kafka.Client())
        {
            GroupId = topic,
            EnableAutoCommit = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            FetchMinBytes = 1,
            FetchQueueBackoffMs = 10,
            QueuedMaxMessagesKbytes = 16 * 1024,
            ConsumeResultFields = "none",
        }).SetLogHandler((_, m) => KafkaLog.Write(m)).SetErrorHandler((_, e) => KafkaLog.Write(e)).Build();
        var only = new TopicPartition(topic, 0);
        // the end as it is now, not as it is when the first message is fetched
        _ear.Assign(new TopicPartitionOffset(only, KafkaFault.Guard(kafka, () => _ear.Ends(only, clock)).High));
        _mouth = new ProducerBuilder<Null, byte[]>(new ProducerConfig(kafka.Client())
        {
            EnableIdempotence = true,
            LingerMs = 1,
            CompressionType = CompressionType.Lz4,
            MessageTimeoutMs = (int)Patience.TotalMilliseconds,
            QueueBufferingMaxKbytes = 32 * 1024,
        }).SetLogHandler((_, m) => KafkaLog.Write(m)).SetErrorHandler((_, e) => KafkaLog.Write(e)).Build();
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceDownException">What was said before could not be delivered.</exception>
    public void Say(ReadOnlySpan<byte> message)
    {
        var words = new Message<Null, byte[]> { Value = message.ToArray() };
        while (true)
        {
            Check();
            try
            {
                _mouth.Produce(_topic, words, delivered =>
                {
                    if (delivered.Error.IsError)
                    {
                        _unsaid ??= delivered.Error;
                    }
                });
                return;
            }
            catch (ProduceException<Null, byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
            {
                _backoff.Wait(TimeSpan.FromMilliseconds(5));
            }
            catch (KafkaException e)
            {
                throw KafkaFault.Of(e.Error, _kafka);
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ServiceDownException">What was said before could not be delivered.</exception>
    /// <exception cref="JobException">Something that others said is lost: it was deleted before it was heard.</exception>
    public byte[]? Hear()
    {
        Check();
        try
        {
            return _ear.Consume(TimeSpan.Zero)?.Message.Value;
        }
        catch (ConsumeException e) when (e.Error.Code == ErrorCode.Local_AutoOffsetReset)
        {
            throw new JobException($"topic '{_topic}': what the others said was deleted before this member heard it; start it anew");
        }
        catch (KafkaException e) when (KafkaFault.IsDown(e.Error.Code))
        {
            // librdkafka goes on trying
            return null;
        }
        catch (KafkaException e)
        {
            throw KafkaFault.Of(e.Error, _kafka);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _mouth.Flush(TimeSpan.FromSeconds(2));
        _mouth.Dispose();
        _ear.Dispose();
    }

    private void Check()
    {
        if (_unsaid is { } error)
        {
            throw KafkaFault.Of(error, _kafka);
        }
    }
}
