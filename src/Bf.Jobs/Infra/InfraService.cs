namespace Bf.Jobs.Infra;

/// <summary>A service of the infrastructure: what it is for, and where it listens.</summary>
/// <param name="Name">Its name in the compose file, on the command line and in results.</param>
/// <param name="Purpose">What it is for, in half a sentence.</param>
/// <param name="Ports">Where it listens; the first is the one that bf or a person uses.</param>
public sealed record InfraService(string Name, string Purpose, IReadOnlyList<ServicePort> Ports)
{
    /// <summary>The setting by which bf finds it, wherever it is, such as <c>MINIO_ENDPOINT</c>; null where it has none of its own.</summary>
    public string? AddressSetting { get; init; }

    /// <summary>The lake's bucket.</summary>
    public static readonly InfraService Minio = new("minio", "the lake's bucket (S3)", [new("MINIO_PORT", 9000, "S3", "http"), new("MINIO_CONSOLE_PORT", 9001, "console", "http", IsPage: true)]) { AddressSetting = "MINIO_ENDPOINT" };

    /// <summary>Bars and signals as messages.</summary>
    public static readonly InfraService Kafka = new("kafka", "bars and signals as messages", [new("KAFKA_PORT", 9092, "broker"), new("KAFKA_CONTROLLER_PORT", 9093, "controller")]) { AddressSetting = "KAFKA_BOOTSTRAP_SERVERS" };

    /// <summary>Results as documents.</summary>
    public static readonly InfraService Elasticsearch = new("elasticsearch", "results as documents", [new("ELASTICSEARCH_PORT", 9200, "REST", "http", IsPage: true), new("ELASTICSEARCH_TRANSPORT_PORT", 9300, "between nodes")]) { AddressSetting = "ELASTICSEARCH_HOST" };

    /// <summary>Dashboards over the documents.</summary>
    public static readonly InfraService Kibana = new("kibana", "dashboards", [new("KIBANA_PORT", 5601, "dashboards", "http", IsPage: true)]) { AddressSetting = "KIBANA_HOST" };

    /// <summary>Hands Spark's work out.</summary>
    public static readonly InfraService SparkMaster = new("spark-master", "hands the work out", [new("SPARK_MASTER_PORT", 7077, "master", "spark"), new("SPARK_UI_PORT", 8080, "Spark's pages", "http", IsPage: true)]) { AddressSetting = "SPARK_MASTER_URL" };

    /// <summary>Does Spark's work.</summary>
    public static readonly InfraService SparkWorker = new("spark-worker", "does the work", [new("SPARK_WORKER_UI_PORT", 8081, "worker's page", "http")]);

    /// <summary>Where bf speaks to Spark.</summary>
    public static readonly InfraService SparkConnect = new("spark-connect", "where bf speaks to Spark", [new("SPARK_CONNECT_PORT", 15002, "Spark Connect", "sc")]) { AddressSetting = "SPARK_REMOTE" };

    /// <summary>Metrics.</summary>
    public static readonly InfraService Prometheus = new("prometheus", "metrics and alerts", [new("PROMETHEUS_PORT", 9090, "metrics", "http", IsPage: true)]);

    /// <summary>Dashboards of metrics.</summary>
    public static readonly InfraService Grafana = new("grafana", "dashboards of metrics", [new("GRAFANA_PORT", 3000, "dashboards", "http", IsPage: true)]);

    /// <summary>Traces.</summary>
    public static readonly InfraService Jaeger = new("jaeger", "traces", [new("JAEGER_PORT", 16686, "traces", "http", IsPage: true), new("OTLP_HTTP_PORT", 4318, "OTLP over HTTP", "http"), new("OTLP_GRPC_PORT", 4317, "OTLP over gRPC", "http")]);

    /// <summary>What starts without being asked for by a profile, in the order in which it starts.</summary>
    public static IReadOnlyList<InfraService> Usual { get; } = [Minio, Kafka, Elasticsearch, Kibana, SparkMaster, SparkWorker, SparkConnect];

    /// <summary>What the profile <c>observe</c> adds.</summary>
    public static IReadOnlyList<InfraService> Observing { get; } = [Prometheus, Grafana, Jaeger];

    /// <summary>All services.</summary>
    public static IReadOnlyList<InfraService> All { get; } = [.. Usual, .. Observing];

    /// <summary>The services of these names; <c>spark</c> is its three, and no name at all the usual ones.</summary>
    /// <exception cref="JobException">A name is none.</exception>
    public static IReadOnlyList<InfraService> Named(IReadOnlyCollection<string> names) =>
        names.FirstOrDefault(n => n != "spark" && All.All(s => s.Name != n)) is { } unknown
            ? throw new JobException($"there is no service '{unknown}'; there are {string.Join(", ", All.Select(s => s.Name))}, and spark for its three")
        : names.Count == 0 ? Usual
        : [.. All.Where(s => names.Contains(s.Name) || (names.Contains("spark") && s.Name.StartsWith("spark-", StringComparison.Ordinal)))];
}
