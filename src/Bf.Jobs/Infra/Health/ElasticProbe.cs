using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bf.Jobs.Search.Elastic;

namespace Bf.Jobs.Infra.Health;

/// <summary>Indexes a document, finds it and deletes it. Its index, hidden and then empty, stays: to make and delete one every few seconds is work for a cluster.</summary>
internal sealed class ElasticProbe(ElasticSettings settings) : IHealthProbe
{
    /// <summary>The index.</summary>
    public const string Index = "bf-health";

    /// <inheritdoc/>
    public string Address => settings.Place;

    /// <inheritdoc/>
    public (string Host, int Port) Listens => (settings.Hosts[0].Host, settings.Hosts[0].Port);

    /// <inheritdoc/>
    public Finding Ask(TimeSpan within, CancellationToken cancel)
    {
        using var http = new ElasticHttp(settings);
        var patience = within / settings.Hosts.Count;
        var id = $"{Guid.NewGuid():N}";
        var version = Call(HttpMethod.Get, "", null).At("version", "number").Text() ?? throw new JobException($"what answers at {Address} is no Elasticsearch: see ELASTICSEARCH_HOST");
        if (Send(HttpMethod.Head, Index, null).Status == 404)
        {
            // of two checks at once one makes it
            Send(HttpMethod.Put, Index, new() { ["settings"] = new JsonObject { ["index"] = new JsonObject { ["hidden"] = true, ["number_of_shards"] = 1, ["auto_expand_replicas"] = "0-1" } } });
        }

        Call(HttpMethod.Put, $"{Index}/_doc/{id}?refresh=true", new() { ["check"] = id });
        var found = Call(HttpMethod.Post, $"{Index}/_search", new() { ["query"] = new JsonObject { ["ids"] = new JsonObject { ["values"] = new JsonArray(id) } } });
        Call(HttpMethod.Delete, $"{Index}/_doc/{id}", null);
        return found.At("hits", "hits").Items().Any(h => h.At("_id").Text() == id) ? new(version, "a document indexed, found and deleted") : throw new ServiceDownException("a document that was indexed is not found");

        (int Status, byte[] Body) Send(HttpMethod method, string path, JsonObject? body) =>
            http.TrySend(method, path, body is null ? null : () => new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, patience, out var why, cancel)
            ?? throw new ServiceDownException(why);

        JsonObject Call(HttpMethod method, string path, JsonObject? body)
        {
            var (status, answer) = Send(method, path, body);
            return status switch
            {
                200 or 201 when ElasticErrors.Parse(answer) is { } document => document,
                403 or 429 when ElasticErrors.Reason(answer).Contains("flood-stage", StringComparison.Ordinal) =>
                    throw new JobException("it takes no writes, since its disk is fuller than its flood-stage watermark: make room, then it takes them again by itself"),
                503 => throw new NotReadyException($"it answers 503: {ElasticErrors.Reason(answer)}"),
                403 or 408 or 429 or >= 500 => throw new ServiceDownException($"it answers {status}: {ElasticErrors.Reason(answer)}"),
                _ => throw new JobException($"what answers at {Address} is no Elasticsearch, or not one that is understood ({status}: {ElasticErrors.Reason(answer)}): see ELASTICSEARCH_HOST"),
            };
        }
    }
}
