namespace Bf.Cli.Commands.Infra;

/// <summary><c>bf infra urls</c>.</summary>
internal sealed class InfraUrlsCommand : BfCommand
{
    public InfraUrlsCommand()
        : base("urls", "later") => Do(_ => ExitCode.Failed);
}
