namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra kibana</c>.</summary>
internal sealed class KibanaCommands : BfCommand
{
    public KibanaCommands()
        : base("kibana", "the dashboard Breadth and thrust, with its data views and searches: give it to Kibana, or write it as a file",
            "bf infra kibana import", "bf infra kibana import --space trading --wait 2m", "bf infra kibana write infra/kibana")
    {
        Subcommands.Add(new KibanaImportCommand());
        Subcommands.Add(new KibanaWriteCommand());
    }
}
