using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Infra.Kibana;

namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra kibana write</c>.</summary>
internal sealed class KibanaWriteCommand : BfCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "the folder", DefaultValueFactory = _ => "." };

    public KibanaWriteCommand()
        : base("write", $"write what import sends as a file, {KibanaObjects.FileName}, for Kibana's own page (Stack Management > Saved Objects > Import)",
            "bf infra kibana write", "bf infra kibana write infra/kibana")
    {
        Arguments.Add(_folder);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var file = Path.Combine(call.Get(_folder)!, KibanaObjects.FileName);
        Directory.CreateDirectory(call.Get(_folder)!);
        File.WriteAllText(file, KibanaObjects.Ndjson());
        call.Out.Line($"wrote {file}");
        call.Out.Document(() => new JsonObject { ["file"] = file });
        return ExitCode.Done;
    }
}
