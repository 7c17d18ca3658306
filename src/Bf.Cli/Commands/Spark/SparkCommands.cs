namespace Bf.Cli.Commands.Spark;

/// <summary><c>bf spark</c>.</summary>
internal sealed class SparkCommands : BfCommand
{
    public SparkCommands()
        : base("spark", "commands on a Spark cluster: run one, see what runs, end it, ask in SQL",
            "bf spark submit signals generate --universe all,sectors", "bf spark jobs", "bf spark cancel all",
            "bf spark sql 'SELECT count(*) FROM delta.`s3a://breadthflow/lake/bars_1d`'")
    {
        Subcommands.Add(new SparkSubmitCommand());
        Subcommands.Add(new SparkJobsCommand());
        Subcommands.Add(new SparkCancelCommand());
        Subcommands.Add(new SparkSqlCommand());
    }
}
