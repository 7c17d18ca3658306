using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Tests.Infra.Observe;

/// <summary>What Prometheus can be asked for: what bf gives out, what recording rules make of it, and what others give out.</summary>
internal static class KnownNames
{
    /// <summary>Of Prometheus itself, MinIO (<c>/minio/v2/metrics/cluster</c>) and Spark's master, as the real ones call them.</summary>
    private static readonly string[] Others =
    [
        "up", "ALERTS",
        "minio_cluster_capacity_usable_free_bytes", "minio_cluster_capacity_usable_total_bytes",
        "metrics_master_aliveWorkers_Value", "metrics_master_apps_Value",
    ];

    private static readonly string[] OtherLabels = ["job", "instance", "le", "alertname", "alertstate", "severity"];

    public static IReadOnlyList<Metric> OfBf { get; } = Instruments.All;

    public static HashSet<string> Metrics { get; } =
        [.. OfBf.SelectMany(m => m.PrometheusSeries), .. Others, .. RuleFile.All.SelectMany(f => f.Rules).Where(r => r.Record is not null).Select(r => r.Record!)];

    public static HashSet<string> Labels { get; } = [.. OfBf.SelectMany(m => m.PrometheusLabels), .. OtherLabels];

    /// <summary>What of a query nobody gives out; empty where all is known.</summary>
    public static IEnumerable<string> Unknown(string query)
    {
        var names = PromQl.Of(query);
        return [.. names.Metrics.Where(m => !Metrics.Contains(m)), .. names.Labels.Where(l => !Labels.Contains(l)).Select(l => $"label {l}")];
    }
}
