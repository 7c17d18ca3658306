using Bf.Jobs.Config;

namespace Bf.Jobs.Infra.Native;

/// <summary>What stands in the way of native services.</summary>
internal static class NativePreflight
{
    private const long Mega = 1L << 20, OfMinio = 256 * Mega, OfDaemon = 384 * Mega;

    // a JVM takes more than its heap
    private const double Beyond = 1.25;

    public static IReadOnlyList<Obstacle> Check(IReadOnlyList<InfraService> services, NativeProvider provider, Settings settings)
    {
        var starting = services.Where(s => provider.Has(s) && !provider.Runs(s)).ToList();
        if (starting.Count == 0)
        {
            return [];
        }

        var elasticsearch = starting.Contains(InfraService.Elasticsearch);
        return
        [
            .. Preflight.Ports(starting, provider.Places),
            .. Preflight.Memory([.. starting.Select(s => Need(s, settings))], Preflight.AvailableMemory()),
            .. Preflight.Disk(provider.Home.Folder, elasticsearch),
            .. elasticsearch ? Preflight.Maps(fatal: provider.Places.Host != "localhost") : [],
        ];
    }

    private static (string Setting, long Bytes) Need(InfraService service, Settings settings) => service.Name switch
    {
        "minio" => ("MinIO", OfMinio),
        "kafka" => Heap("KAFKA_HEAP", settings),
        "elasticsearch" => Heap("ELASTICSEARCH_HEAP", settings),
        "spark-worker" => ("SPARK_WORKER_MEMORY", Preflight.Size(settings, "SPARK_WORKER_MEMORY") + OfDaemon),
        "spark-connect" => Heap("SPARK_DRIVER_MEMORY", settings),
        _ => ("SPARK_WORKER_MEMORY", OfDaemon),
    };

    private static (string, long) Heap(string setting, Settings settings) => (setting, (long)(Preflight.Size(settings, setting) * Beyond));
}
