using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>Topics: which there are, and new ones.</summary>
internal sealed class KafkaTopics : IDisposable
{
    private readonly KafkaSettings _settings;
    private readonly TimeSpan _patience;
    private readonly IAdminClient _admin;

    /// <param name="settings">How Kafka is reached.</param>
    /// <param name="patience">How long an answer is waited for; ten seconds when not given.</param>
    public KafkaTopics(KafkaSettings settings, TimeSpan? patience = null)
    {
        (_settings, _patience) = (settings, patience ?? TimeSpan.FromSeconds(10));
        _admin = new AdminClientBuilder(new AdminClientConfig(settings.Client()))
            .SetLogHandler((_, m) => KafkaLog.Write(m)).SetErrorHandler((_, e) => KafkaLog.Write(e)).Build();
    }

    /// <summary>The number of partitions of a topic; null where there is no such topic.</summary>
    /// <exception cref="ServiceDownException">Kafka can't be reached in time.</exception>
    public int? Partitions(string topic) => KafkaFault.Guard(_settings, () =>
    {
        // of all topics: asking for one may create it
        var found = _admin.GetMetadata(_patience).Topics.Find(t => t.Topic == topic);
        return found is null || found.Error.Code == ErrorCode.UnknownTopicOrPart ? null
            : found.Error.IsError ? throw new KafkaException(found.Error)
            : (int?)found.Partitions.Count;
    });

    /// <summary>What tells a topic from one of the same name that is made after it is deleted; 0 where the broker does not say.</summary>
    public long Identity(string topic)
    {
        try
        {
            var found = _admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic]), new() { RequestTimeout = _patience }).GetAwaiter().GetResult();
            var id = found.TopicDescriptions[0].TopicId;
            return id.MostSignificantBits ^ id.LeastSignificantBits;
        }
        catch (KafkaException)
        {
            return 0; // an old broker
        }
    }

    /// <summary>Sees to it that there is a topic.</summary>
    /// <param name="topic">Its name.</param>
    /// <param name="partitions">The partitions of a new one.</param>
    /// <param name="configs">Settings of a new one that differ from the cluster's.</param>
    /// <returns>How many partitions it has, and whether it is new.</returns>
    /// <exception cref="ServiceDownException">Kafka can't be reached in time.</exception>
    /// <exception cref="JobException">It can't be created.</exception>
    public (int Partitions, bool Created) Ensure(string topic, int partitions, params IEnumerable<KeyValuePair<string, string>> configs)
    {
        if (Partitions(topic) is { } known)
        {
            return (known, false);
        }

        var created = KafkaFault.Guard(_settings, () =>
        {
            try
            {
                // replicated as the cluster's default says
                _admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = -1, Configs = new(configs) }], new CreateTopicsOptions { RequestTimeout = _patience, OperationTimeout = _patience }).GetAwaiter().GetResult();
                return true;
            }
            catch (CreateTopicsException e) when (e.Results[0].Error is var error && !KafkaFault.IsDown(error.Code))
            {
                return error.Code == ErrorCode.TopicAlreadyExists ? false
                    : throw new JobException($"the topic {topic} can't be created: {error.Reason}");
            }
        });
        return (created ? partitions : Partitions(topic) ?? partitions, created);
    }

    /// <inheritdoc/>
    public void Dispose() => _admin.Dispose();
}
