using System.Globalization;
using System.Text;
using Bf.Jobs.Infra.Health.Wire;
using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Infra.Health;

/// <summary>
/// Puts a message into the topic <c>bf-health</c> and reads it back. The topic, of one partition, is made when it is missing and stays; what is in it goes after an hour.
/// </summary>
/// <remarks>
/// The few requests that this takes are written here, in versions that brokers from 2.4 to 4.x know (kafka.apache.org/protocol): librdkafka may first have to be built,
/// its calls can't be ended, and a check has seconds.
/// </remarks>
internal sealed class KafkaProbe(KafkaSettings settings, TimeProvider clock) : IHealthProbe
{
    /// <summary>The topic.</summary>
    public const string Topic = "bf-health";

    private const short UnknownTopic = 3, LeaderNotAvailable = 5, TopicExists = 36;
    private const int UsualPort = 9092;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Backoff _backoff = new(clock);
    private readonly List<(string Host, int Port)> _servers = [.. settings.Servers.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Server)];

    /// <inheritdoc/>
    public string Address => settings.Servers;

    /// <inheritdoc/>
    public (string Host, int Port) Listens => _servers[0];

    /// <inheritdoc/>
    public Finding Ask(TimeSpan within, CancellationToken cancel)
    {
        using var first = Connect(within, cancel);
        var version = KafkaVersion.Of(first, cancel);
        var leader = Leader(first, (int)within.TotalMilliseconds, cancel);
        using var own = leader == Listens ? null : Reach(leader, cancel);
        var broker = own ?? first;
        var value = Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}");
        var offset = Put(broker, value, (int)within.TotalMilliseconds, cancel);
        while (!Get(broker, offset, value, cancel))
        {
            _backoff.Wait(Pause, cancel);
        }

        return new(version, "a message produced and consumed");
    }

    /// <summary>The first broker of the list that answers.</summary>
    private KafkaConnection Connect(TimeSpan within, CancellationToken cancel)
    {
        for (var at = 0; ; at++)
        {
            using var share = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            share.CancelAfter(within / _servers.Count);
            try
            {
                return new(_servers[at], settings, share.Token);
            }
            catch (Exception e) when (at < _servers.Count - 1 && e is ServiceDownException or OperationCanceledException && !cancel.IsCancellationRequested)
            {
                // the next one
            }
        }
    }

    /// <summary>The broker that leads the topic's partition; the topic is made where it is missing.</summary>
    private (string Host, int Port) Leader(KafkaConnection broker, int patience, CancellationToken cancel)
    {
        while (true)
        {
            var answer = broker.Ask(KafkaApi.Metadata, 4, new KafkaWriter().Int(1).Text(Topic).Byte(0), cancel);
            answer.Int(); // throttled
            var brokers = answer.List(r =>
            {
                var (id, host, port) = (r.Int(), r.Text(), r.Int());
                r.Text(); // rack
                return (Id: id, Host: host!, Port: port);
            });
            answer.Text(); // cluster
            answer.Int(); // controller
            var topic = answer.List(r =>
            {
                var error = r.Short();
                r.Text();
                r.Byte(); // internal
                var leaders = r.List(p =>
                {
                    p.Short();
                    p.Int();
                    var leader = p.Int();
                    p.List(i => i.Int()); // replicas
                    p.List(i => i.Int()); // in sync
                    return leader;
                });
                return (Error: error, Leader: leaders is [var only, ..] ? only : -1);
            })[0];
            if (topic.Error == UnknownTopic)
            {
                Make(broker, patience, cancel);
            }
            else if (topic.Error is not (0 or LeaderNotAvailable))
            {
                throw Refused(topic.Error);
            }
            else if (brokers.Find(b => b.Id == topic.Leader) is { Host: not null } found)
            {
                return (found.Host, found.Port);
            }

            _backoff.Wait(Pause, cancel); // a new topic has no leader for a moment
        }
    }

    private static void Make(KafkaConnection broker, int patience, CancellationToken cancel)
    {
        // replicated as the cluster's default says
        var topic = new KafkaWriter().Int(1).Text(Topic).Int(1).Short(-1).Int(0)
            .Int(3).Text("retention.ms").Text("3600000").Text("cleanup.policy").Text("delete").Text("compression.type").Text("uncompressed");
        var answer = broker.Ask(KafkaApi.CreateTopics, 4, topic.Int(patience).Byte(0), cancel);
        answer.Int(); // throttled
        answer.Int(); // one topic
        answer.Text();
        var error = answer.Short();
        if (error is not (0 or TopicExists))
        {
            throw new ServiceDownException($"the topic {Topic} can't be created: {answer.Text() ?? $"error {error}"}");
        }
    }

    private KafkaConnection Reach((string Host, int Port) leader, CancellationToken cancel)
    {
        try
        {
            return new(leader, settings, cancel);
        }
        catch (ServiceDownException e)
        {
            throw new JobException($"the broker says that clients reach it at {leader.Host}:{leader.Port}, which fails from here ({e.Message}): its advertised.listeners must name an address of this network");
        }
    }

    private long Put(KafkaConnection broker, ReadOnlySpan<byte> value, int patience, CancellationToken cancel)
    {
        // acknowledged by all replicas
        var put = new KafkaWriter().Text(null).Short(-1).Int(patience).Int(1).Text(Topic).Int(1).Int(0).Batch(value, clock.GetUtcNow().ToUnixTimeMilliseconds());
        var answer = broker.Ask(KafkaApi.Produce, 3, put, cancel);
        answer.Int();
        answer.Text();
        answer.Int();
        answer.Int(); // partition
        var error = answer.Short();
        return error == 0 ? answer.Long() : throw Refused(error);
    }

    private static bool Get(KafkaConnection broker, long offset, ReadOnlySpan<byte> value, CancellationToken cancel)
    {
        const int Bytes = 1 << 16, Wait = 500;
        var answer = broker.Ask(KafkaApi.Fetch, 4, new KafkaWriter().Int(-1).Int(Wait).Int(1).Int(Bytes).Byte(0).Int(1).Text(Topic).Int(1).Int(0).Long(offset).Int(Bytes), cancel);
        answer.Int(); // throttled
        answer.Int();
        answer.Text();
        answer.Int();
        answer.Int(); // partition
        var error = answer.Short();
        if (error != 0)
        {
            throw Refused(error);
        }

        answer.Long(); // end
        answer.Long(); // end of what is stable
        answer.List(r => r.Long() + r.Long()); // aborted
        return answer.Take(Math.Max(0, answer.Int())).IndexOf(value) >= 0; // no other message has this value
    }

    private static Exception Refused(short error) => error is 29 or 30
        ? new JobException($"Kafka does not let bf use the topic {Topic} (error {error})")
        : new NotReadyException($"Kafka answers with error {error} (kafka.apache.org/protocol)");

    private static (string Host, int Port) Server(string text)
    {
        var place = text[(text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..];
        var colon = place.LastIndexOf(':');
        return colon <= place.LastIndexOf(']') ? (place.Trim('[', ']'), UsualPort)
            : int.TryParse(place[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? (place[..colon].Trim('[', ']'), port)
            : throw new JobException($"KAFKA_BOOTSTRAP_SERVERS: '{place}' is no address like localhost:9092");
    }
}
