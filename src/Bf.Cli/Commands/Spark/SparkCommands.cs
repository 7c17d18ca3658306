namespace Bf.Cli.Commands.Spark;

/// <summary><c>bf spark</c>.</summary>
internal sealed class SparkCommands : BfCommand
{
    public SparkCommands()
        : base("spark", "what runs on a Spark cluster", "bf spark sql \"SELECT count(*) FROM delta.`s3a://breadthflow/lake/bars_1d`\"") => Subcommands.Add(new SparkSqlCommand());
}
