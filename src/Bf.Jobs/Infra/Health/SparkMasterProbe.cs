using System.Text.Json.Nodes;

namespace Bf.Jobs.Infra.Health;

/// <summary>Has Spark's master tell of itself and its workers.</summary>
internal sealed class SparkMasterProbe(Uri root) : PageProbe(root)
{
    private const string VersionMark = "class=\"version\"";

    protected override Finding Ask(HealthPage page, CancellationToken cancel)
    {
        var master = page.Json("json/", "a Spark master", cancel);
        return master.At("status").Text() switch
        {
            "ALIVE" => new(Version(page, cancel), Alive(master).Count is var workers && workers == 1 ? "it knows 1 worker" : $"it knows {workers} workers"),
            { } other => throw new ServiceDownException($"it says that it is {other}"),
            null => throw new JobException($"what answers at {Address} is no Spark master: see SPARK_MASTER_URL and SPARK_UI_PORT"),
        };
    }

    /// <summary>The workers that the master takes for alive.</summary>
    public static List<JsonNode> Alive(JsonNode master) => [.. master.At("workers").Items().Where(w => w.At("state").Text() == "ALIVE").Select(w => w!)];

    /// <summary>The version, which Spark's pages show and its JSON leaves out.</summary>
    public static string? Version(HealthPage page, CancellationToken cancel)
    {
        var (_, text) = page.Get("", cancel);
        var from = text.IndexOf(VersionMark, StringComparison.Ordinal);
        from = from < 0 ? from : text.IndexOf('>', from);
        var to = from < 0 ? -1 : text.IndexOf('<', from);
        return to < 0 ? null : text[(from + 1)..to].Trim();
    }
}
