using System.Text.Json.Nodes;

namespace Bf.Cli;

/// <summary>The shape of the JSON documents that scripts rely on.</summary>
internal static class Documents
{
    /// <summary>A job's document: rows, run and timings, then what is the job's own.</summary>
    public static JsonObject Job(long rows, string run, IReadOnlyDictionary<string, double> timings, JsonObject own)
    {
        var document = new JsonObject
        {
            ["rows"] = rows,
            ["run"] = run,
            ["timings"] = new JsonObject([.. timings.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))]),
        };
        foreach (var (key, value) in own.ToList())
        {
            own.Remove(key);
            document[key] = value;
        }

        return document;
    }
}
