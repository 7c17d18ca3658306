namespace Bf.Cli.Commands.Stream;

/// <summary><c>bf stream</c>.</summary>
internal sealed class StreamCommands : BfCommand
{
    public StreamCommands()
        : base("stream", "breadth, thrusts and score as bars come in",
            "bf stream run --replay --speed max", "bf stream run --topic quotes_replay --sink lake,elasticsearch --until-idle 8s")
    {
        Subcommands.Add(new StreamRunCommand());
    }
}
