using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Health;

/// <summary>
/// Has every worker that Spark's master knows tell of itself. The master's word alone is old: it misses a worker that hangs or died without a word
/// only after a minute. The worker's page is found through the master's (<c>spark.ui.reverseProxy</c>), or directly.
/// </summary>
internal sealed class SparkWorkerProbe(Uri root, TimeProvider clock) : PageProbe(root)
{
    // a worker tells the master every 15 s that it is there (a quarter of spark.worker.timeout)
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(35);

    protected override Finding Ask(HealthPage page, CancellationToken cancel)
    {
        var workers = SparkMasterProbe.Alive(Master(page, cancel));
        if (workers.Count == 0)
        {
            throw new NotReadyException("the master knows no worker that is alive");
        }

        foreach (var worker in workers)
        {
            if (!Answers(page, worker, cancel))
            {
                throw new ServiceDownException($"{worker.At("id").Text()} does not answer");
            }
        }

        var cores = workers.Sum(w => w.At("cores").Number() ?? 0);
        return new(SparkMasterProbe.Version(page, cancel), $"{Many(workers.Count, "worker")}, {Many(cores, "core")}, {workers.Sum(w => w.At("memory").Number() ?? 0)} MB");
    }

    private static string Many(long count, string one) => $"{count} {one}{(count == 1 ? "" : "s")}";

    private static JsonNode Master(HealthPage page, CancellationToken cancel)
    {
        try
        {
            return page.Json("json/", "a Spark master", cancel);
        }
        catch (Exception e) when (e is ServiceDownException or NotReadyException or OperationCanceledException)
        {
            throw new WaitsForException(InfraService.SparkMaster, "the master, which knows the workers, does not answer");
        }
    }

    private bool Answers(HealthPage page, JsonNode worker, CancellationToken cancel)
    {
        var id = worker.At("id").Text();
        try
        {
            // a master without the proxy answers with a page of its own
            var (_, text) = page.Get($"proxy/{id}/json/", cancel);
            if (HealthPage.Parse(text).At("id").Text() == id)
            {
                return true;
            }

            if (worker.At("webuiaddress").Text() is { } address && Uri.TryCreate(address, UriKind.Absolute, out var own))
            {
                using var direct = new HealthPage(new Uri($"{address.TrimEnd('/')}/"));
                return HealthPage.Parse(direct.Get("json/", cancel).Text).At("id").Text() == id;
            }
        }
        catch (ServiceDownException)
        {
            // its page may be out of reach from here while it works: then what the master heard last has to do
        }
        catch (OperationCanceledException)
        {
            throw new ServiceDownException($"{id} takes connections and does not answer: it hangs");
        }

        return worker.At("lastheartbeat").Number() is { } heard && clock.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(heard) < LongSilence;
    }
}
