using Bf.Core.Exchange;
using Bf.Jobs.Streaming.Kafka;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Replay;

/// <summary>What a topic has already: how many messages, and the last bar of each partition.</summary>
internal sealed class TopicEnds : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly KafkaSettings _settings;
    private readonly string _topic;
    private readonly IConsumer<Ignore, byte[]> _consumer;
    private readonly WatermarkOffsets[] _offsets;

    /// <exception cref="ServiceDownException">Kafka can't be reached.</exception>
    public TopicEnds(KafkaSettings settings, string topic, int partitions, TimeProvider clock)
    {
        (_settings, _topic) = (settings, topic);
        // the group is never joined: partitions are assigned
        _consumer = new ConsumerBuilder<Ignore, byte[]>(new ConsumerConfig(settings.Client()) { GroupId = "bf-replay", EnableAutoCommit = false, EnablePartitionEof = true, FetchWaitMaxMs = 10 })
            .SetLogHandler((_, m) => KafkaLog.Write(m)).SetErrorHandler((_, e) => KafkaLog.Write(e)).Build();
        _offsets = KafkaFault.Guard(settings, () => Enumerable.Range(0, partitions).Select(p => _consumer.Ends(new(topic, p), clock)).ToArray());
    }

    /// <summary>The topic's messages.</summary>
    public long Messages => _offsets.Sum(o => o.High.Value - o.Low.Value);

    /// <summary>The last bar of each partition; null for one without messages.</summary>
    /// <exception cref="JobException">The last message of a partition is no bar, or was deleted.</exception>
    public IReadOnlyList<TopicEnd?> Read() => KafkaFault.Guard(_settings, () => _offsets.Select((o, p) => o.High == 0 ? null : Read(p, o)).ToArray());

    private TopicEnd Read(int partition, WatermarkOffsets offsets)
    {
        // the very last offset may be no message, but the mark of a transaction
        for (var back = 1L; ; back *= 100)
        {
            if (LastFrom(partition, Math.Max(offsets.Low, offsets.High - back)) is { } message)
            {
                return BarJson.Read(message, out var bar) is { } rule
                    ? throw new JobException($"the last message of {_topic}/{partition} is no bar ({rule}), so nobody can tell where to go on; replay into another --topic, or without --resume")
                    : new(bar.Ts, bar.Symbol.ToArray());
            }

            if (offsets.High - back <= offsets.Low)
            {
                throw new JobException($"the messages of {_topic}/{partition} were deleted by Kafka (retention), so nobody can tell where to go on; replay into another --topic, or without --resume");
            }
        }
    }

    private byte[]? LastFrom(int partition, long offset)
    {
        _consumer.Assign(new TopicPartitionOffset(_topic, partition, offset));
        byte[]? last = null;
        while (_consumer.Consume(Patience) is var result)
        {
            if (result is null)
            {
                throw KafkaFault.Down(_settings, $"no answer for {Patience.TotalSeconds:0} s");
            }

            if (result.IsPartitionEOF)
            {
                break;
            }

            last = result.Message.Value ?? [];
        }

        return last;
    }

    /// <inheritdoc/>
    public void Dispose() => _consumer.Dispose();
}
