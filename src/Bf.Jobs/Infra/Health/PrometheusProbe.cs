namespace Bf.Jobs.Infra.Health;

/// <summary>Has Prometheus answer a query.</summary>
internal sealed class PrometheusProbe(Uri root) : PageProbe(root)
{
    protected override Finding Ask(HealthPage page, CancellationToken cancel)
    {
        var (status, text) = page.Get("-/healthy", cancel);
        return status != 200 ? throw new NotReadyException($"it answers {status}: {HealthPage.Brief(text)}")
            : page.Json("api/v1/query?query=vector(1)", "Prometheus", cancel).At("status").Text() != "success" ? throw new ServiceDownException("it does not answer a query")
            : new(page.Json("api/v1/status/buildinfo", "Prometheus", cancel).At("data", "version").Text(), "a query answered");
    }
}
