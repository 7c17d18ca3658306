using System.Text.Json;
using Bf.Jobs.Search.Bulk;

namespace Bf.Jobs.Search.Elastic;

/// <summary>Reads what Elasticsearch says of each document of a bulk request.</summary>
internal static class BulkReply
{
    /// <summary>What of the answer is asked for.</summary>
    public const string Filter = "filter_path=items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason";

    /// <summary>The answers in the documents' order; null where the text is no answer to so many.</summary>
    public static List<BulkItemAnswer>? Read(byte[] body, int documents)
    {
        var answers = new List<BulkItemAnswer>(documents);
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                // {"items":[{"index":{"status":201}},{"delete":{"status":404}}]}
                if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 3)
                {
                    answers.Add(Item(ref reader));
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }

        return answers.Count == documents ? answers : null;
    }

    private static BulkItemAnswer Item(ref Utf8JsonReader reader)
    {
        using var item = JsonDocument.ParseValue(ref reader);
        var (root, status) = (item.RootElement, item.RootElement.GetProperty("status").GetInt32());
        if (!root.TryGetProperty("error", out var error))
        {
            return status is >= 200 and < 300 ? BulkItemAnswer.Done : new(status, null, null);
        }

        var cause = error.TryGetProperty("caused_by", out var by) && by.TryGetProperty("reason", out var why) ? $": {why.GetString()}" : "";
        return new(status, error.GetProperty("type").GetString(), $"{(error.TryGetProperty("reason", out var reason) ? reason.GetString() : "no reason given")}{cause}");
    }
}
