using Bf.Jobs.Config;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>How Kafka is reached.</summary>
/// <param name="Servers">Brokers, <c>host:port</c>, separated by commas.</param>
/// <param name="Protocol">plaintext or ssl.</param>
/// <param name="CaFile">The certificates that are trusted, where they are not the system's.</param>
/// <param name="Library">A file of librdkafka, where it is not found otherwise.</param>
internal sealed record KafkaSettings(string Servers, string Protocol = "plaintext", string? CaFile = null, string? Library = null)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="JobException">One of them can't be.</exception>
    public static KafkaSettings Of(Settings settings)
    {
        var servers = settings.Of("KAFKA_BOOTSTRAP_SERVERS").Value!;
        var protocol = settings.Of("KAFKA_SECURITY_PROTOCOL").Value!.ToLowerInvariant();
        return servers.Trim().Length == 0 ? throw new JobException("KAFKA_BOOTSTRAP_SERVERS is empty; write KAFKA_BOOTSTRAP_SERVERS=host:9092")
            : protocol is not ("plaintext" or "ssl") ? throw new JobException($"KAFKA_SECURITY_PROTOCOL is '{protocol}'; known are plaintext and ssl")
            : new(servers, protocol, settings.Of("KAFKA_SSL_CA").Value, settings.Of("BF_LIBRDKAFKA").Value);
    }

    /// <summary>What every client begins with: <c>new ConsumerConfig(settings.Client())</c>. Loads the library, and builds it where it is not there yet.</summary>
    /// <exception cref="JobException">The library is not there and can't be built.</exception>
    public ClientConfig Client()
    {
        KafkaLibrary.Ensure(Library);
        var config = new ClientConfig
        {
            BootstrapServers = Servers,
            ClientId = "bf",
            SecurityProtocol = Protocol == "ssl" ? Confluent.Kafka.SecurityProtocol.Ssl : Confluent.Kafka.SecurityProtocol.Plaintext,
            ReconnectBackoffMaxMs = 1_000, // who waits for a broker that comes back does not want to wait ten seconds more
        };
        if (CaFile is { Length: > 0 })
        {
            config.SslCaLocation = CaFile;
        }

        return config;
    }
}
