using System.Globalization;
using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Native;

/// <summary>The command lines of MinIO, Kafka and Elasticsearch, as their archives start in the foreground.</summary>
internal sealed class NativeCommands(Settings settings, NativeArchives archives, NativeHome home, InfraPlaces places)
{
    private const string NodeId = "1";

    /// <summary>How a service is started; writes the files that it is started with.</summary>
    public NativeCommand Of(InfraService service) =>
        service == InfraService.Minio ? Minio()
        : service == InfraService.Kafka ? Kafka()
        : service == InfraService.Elasticsearch ? Elasticsearch()
        : new SparkCommands(settings, archives.HomeOf(service), home, places).Of(service);

    /// <summary>The keys of the bucket: MinIO's own unless the settings have others.</summary>
    public static (string Access, string Secret) Keys(Settings settings) => (settings.Of("MINIO_ACCESS_KEY").Value ?? WellKnown, settings.Of("MINIO_SECRET_KEY").Value ?? WellKnown);

    /// <summary>MinIO's key where nobody chose one: no secret.</summary>
    public const string WellKnown = "minioadmin";

    /// <summary>Whether an archive of Elasticsearch is the one that Elastic publishes, with all its parts.</summary>
    public static bool IsPublished(string folder) => Directory.Exists(Path.Combine(folder, "modules", "x-pack-security"));

    private NativeCommand Minio()
    {
        var (access, secret) = Keys(settings);
        return new(archives.Minio!,
            ["server", "--address", Place(InfraService.Minio.Ports[0]), "--console-address", Place(InfraService.Minio.Ports[1]), home.Data("minio")],
            [("MINIO_ROOT_USER", access), ("MINIO_ROOT_PASSWORD", secret), ("MINIO_UPDATE", "off")]);
    }

    private NativeCommand Kafka()
    {
        var (folder, data, file) = (archives.HomeOf(InfraService.Kafka), home.Data("kafka"), home.Conf("kafka.properties"));
        var controller = string.Create(CultureInfo.InvariantCulture, $"{places.Host}:{places.Of(InfraService.Kafka.Ports[1])}");
        NativeHome.Write(file, $"""
            process.roles=broker,controller
            node.id={NodeId}
            controller.quorum.voters={NodeId}@{controller}
            listeners=PLAINTEXT://{Place(InfraService.Kafka.Ports[0])},CONTROLLER://{controller}
            advertised.listeners=PLAINTEXT://{places.Address(InfraService.Kafka.Ports[0])}
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            inter.broker.listener.name=PLAINTEXT
            controller.listener.names=CONTROLLER
            log.dirs={InProperties(data)}
            auto.create.topics.enable=false
            offsets.topic.replication.factor=1
            transaction.state.log.replication.factor=1
            transaction.state.log.min.isr=1
            share.coordinator.state.topic.replication.factor=1
            share.coordinator.state.topic.min.isr=1
            group.initial.rebalance.delay.ms=0
            log.cleaner.dedupe.buffer.size=16777216

            """);
        var heap = settings.Of("KAFKA_HEAP").Value!;
        (string, string?)[] environment = [("KAFKA_HEAP_OPTS", $"-Xmx{heap}"), ("LOG_DIR", home.Logs("kafka")), ("KAFKA_LOG_TARGET", "SYSTEM_OUT")];
        return new(Path.Combine(folder, "bin", "kafka-server-start.sh"), [file], environment)
        {
            First = File.Exists(Path.Combine(data, "meta.properties")) ? null
                : new(Path.Combine(folder, "bin", "kafka-storage.sh"), ["format", "--ignore-formatted", "-t", ClusterId(), "-c", file], environment),
        };
    }

    /// <summary>A path as a file of Java's properties holds it, whose bytes are Latin-1.</summary>
    /// <exception cref="JobException">Kafka would take it for two.</exception>
    private static string InProperties(string path) =>
        path.Contains(',', StringComparison.Ordinal) ? throw new JobException($"Kafka takes no folder with a comma in its path, such as {path}: set BF_INFRA_HOME to another")
        : string.Concat(path.Select(c => c == '\\' ? @"\\" : c is < ' ' or > '~' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : $"{c}"));

    /// <summary>A new cluster's name: 16 random bytes as Kafka writes them, not beginning with a dash.</summary>
    private static string ClusterId() => "b" + Convert.ToBase64String(Guid.NewGuid().ToByteArray()).TrimEnd('=').Replace('+', '-').Replace('/', '_')[1..];

    private NativeCommand Elasticsearch()
    {
        var folder = archives.HomeOf(InfraService.Elasticsearch);
        var heap = settings.Of("ELASTICSEARCH_HEAP").Value!;
        // the settings of parts that an archive does not have are refused
        string[] parts = IsPublished(folder)
            ? ["-Expack.security.enabled=false", "-Expack.security.enrollment.enabled=false", "-Expack.ml.enabled=false", "-Ediscovery.type=single-node", $"-Epath.logs={home.Logs("elasticsearch")}"]
            : [];
        return new(Path.Combine(folder, "bin", "elasticsearch"),
            [
                "-Ecluster.name=breadthflow", "-Enode.name=bf-1", $"-Epath.data={home.Data("elasticsearch")}",
                $"-Enetwork.host={places.Bind}", $"-Ehttp.port={Number(InfraService.Elasticsearch.Ports[0])}", $"-Etransport.port={Number(InfraService.Elasticsearch.Ports[1])}", .. parts,
            ],
            [("ES_JAVA_OPTS", $"-Xms{heap} -Xmx{heap}"), ("ES_HOME", folder)]);
    }

    private string Place(ServicePort port) => $"{places.Bind}:{Number(port)}";

    private string Number(ServicePort port) => places.Of(port).ToString(CultureInfo.InvariantCulture);
}
