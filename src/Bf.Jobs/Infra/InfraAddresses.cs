using Bf.Jobs.Config;
using Bf.Jobs.Infra.Native;

namespace Bf.Jobs.Infra;

/// <summary>What bf and a person reach the services by: settings with their values, and pages with what is seen there.</summary>
public static class InfraAddresses
{
    /// <summary>The settings by which bf finds services, with the lake and the engine that follow from them.</summary>
    /// <param name="provider">What runs them.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="services">The services that run.</param>
    public static IReadOnlyList<(string Name, string Value)> Of(IInfraProvider provider, Settings settings, IReadOnlyCollection<InfraService> services)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(services);
        var lines = new List<(string, string)>();
        var places = provider.Places;
        if (services.Contains(InfraService.Minio))
        {
            var (access, secret) = NativeCommands.Keys(settings);
            lines.AddRange([(InfraService.Minio.AddressSetting!, Bare(InfraService.Minio)), ("MINIO_ACCESS_KEY", access), ("MINIO_SECRET_KEY", secret)]);
        }

        Add(InfraService.Kafka, Bare);
        Add(InfraService.Elasticsearch, Bare);
        Add(InfraService.Kibana, Bare);
        Add(InfraService.SparkMaster, Full);
        Add(InfraService.SparkConnect, Full);
        if (services.Contains(InfraService.Jaeger))
        {
            lines.Add(("OTEL_EXPORTER_OTLP_ENDPOINT", places.Address(InfraService.Jaeger.Ports[1])));
        }

        if (services.Contains(InfraService.Minio))
        {
            lines.Add(("BF_LAKE", settings.Of("BF_LAKE").Value is { } lake && lake.StartsWith("s3://", StringComparison.Ordinal) ? lake : "s3://breadthflow/lake"));
            if (services.Contains(InfraService.SparkConnect))
            {
                lines.Add(("BF_ENGINE", "spark"));
            }
        }

        return lines;

        string Full(InfraService service) => places.Address(service.Ports[0]);
        string Bare(InfraService service) => Full(service).Split("://")[^1];

        void Add(InfraService service, Func<InfraService, string> value)
        {
            if (services.Contains(service))
            {
                lines.Add((service.AddressSetting!, value(service)));
            }
        }
    }

    /// <summary>What the next <c>bf infra</c> needs, so that it finds the same services without the environment of this one.</summary>
    public static IReadOnlyList<(string Name, string Value)> OfProvider(IInfraProvider provider, Settings settings)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(settings);
        string[] names = ["BIND_ADDRESS", .. InfraService.All.SelectMany(s => s.Ports.Select(p => p.Setting)), .. provider.Name == "native" ? (string[])["BF_INFRA_HOME", "SPARK_HOME", "KAFKA_HOME", "ES_HOME"] : []];
        IEnumerable<(string Name, string Value)> given = names.Select(settings.Of).Where(s => s is { Origin: not SettingOrigin.Default, Value: not null }).Select(s => (s.Setting.Name, s.Value!));
        return [.. given, .. provider is NativeProvider { Minio: { } minio } ? ((string, string)[])[("MINIO_BIN", minio)] : []]; // another shell may have another PATH
    }

    /// <summary>A value as it may be shown: a secret is masked unless it is the key that everybody knows.</summary>
    public static string Show(string name, string value) =>
        value == NativeCommands.WellKnown ? value : Setting.All.First(s => s.Name == name).Show(value);

    /// <summary>The pages that a person opens.</summary>
    public static IReadOnlyList<InfraPage> Pages(IInfraProvider provider, Settings settings)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(settings);
        var known = NativeCommands.Keys(settings) == (NativeCommands.WellKnown, NativeCommands.WellKnown);
        return [.. InfraService.All.Where(provider.Has).SelectMany(s => s.Ports.Where(p => p.IsPage).Select(p => new InfraPage(s, provider.Places.Address(p), Seen(s), Login(s))))];

        string? Login(InfraService service) =>
            service == InfraService.Minio ? known ? $"{NativeCommands.WellKnown} / {NativeCommands.WellKnown}" : "MINIO_ACCESS_KEY / MINIO_SECRET_KEY"
            : service == InfraService.Kibana || service == InfraService.Elasticsearch ? settings.Of("ELASTICSEARCH_USERNAME").Value is { } user ? $"{user} / ELASTICSEARCH_PASSWORD" : null
            : service == InfraService.Grafana ? "as .env says" : null;
    }

    private static string Seen(InfraService service) => service.Name switch
    {
        "minio" => "the lake's buckets and files, how full they are",
        "elasticsearch" => "REST: results as documents, indices, the cluster's health",
        "kibana" => "the dashboard Breadth and thrust, searches, alerts",
        "spark-master" => "Spark's workers and applications, their stages and logs",
        "prometheus" => "metrics, and alerts that fire",
        "grafana" => "dashboards of metrics: overview, stream, lake, system",
        "jaeger" => "traces, from command to commit and from bar to signal",
        _ => service.Purpose,
    };
}

/// <summary>A page of a service.</summary>
/// <param name="Service">Whose.</param>
/// <param name="Url">Where.</param>
/// <param name="Seen">What is seen there.</param>
/// <param name="Login">How one gets in; null where nobody asks.</param>
public sealed record InfraPage(InfraService Service, string Url, string Seen, string? Login);
