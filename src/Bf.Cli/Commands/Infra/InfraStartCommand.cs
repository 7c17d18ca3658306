namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra start</c>.</summary>
internal sealed class InfraStartCommand : BfCommand
{
    public InfraStartCommand()
        : base("start", "later") => Do(_ => ExitCode.Failed);
}
