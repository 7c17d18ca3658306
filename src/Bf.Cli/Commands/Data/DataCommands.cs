namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data</c>: bars into the lake, and what is there.</summary>
internal sealed class DataCommands : BfCommand
{
    public DataCommands()
        : base("data", "bring bars into the lake, and see what is there", "bf data import prices.csv", "bf data summary")
    {
        Subcommands.Add(new DataImportCommand());
        Subcommands.Add(new DataFetchCommand());
        Subcommands.Add(new DataImportCountsCommand());
        Subcommands.Add(new DataListCommand());
        Subcommands.Add(new DataSummaryCommand());
        Subcommands.Add(new DataRenameCommand());
        Subcommands.Add(new DataDeleteCommand());
        Subcommands.Add(new DataQualityCommand());
        Subcommands.Add(new DataReplayCommand());
        Subcommands.Add(DataCopyCommand.Push());
        Subcommands.Add(DataCopyCommand.Pull());
    }
}
