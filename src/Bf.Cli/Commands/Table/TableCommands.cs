using System.CommandLine;

namespace Bf.Cli.Commands.Table;

/// <summary><c>bf table</c>: the tables themselves: what was done to them, how they lie, whether they are whole.</summary>
internal sealed class TableCommands : BfCommand
{
    public TableCommands()
        : base("table", "see what was done to the lake's tables, undo it, check and tidy them", "bf table history bars_1d", "bf table check", "bf table restore bars_1d --to-version 3")
    {
        Subcommands.Add(new TableHistoryCommand());
        Subcommands.Add(new TableCheckCommand());
        Subcommands.Add(new TableRestoreCommand());
        Subcommands.Add(new TableOptimizeCommand());
        Subcommands.Add(new TableVacuumCommand());
    }

    /// <summary>The tables that a command is for.</summary>
    public static Argument<string[]> Tables() => new("TABLE") { Description = "names of tables, or all (which is meant by none)", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>An option to only look.</summary>
    public static Option<bool> DryRun() => new("--dry-run") { Description = "say what would happen, and change nothing" };
}
