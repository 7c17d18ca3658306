using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Health;

/// <summary>Has Jaeger search its traces for the services that sent any.</summary>
internal sealed class JaegerProbe(Uri root) : PageProbe(root)
{
    protected override Finding Ask(HealthPage page, CancellationToken cancel)
    {
        var found = page.Json("api/services", "Jaeger", cancel) as JsonObject;
        return found is not null && found.ContainsKey("data") ? new(null, ((found["data"] as JsonArray)?.Count ?? 0) switch { 0 => "nobody has sent traces yet", 1 => "1 service has sent traces", var n => $"{n} services have sent traces" })
            : throw new JobException($"what answers at {Address} is not Jaeger");
    }
}
