namespace Bf.Cli.Commands;

/// <summary><c>bf signals</c>: breadth, thrusts and score from the bars.</summary>
internal sealed class SignalsCommands : BfCommand
{
    public SignalsCommands()
        : base("signals", "breadth, thrusts and score from the bars", "bf signals generate", "bf signals summary", "bf signals explain 2020-03-23", "bf signals evaluate")
    {
        Subcommands.Add(new SignalsGenerateCommand());
        Subcommands.Add(new SignalsListCommand());
        Subcommands.Add(new SignalsIndicatorsCommand());
        Subcommands.Add(new SignalsShowCommand());
        Subcommands.Add(new SignalsSummaryCommand());
        Subcommands.Add(new SignalsExplainCommand());
        Subcommands.Add(new SignalsEvaluateCommand());
        Subcommands.Add(new SignalsSearchCommand());
        Subcommands.Add(new SignalsExportCommand());
    }
}
