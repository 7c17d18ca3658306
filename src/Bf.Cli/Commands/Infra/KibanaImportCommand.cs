using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Infra.Kibana;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra kibana import</c>.</summary>
internal sealed class KibanaImportCommand : BfCommand
{
    private readonly Option<string?> _space = new("--space") { Description = "Kibana's space to import into (else the usual one)", HelpName = "NAME" };
    private readonly Option<string> _wait = new("--wait") { Description = "how long to wait until Kibana is ready", HelpName = "TIME", DefaultValueFactory = _ => "10s" };

    public KibanaImportCommand()
        : base("import", "give Kibana (KIBANA_HOST) the dashboard Breadth and thrust, with its data views and searches; importing again replaces them, and all or nothing is taken",
            "bf infra kibana import", "bf infra kibana import --space trading", "bf infra kibana import --wait 2m --json")
    {
        Options.Add(_space);
        Options.Add(_wait);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        KibanaImported taken;
        using (var progress = new Progress(call.Out.Quiet))
        {
            taken = KibanaImport.Run(null, call.Settings, call.Get(_space), Durations.Parse("--wait", call.Get(_wait)!), call.Clock, progress.Report, call.Cancel);
        }

        call.Out.Line($"{string.Join(", ", taken.Objects.Select(Words))} in Kibana {taken.Version} at {taken.Place}{(taken.Space is null ? "" : $", space {taken.Space}")}");
        call.Out.Line($"open {taken.Dashboard}");
        call.Out.Document(() => new JsonObject
        {
            ["place"] = taken.Place, ["space"] = taken.Space, ["version"] = taken.Version, ["dashboard"] = taken.Dashboard.ToString(),
            ["objects"] = new JsonObject(taken.Objects.Select(o => KeyValuePair.Create(o.Type, (JsonNode?)o.Count))),
        });
        return ExitCode.Done;
    }

    private static string Words((string Type, int Count) objects) => objects.Type switch
    {
        "index-pattern" => TextTable.Count(objects.Count, "data view"),
        "visualization" => TextTable.Count(objects.Count, "panel"),
        "search" => $"{objects.Count} saved searches",
        _ => TextTable.Count(objects.Count, objects.Type),
    };
}
