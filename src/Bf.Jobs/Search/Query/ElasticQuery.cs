using System.Text;
using System.Text.Json.Nodes;
using Bf.Jobs.Search.Documents;

namespace Bf.Jobs.Search.Query;

/// <summary>A query in Elasticsearch's query DSL. What is not known meets no condition, and so meets its opposite.</summary>
internal static class ElasticQuery
{
    /// <summary>The query.</summary>
    public static JsonObject Of(QueryNode node) => node switch
    {
        AndNode { Parts.Count: 0 } => new() { ["match_all"] = new JsonObject() },
        AndNode and => Bool("filter", and.Parts),
        OrNode or => Any([.. or.Parts.Select(Of)]),
        NotNode not => Bool("must_not", [not.Part]),
        TextIs text => Any([.. text.Fields.Select(f => Text(f, text))]),
        IsThere there => new() { ["exists"] = new JsonObject { ["field"] = there.Field } },
        WholeBetween n => Range(n.Field, "gte", n.Low, "lte", n.High),
        RealBetween n => Range(n.Field, n.WithLow ? "gte" : "gt", Number(n.Low, n.WithLow), n.WithHigh ? "lte" : "lt", Number(n.High, !n.WithHigh)),
        TimeBetween t => Range(t.Field, "gte", t.From is { } from ? SearchTable.Text(from) : null, "lt", t.Before is { } before ? SearchTable.Text(before) : null),
        _ => throw new InvalidOperationException($"{node} was not understood before"),
    };

    private static JsonObject Bool(string how, IEnumerable<QueryNode> parts) => new() { ["bool"] = new JsonObject { [how] = new JsonArray([.. parts.Select(Of)]) } };

    private static JsonObject Any(JsonObject[] parts) => parts.Length == 1 ? parts[0]
        : new() { ["bool"] = new JsonObject { ["should"] = new JsonArray([.. parts]), ["minimum_should_match"] = 1 } };

    private static JsonObject Text(string field, TextIs text) => new()
    {
        [text.IsPattern ? "wildcard" : "term"] = new JsonObject { [field] = new JsonObject { ["value"] = text.IsPattern ? Pattern(text.Text) : text.Text, ["case_insensitive"] = true } },
    };

    /// <summary>A backslash stands for itself here.</summary>
    private static string Pattern(string text) => new StringBuilder(text).Replace("\\", "\\\\").ToString();

    /// <summary>Its points tell -0 from 0, which are the same number.</summary>
    private static JsonNode? Number(double? value, bool fromBelow) => value is 0 && fromBelow ? "-0.0" : value;

    private static JsonObject Range(string field, string above, JsonNode? low, string below, JsonNode? high)
    {
        var range = new JsonObject();
        if (low is not null)
        {
            range[above] = low;
        }

        if (high is not null)
        {
            range[below] = high;
        }

        return new() { ["range"] = new JsonObject { [field] = range } };
    }
}
