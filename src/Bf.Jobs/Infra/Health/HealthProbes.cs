using System.Runtime.CompilerServices;
using Bf.Jobs.Infra.Native;
using Bf.Jobs.Lake.Store.S3;
using Bf.Jobs.Search.Elastic;
using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Infra.Health;

/// <summary>Which probe asks which service. What belongs to one service is loaded only where it is asked.</summary>
internal static class HealthProbes
{
    /// <summary>The probe of a service.</summary>
    /// <exception cref="JobException">A setting is missing or can't be read; the message names it.</exception>
    public static IHealthProbe Of(InfraService service, Places places, TimeProvider clock) => service.Name switch
    {
        "minio" => Minio(places),
        "kafka" => Kafka(places, clock),
        "elasticsearch" => Elasticsearch(places),
        "kibana" => new KibanaProbe(places.Http("KIBANA_HOST", service.Ports[0]), ElasticSettings.Of(places.Settings)),
        "spark-master" => new SparkMasterProbe(places.SparkPages()),
        "spark-worker" => new SparkWorkerProbe(places.SparkPages(), clock),
        "spark-connect" => Connect(places, clock),
        "prometheus" => new PrometheusProbe(places.Http(service.Ports[0])),
        "grafana" => new GrafanaProbe(places.Http(service.Ports[0])),
        "jaeger" => new JaegerProbe(places.Http(service.Ports[0])),
        _ => throw new ArgumentException($"nothing asks {service.Name}", nameof(service)),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MinioProbe Minio(Places places)
    {
        var usual = places.IsExternal ? null : NativeCommands.WellKnown; // what a MinIO of this machine is started with
        return new(
            S3Settings.From("the bucket", places.Settings, usual) with { Endpoint = places.Http("MINIO_ENDPOINT", InfraService.Minio.Ports[0]) },
            places.Settings.Of("BF_LAKE").Value!);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static KafkaProbe Kafka(Places places, TimeProvider clock) => new(KafkaSettings.Of(places.Settings) with { Servers = places.Brokers() }, clock);

    private static ElasticProbe Elasticsearch(Places places)
    {
        var settings = ElasticSettings.Of(places.Settings);
        return new(places.IsExternal ? settings : settings with { Hosts = [places.Http("ELASTICSEARCH_HOST", InfraService.Elasticsearch.Ports[0])] });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SparkConnectProbe Connect(Places places, TimeProvider clock) => new(places.Connect(), clock);
}
