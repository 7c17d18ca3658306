namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra stop</c>.</summary>
internal sealed class InfraStopCommand : BfCommand
{
    public InfraStopCommand()
        : base("stop", "later") => Do(_ => ExitCode.Failed);
}
