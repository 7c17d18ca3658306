using System.Text;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Bus;
using Confluent.Kafka;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>Keeps what a log hands over. Readers of one group share their counts, as members of a stream share the lake.</summary>
/// <param name="counted">For each partition the offset after the last message that counts; reading begins there.</param>
internal sealed class LogReader(long[] counted) : IBarReceiver
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>What came, as <c>partition@offset key=value</c>.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>For each partition that was read to its end the offset of the next message.</summary>
    public Dictionary<int, long> Ends { get; } = [];

    /// <summary>The partitions that this member has.</summary>
    public SortedSet<int> Has { get; } = [];

    public IReadOnlyList<long> Assigned(IReadOnlyList<int> partitions)
    {
        Has.UnionWith(partitions);
        return [.. partitions.Select(p => counted[p])];
    }

    public void Revoked(IReadOnlyList<int> partitions, bool lost)
    {
        Has.ExceptWith(partitions);
        foreach (var partition in partitions)
        {
            Ends.Remove(partition);
        }
    }

    public void Message(int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Assert.Contains(partition, Has);
        Assert.True(offset >= counted[partition], $"{partition}@{offset} comes twice");
        counted[partition] = offset + 1;
        Messages.Add($"{partition}@{offset} {Encoding.UTF8.GetString(key)}={Encoding.UTF8.GetString(value)}");
    }

    public void End(int partition, long next) => Ends[partition] = next;

    /// <summary>Polls until something is so.</summary>
    public void Until(IBarLog log, Func<bool> done)
    {
        for (var i = 0; i < 1200 && !done(); i++)
        {
            log.Poll(this, Slice);
        }

        Assert.True(done(), $"after a minute there are {Messages.Count} messages, partitions {string.Join(',', Has)}, ends {string.Join(',', Ends)}");
    }

    /// <summary>Sends messages <c>KEY=VALUE</c> to a partition.</summary>
    public static void Send(KafkaSettings kafka, string topic, int partition, params IEnumerable<string> messages)
    {
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig(kafka.Client()) { LingerMs = 1 }).SetLogHandler((_, _) => { }).Build();
        foreach (var message in messages)
        {
            var (key, value) = (message[..message.IndexOf('=', StringComparison.Ordinal)], message[(message.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            producer.Produce(new TopicPartition(topic, partition), new() { Key = key.Length == 0 ? null! : key, Value = value });
        }

        Assert.Equal(0, producer.Flush(TimeSpan.FromSeconds(30)));
    }
}
