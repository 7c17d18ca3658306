using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Telemetry;

namespace Bf.Cli.Commands;

/// <summary><c>bf config metrics</c>: the catalogue of metrics; it needs no lake.</summary>
internal sealed class ConfigMetricsCommand : BfCommand
{
    private readonly Option<bool> _markdown = new("--markdown") { Description = "the list of docs/observability.md" };

    public ConfigMetricsCommand()
        : base("metrics", "the metrics that bf gives out, by OTLP and to Prometheus: names, units, labels", "bf config metrics", "bf config metrics --json")
    {
        Options.Add(_markdown);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        if (call.Get(_markdown))
        {
            call.Out.Result(InstrumentsPage.Markdown().TrimEnd('\n'));
        }
        else
        {
            var table = new TextTable("metric", "kind", "in Prometheus", "what it says");
            foreach (var m in Instruments.All)
            {
                table.Add(m.Name, m.Kind.ToString().ToLowerInvariant(), m.PrometheusName, m.Meaning);
            }

            call.Out.Table(table);
        }

        call.Out.Document(() => new JsonArray([.. Instruments.All.Select(Json)]));
        return ExitCode.Done;
    }

    private static JsonObject Json(Metric m) => new()
    {
        ["name"] = m.Name, ["kind"] = m.Kind.ToString().ToLowerInvariant(), ["unit"] = m.Unit, ["prometheus"] = m.PrometheusName,
        ["attributes"] = new JsonArray([.. m.Attributes.Select(a => (JsonNode)a)]), ["meaning"] = m.Meaning,
    };
}
