using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bf.Jobs.Search.Elastic;

/// <summary>What Elasticsearch's errors mean, and which setting is wrong.</summary>
internal static class ElasticErrors
{
    private const int LongestText = 300;

    /// <summary>What a refused login means; null where it is no login that is refused, but an index that may not be written to.</summary>
    public static JobException? Refusal(ElasticSettings settings, string place, int status, byte[] body)
    {
        var login = settings.ApiKey is not null ? "the API key (ELASTICSEARCH_API_KEY)" : "the user (ELASTICSEARCH_USERNAME, ELASTICSEARCH_PASSWORD)";
        return TypeOf(body) == "cluster_block_exception" ? null
            : !settings.HasLogin ? new($"Elasticsearch at {place} wants a login: set ELASTICSEARCH_API_KEY, or ELASTICSEARCH_USERNAME and ELASTICSEARCH_PASSWORD")
            : status == 401 ? new($"Elasticsearch at {place} refuses {login}")
            : new($"Elasticsearch at {place} lets {login} not do that: {Reason(body)}");
    }

    /// <summary>What an answer that is an error says.</summary>
    public static string Reason(byte[] body)
    {
        var text = Parse(body) is { } answer
            ? answer["error"] switch
            {
                JsonObject error => $"{(string?)(error["root_cause"] as JsonArray)?.FirstOrDefault()?["reason"] ?? (string?)error["reason"]}",
                JsonValue error => error.ToString(),
                _ => "",
            }
            : Encoding.UTF8.GetString(body);
        text = text.ReplaceLineEndings(" ").Trim();
        return text.Length == 0 ? "no reason given" : text.Length > LongestText ? $"{text[..LongestText]}..." : text;
    }

    /// <summary>The answer as JSON; null where it is none.</summary>
    public static JsonObject? Parse(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null; // a proxy's page, perhaps
        }
    }

    private static string? TypeOf(byte[] body) => Parse(body)?["error"] is JsonObject error && error["type"] is JsonValue type ? type.ToString() : null;
}
