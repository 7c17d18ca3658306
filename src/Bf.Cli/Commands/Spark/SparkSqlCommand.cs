using System.CommandLine;
using Bf.Jobs.Query;
using Bf.Jobs.Spark;

namespace Bf.Cli.Commands.Spark;

/// <summary><c>bf spark sql</c>.</summary>
internal sealed class SparkSqlCommand : BfCommand
{
    private readonly Argument<string> _sql = new("SQL") { Description = "one statement in Spark's SQL; - reads it from stdin" };
    private readonly Option<string> _format = new("--format") { Description = "table, csv or json", HelpName = "FORMAT", DefaultValueFactory = _ => "table" };

    public SparkSqlCommand()
        : base("sql", "run one statement on the Spark cluster that SPARK_REMOTE names, and show its rows",
            "bf spark sql \"SELECT version()\"",
            "bf spark sql 'SELECT year(ts) AS year, count(*) AS bars FROM delta.`s3a://breadthflow/lake/bars_1d` GROUP BY 1 ORDER BY 1' --format csv",
            "bf spark sql \"SHOW DATABASES\" --json")
    {
        _format.AcceptOnly("table", "csv", "json");
        Arguments.Add(_sql);
        Options.Add(_format);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var sql = call.Get(_sql)!;
        IRowSink sink = (call.Out.Json ? "json" : call.Get(_format)) switch
        {
            "csv" => new CsvSink(Console.Out),
            "json" => new JsonSink(Console.Out),
            _ => new TableSink(Console.Out, call.Out.Quiet),
        };
        using var progress = new Progress(call.Out.Quiet);
        SparkQueryJob.Run(
            call.Settings.Of("SPARK_REMOTE").Value!, sql == "-" ? Console.In.ReadToEnd() : sql, sink,
            (done, of) => progress.Report($"spark: {done} of {of} tasks"), call.Cancel);
        return ExitCode.Done;
    }
}
