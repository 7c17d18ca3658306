namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra restart</c>.</summary>
internal sealed class InfraRestartCommand : BfCommand
{
    public InfraRestartCommand()
        : base("restart", "later") => Do(_ => ExitCode.Failed);
}
