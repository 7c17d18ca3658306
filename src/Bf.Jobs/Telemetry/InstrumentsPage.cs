using System.Text;

namespace Bf.Jobs.Telemetry;

/// <summary>The list of metrics in <c>docs/observability.md</c>, made from the catalogue.</summary>
public static class InstrumentsPage
{
    /// <summary>What stands before the list in the page, and after it.</summary>
    public const string Begin = "<!-- made by bf config metrics --markdown -->", End = "<!-- end of what is made -->";

    private static readonly (string Title, string Beginning)[] Groups =
    [
        ("Runs", "bf.run."), ("The lake", "bf.lake."), ("Spark", "bf.spark."), ("The stream", "bf.stream."), ("A replay", "bf.replay."),
        ("Sinks", "bf.sink."), ("Services", "bf.service."), ("HTTP", "http."), ("The process", "dotnet."), ("The program", "target."),
    ];

    /// <summary>The list, in Markdown.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder(Begin).Append("\n\n");
        foreach (var (title, beginning) in Groups)
        {
            page.Append("**").Append(title).Append("**\n\n| metric | in Prometheus | labels | what it says |\n|---|---|---|---|\n");
            foreach (var m in Instruments.All.Where(m => m.Name.StartsWith(beginning, StringComparison.Ordinal)))
            {
                page.Append(Line(m));
            }

            page.Append('\n');
        }

        return page.Append(End).Append('\n').ToString();
    }

    private static string Line(Metric m) =>
        $"| `{m.Name}` ({m.Kind.ToString().ToLowerInvariant()}{(m.Unit.Length == 0 ? "" : $", {m.Unit.Trim('{', '}')}")}) | `{m.PrometheusName}` | {string.Join(", ", m.PrometheusLabels.Select(l => $"`{l}`"))} | {m.Meaning} |\n";
}
