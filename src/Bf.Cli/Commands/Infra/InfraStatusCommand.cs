namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra status</c>.</summary>
internal sealed class InfraStatusCommand : BfCommand
{
    public InfraStatusCommand()
        : base("status", "later") => Do(_ => ExitCode.Failed);
}
