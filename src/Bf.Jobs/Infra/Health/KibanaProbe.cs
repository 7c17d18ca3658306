using Bf.Jobs.Search.Elastic;

namespace Bf.Jobs.Infra.Health;

/// <summary>Has Kibana tell how it and its plugins are (<c>GET /api/status</c>). Without a login it tells the level alone.</summary>
internal sealed class KibanaProbe(Uri root, ElasticSettings login) : PageProbe(root, login)
{
    protected override Finding Ask(HealthPage page, CancellationToken cancel)
    {
        // an unfit Kibana answers 503, with the same document
        var (code, text) = page.Get("api/status", cancel);
        var overall = HealthPage.Parse(text).At("status", "overall");
        return overall.At("level").Text() switch
        {
            "available" => new(HealthPage.Parse(text).At("version", "number").Text(), "it says that it is available"),
            { } level => throw new NotReadyException($"it says that it is {level}{(overall.At("summary").Text() is { Length: > 0 } why ? $": {HealthPage.Brief(why)}" : "")}"),
            null when code is 401 or 403 => throw new JobException($"Kibana refuses the login ({code}): see ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD"),
            null when code >= 500 => throw new NotReadyException($"it answers {code}: {HealthPage.Brief(text)}"),
            _ => throw new JobException($"what answers at {Address} is not Kibana ({code}): see KIBANA_HOST"),
        };
    }
}
