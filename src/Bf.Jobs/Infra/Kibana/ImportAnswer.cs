using System.Text.Json.Nodes;
using Bf.Jobs.Infra.Health;

namespace Bf.Jobs.Infra.Kibana;

/// <summary>What Kibana says of an import, object by object. It takes all or none, whatever the number of successes in its answer is.</summary>
internal static class ImportAnswer
{
    /// <summary>Passes an answer that says of each object that it was taken.</summary>
    /// <exception cref="JobException">It does not; the message says why, for each object.</exception>
    public static void Check(JsonNode answer, string place, IReadOnlyList<SavedObject> sent)
    {
        List<string> wrong = [.. answer.At("errors").Items().Select(Explained)];
        if (answer.At("success")?.GetValueKind() != System.Text.Json.JsonValueKind.True || wrong.Count > 0)
        {
            throw new JobException($"Kibana at {place} took nothing:{(wrong.Count == 0 ? $" it says no success, and not why: {HealthPage.Brief(answer.ToJsonString())}" : "")}{string.Concat(wrong.Select(w => $"\n  {w}"))}");
        }

        if (answer.At("successResults") is JsonArray taken)
        {
            var named = taken.Select(t => (t.At("type").Text(), t.At("id").Text())).ToHashSet();
            wrong = [.. sent.Where(o => !named.Contains((o.Type, o.Id))).Select(o => $"{o.Type} {o.Id}")];
        }

        if (wrong.Count > 0 || answer.At("successCount").Number() != sent.Count)
        {
            throw new JobException($"Kibana at {place} says success, but of {answer.At("successCount")?.ToJsonString() ?? "no"} objects; {sent.Count} were sent{(wrong.Count > 0 ? $"; not taken: {string.Join(", ", wrong)}" : "")}. Import again");
        }
    }

    /// <summary>What an answer that is an error says.</summary>
    public static string Message(string text) => HealthPage.Parse(text).At("message") is JsonValue message ? HealthPage.Brief(message.ToString()) : HealthPage.Brief(text);

    private static string Explained(JsonNode? one)
    {
        var error = one.At("error");
        return $"{one.At("type")} {one.At("id")}: " + error.At("type").Text() switch
        {
            "conflict" => "an object of this identity belongs to another space; import into that one, or delete it there",
            "ambiguous_conflict" => "several objects there may be meant; delete those that are copies (Stack Management > Saved Objects)",
            "unsupported_type" => "this Kibana does not know such an object; it takes Kibana 8.8 or later, with data views, Discover, dashboards and Visualize enabled",
            "missing_references" => $"speaks of {Names(error.At("references"))}, which is not there",
            "unknown" => $"{error.At("message")} ({error.At("statusCode")})",
            var other => $"{other ?? "no reason given"}",
        };
    }

    private static string Names(JsonNode? references) => references is JsonArray { Count: > 0 } all ? string.Join(", ", all.Select(r => $"{r.At("type")} {r.At("id")}")) : "something";
}
