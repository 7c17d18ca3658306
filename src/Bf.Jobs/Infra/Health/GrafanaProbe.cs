namespace Bf.Jobs.Infra.Health;

/// <summary>Has Grafana say whether its database does its work.</summary>
internal sealed class GrafanaProbe(Uri root) : PageProbe(root)
{
    protected override Finding Ask(HealthPage page, CancellationToken cancel)
    {
        var health = page.Json("api/health", "Grafana", cancel);
        return health.At("database").Text() == "ok" ? new(health.At("version").Text(), "its database answers") : throw new ServiceDownException($"its database: {health.At("database")}");
    }
}
