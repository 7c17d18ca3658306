using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bf.Jobs.Search.Bulk;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search.Elastic;

/// <summary>Elasticsearch by its HTTP API.</summary>
internal sealed class ElasticIndex : ISearchIndex
{
    // a bulk request waits half of its time for shards that are not there yet, so that it is answered in any case
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30), ForBulk = TimeSpan.FromMinutes(1);

    private readonly ElasticSettings _settings;
    private readonly ElasticHttp _http;

    /// <exception cref="JobException">The file of certificates can't be read.</exception>
    public ElasticIndex(ElasticSettings settings) => (_settings, _http) = (settings, new(settings));

    /// <inheritdoc/>
    public string Place => _settings.Place;

    /// <inheritdoc/>
    public void Prepare(SearchTable table) => new IndexPlace((method, path, body) => Call(method, path, body, default), _settings).Prepare(table);

    /// <inheritdoc/>
    public BulkAnswer Bulk(IReadOnlyList<SearchDocument> documents, CancellationToken cancel)
    {
        if (_http.TrySend(HttpMethod.Post, $"_bulk?timeout=30s&{BulkReply.Filter}", () => new BulkContent(documents, _settings.Gzip), ForBulk, out var why, cancel) is not var (status, body))
        {
            return new(BulkOutcome.Busy, [], why);
        }

        return status switch
        {
            200 when BulkReply.Read(body, documents.Count) is { } items => new(BulkOutcome.Read, items),
            200 => new(BulkOutcome.Busy, [], "the answer can't be read"),
            400 or 413 => new(BulkOutcome.Refused, [], $"{status}: {ElasticErrors.Reason(body)}"),
            403 or 408 or 429 or >= 500 => new(BulkOutcome.Busy, [], $"{status}: {ElasticErrors.Reason(body)}"),
            _ => throw NotElasticsearch(status, body),
        };
    }

    /// <inheritdoc/>
    public SearchHits? Search(string alias, JsonObject request, CancellationToken cancel = default)
    {
        var (status, body) = Ask(HttpMethod.Post, $"{alias}/_search", request, cancel);
        if (status == 404)
        {
            return null;
        }

        var hits = Read(status, body)["hits"]!.AsObject();
        return new(
            (long?)hits["total"]?["value"] ?? 0,
            [.. hits["hits"]!.AsArray().Select(h => new SearchHit((string)h!["_index"]!, (string)h["_id"]!, h["_source"].Deserialize<JsonElement>(), h["sort"]))]);
    }

    /// <inheritdoc/>
    public long Count(string alias, JsonObject query, CancellationToken cancel = default)
    {
        var (status, body) = Ask(HttpMethod.Post, $"{alias}/_count", new() { ["query"] = query }, cancel);
        return status == 404 ? 0 : (long)Read(status, body)["count"]!;
    }

    /// <inheritdoc/>
    public void Refresh(string alias, CancellationToken cancel = default)
    {
        var (status, body) = Ask(HttpMethod.Post, $"{alias}/_refresh", null, cancel);
        if (status != 404)
        {
            Read(status, body);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private JsonObject Call(HttpMethod method, string path, JsonObject? body, CancellationToken cancel)
    {
        var (status, answer) = Ask(method, path, body, cancel);
        return Read(status, answer);
    }

    private (int Status, byte[] Body) Ask(HttpMethod method, string path, JsonObject? body, CancellationToken cancel) =>
        _http.Send(method, path, body is null ? null : () => new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }, Usual, cancel);

    private JsonObject Read(int status, byte[] body) => status switch
    {
        200 when ElasticErrors.Parse(body) is { } answer => answer,
        400 => throw new JobException($"Elasticsearch at {Place} refuses the request: {ElasticErrors.Reason(body)}"),
        403 or 408 or 429 or >= 500 => throw new ServiceDownException($"Elasticsearch at {Place} can't do it just now ({status}: {ElasticErrors.Reason(body)}); try again later"),
        _ => throw NotElasticsearch(status, body),
    };

    private JobException NotElasticsearch(int status, byte[] body) =>
        new($"what answers at {Place} is no Elasticsearch, or not one that is understood ({status}: {ElasticErrors.Reason(body)}); see the setting ELASTICSEARCH_HOST");
}
