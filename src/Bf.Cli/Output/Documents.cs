using System.Text.Json.Nodes;

namespace Bf.Cli;

/// <summary>The shape of the JSON documents that scripts rely on.</summary>
internal static class Documents
{
    /// <summary>A job's document: rows, run, timings and resources, then what is the job's own.</summary>
    public static JsonObject Job(long rows, string run, IReadOnlyDictionary<string, double> timings, JsonObject own)
    {
        var document = new JsonObject
        {
            ["rows"] = rows,
            ["run"] = run,
            ["timings"] = new JsonObject([.. timings.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value))]),
        };
        if (Resources() is { } resources)
        {
            document["resources"] = resources;
        }

        foreach (var (key, value) in own.ToList())
        {
            own.Remove(key);
            document[key] = value;
        }

        return document;
    }

    /// <summary>Counts by name.</summary>
    public static JsonObject Counts(IReadOnlyDictionary<string, long> counts) => new([.. counts.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))]);

    /// <summary>What the process has taken so far, where the system says it (Linux): bytes read by system calls, and the most memory held.</summary>
    private static JsonObject? Resources()
    {
        try
        {
            return new JsonObject
            {
                ["bytes_read"] = Figure("/proc/self/io", "rchar:"),
                ["peak_mb"] = Math.Round(Figure("/proc/self/status", "VmHWM:") / 1024.0, 1),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        static long Figure(string file, string name) =>
            long.Parse(File.ReadLines(file).First(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
