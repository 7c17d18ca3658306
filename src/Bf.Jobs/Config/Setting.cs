namespace Bf.Jobs.Config;

/// <summary>A setting: its name in the environment, its default, whether it is secret, and what it means.</summary>
public sealed record Setting(string Name, string? Default, bool Secret, string Meaning)
{
    /// <summary>All settings that bf knows.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("BF_LAKE", "./lake", false, "root of the lake: a folder, or s3://BUCKET/FOLDER"),
        new("BF_PROFILE", "local", false, "profile whose settings hold where nothing nearer does"),
        new("BF_ENGINE", "local", false, "what does the work where a command has --engine: local (this process) or spark"),
        new("BF_WORKER_RUNTIME", "linux-x64", false, "what Spark's executors run on: linux-x64 or linux-arm64; ./bf builds the worker for it"),
        new("BF_WORKER", null, false, "the worker's file, where it does not lie beside the program"),
        new("BF_SOURCE", "yahoo", false, "source of bf data fetch"),
        new("BF_INDICATORS", null, false, "indicators of bf signals generate beyond the usual ones: all, or names between commas"),
        new("BF_SCORE_WEIGHTS", null, false, "weights of the score's families, such as advances=2,volume=1,highs_lows=1,trend=1; else all weigh the same"),
        new("BF_SCORE_BUY", "60", false, "the lowest score that says buy"),
        new("BF_SCORE_SELL", "40", false, "the highest score that says sell"),
        new("BF_YAHOO_URL", "https://query2.finance.yahoo.com", false, "address of the source yahoo"),
        new("BF_STOOQ_URL", "https://stooq.com", false, "address of the source stooq"),
        new("BF_STOOQ_APIKEY", null, true, "key of the source stooq, where it wants one"),
        new("SPARK_REMOTE", "sc://localhost:15002", false, "Spark Connect server; behind the port /;use_ssl=true;token=... where it wants them"),
        new("SPARK_MASTER_URL", "spark://localhost:7077", false, "Spark master"),
        new("MINIO_ENDPOINT", "localhost:9000", false, "S3 endpoint of a lake in a bucket; https:// for TLS"),
        new("MINIO_ACCESS_KEY", null, true, "access key of the bucket"),
        new("MINIO_SECRET_KEY", null, true, "secret key of the bucket"),
        new("MINIO_REGION", "us-east-1", false, "region of the bucket"),
        new("MINIO_PATH_STYLE", "true", false, "whether the bucket stands in the path (http://host/bucket); false: before the host"),
        new("BF_CACHE", null, false, "folder of files fetched from a bucket; else ~/.cache/bf"),
        new("BF_CACHE_SIZE", "4GB", false, "how much may stay there"),
        new("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092", false, "Kafka brokers"),
        new("KAFKA_SECURITY_PROTOCOL", "plaintext", false, "how Kafka is spoken to: plaintext or ssl"),
        new("KAFKA_SSL_CA", null, false, "file of the certificates that Kafka's brokers are trusted by, where they are not the system's"),
        new("BF_LIBRDKAFKA", null, false, "file of librdkafka, Kafka's native library, where it is neither beside the program nor built in the repository"),
        new("ELASTICSEARCH_HOST", "localhost:9200", false, "Elasticsearch; several hosts between commas, https:// for TLS"),
        new("ELASTICSEARCH_API_KEY", null, true, "its API key, encoded"),
        new("ELASTICSEARCH_USERNAME", null, false, "its user, where there is no API key"),
        new("ELASTICSEARCH_PASSWORD", null, true, "the user's password"),
        new("ELASTICSEARCH_CA", null, false, "PEM file with the certificates that its certificate comes from; else those that the system trusts"),
        new("ELASTICSEARCH_GZIP", null, false, "whether requests to it are compressed: true or false; else where it is another machine"),
        new("ELASTICSEARCH_SHARDS", "1", false, "shards of each of its indices"),
        new("ELASTICSEARCH_REPLICAS", "0", false, "copies of each shard"),
        new("KIBANA_HOST", "localhost:5601", false, "Kibana, else at KIBANA_PORT of this machine; https:// for TLS. Its API key, user and password are Elasticsearch's"),
        new("BF_INFRA_PROVIDER", null, false, "what runs the services of bf infra: docker, native or external; else what is there"),
        new("BF_INFRA_HOME", "./.infra", false, "folder of the native services' data, logs and process numbers"),
        new("SPARK_HOME", null, false, "Spark's unpacked archive, for native services"),
        new("KAFKA_HOME", null, false, "Kafka's unpacked archive"),
        new("ES_HOME", null, false, "Elasticsearch's unpacked archive"),
        new("MINIO_BIN", null, false, "MinIO's program, where it is not on the PATH as minio"),
        new("BIND_ADDRESS", "127.0.0.1", false, "address that services listen on; 0.0.0.0 opens them to the network"),
        .. Infra.InfraService.All.SelectMany(s => s.Ports.Select(p => new Setting(p.Setting, p.Default.ToString(System.Globalization.CultureInfo.InvariantCulture), false, $"port of {s.Name}: {p.Purpose}"))),
        new("ELASTICSEARCH_HEAP", "512m", false, "Elasticsearch's heap; its container's limit, ELASTICSEARCH_LIMIT, should be twice as much"),
        new("KAFKA_HEAP", "512m", false, "Kafka's heap"),
        new("SPARK_WORKER_MEMORY", "2g", false, "what a Spark worker gives to executors"),
        new("SPARK_WORKER_CORES", "2", false, "and how many of its cores"),
        new("SPARK_DRIVER_MEMORY", "1g", false, "heap of the Spark Connect server"),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", null, false, "where traces and metrics are sent to (OTLP), such as http://localhost:4318; else nowhere"),
        new("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", null, false, "where traces alone are sent to, with the path: http://localhost:4318/v1/traces"),
        new("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", null, false, "where metrics alone are sent to, with the path: http://localhost:4318/v1/metrics"),
        new("OTEL_EXPORTER_OTLP_PROTOCOL", null, false, "http/protobuf or grpc; else grpc on port 4317, and http/protobuf on others"),
        new("OTEL_EXPORTER_OTLP_HEADERS", null, true, "headers of what is sent, NAME=VALUE between commas: a key, for instance"),
        new("OTEL_SERVICE_NAME", null, false, "the name under which traces and metrics are sent; else bf"),
        new("OTEL_RESOURCE_ATTRIBUTES", null, false, "what else they say of this machine: deployment.environment.name=production,host.name=..."),
        new("OTEL_METRIC_EXPORT_INTERVAL", null, false, "milliseconds from one sending of metrics to the next, of a command that goes on; else 60000"),
        new("OTEL_SDK_DISABLED", null, false, "true: nothing is sent, whatever else is set"),
        new("BF_TRACE_DETAIL", null, false, "true: traces show each HTTP request, also those to a bucket, Elasticsearch and Spark"),
    ];

    /// <summary>A value as it may be shown: a secret is masked; so is a name and password in an address, and what follows the address of a Spark Connect server, such as its token.</summary>
    public string Show(string? value) => value is null ? "" : Secret && value.Length > 0 ? "********"
        : Name == "SPARK_REMOTE" && value.IndexOf(';') is >= 0 and var at ? $"{WithoutUser(value[..at])};********"
        : Name.EndsWith("_URL", StringComparison.Ordinal) || Name.EndsWith("_HOST", StringComparison.Ordinal) || Name.EndsWith("_ENDPOINT", StringComparison.Ordinal) || Name is "SPARK_REMOTE" ? WithoutUser(value) : value;

    private static string WithoutUser(string address) => address.LastIndexOf('@') is >= 0 and var at
        ? $"{(address.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme && scheme < at ? address[..(scheme + 3)] : "")}********{address[at..]}"
        : address;
}
