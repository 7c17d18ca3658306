namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra logs</c>.</summary>
internal sealed class InfraLogsCommand : BfCommand
{
    public InfraLogsCommand()
        : base("logs", "later") => Do(_ => ExitCode.Failed);
}
