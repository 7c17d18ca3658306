using System.CommandLine;
using Bf.Jobs.Query;

namespace Bf.Cli.Commands;

/// <summary><c>bf query</c>.</summary>
internal sealed class QueryCommand : BfCommand
{
    private readonly Argument<string> _sql = new("SQL") { Description = "one SELECT over bars_1d, breadth, signals, thrusts, counts, backtests, trades, equity, quarantine, fetches, runs, state; - reads it from stdin" };
    private readonly Option<string> _format = new("--format") { Description = "table, csv or json", HelpName = "FORMAT", DefaultValueFactory = _ => "table" };

    public QueryCommand()
        : base("query", "ask the lake's tables in SQL (DuckDB's), read-only",
            "bf query \"SELECT ts, adv, dec, mcc_osc FROM breadth ORDER BY ts DESC LIMIT 5\"",
            "bf query \"SHOW TABLES\"", "bf query \"SELECT * FROM thrusts\" --format csv > thrusts.csv",
            "bf query \"SELECT count(*) FROM delta('bars_1d', version => 0)\"",
            "bf query \"SELECT * FROM delta('/data/prices', timestamp => '2024-01-31')\"   # any Delta table in a folder")
    {
        _format.AcceptOnly("table", "csv", "json");
        Arguments.Add(_sql);
        Options.Add(_format);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var sql = call.Get(_sql)!;
        var writer = Console.Out;
        IRowSink sink = (call.Out.Json ? "json" : call.Get(_format)) switch
        {
            "csv" => new CsvSink(writer),
            "json" => new JsonSink(writer),
            _ => new TableSink(writer, call.Out.Quiet),
        };
        QueryJob.Run(call.OpenLake, sql == "-" ? Console.In.ReadToEnd() : sql, sink, call.Cancel);
        return ExitCode.Done;
    }
}
