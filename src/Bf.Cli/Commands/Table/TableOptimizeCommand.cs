using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Maintenance;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Table;

/// <summary><c>bf table optimize</c>: how the rows lie in files.</summary>
internal sealed class TableOptimizeCommand : BfCommand
{
    private readonly Argument<string[]> _tables = TableCommands.Tables();

    public TableOptimizeCommand()
        : base("optimize", "lay tables well: bars as one file a year, sorted by symbol and time; others as one file. The rows stay the same, and so does what is incremental",
            "bf table optimize", "bf table optimize bars_1d")
    {
        Arguments.Add(_tables);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var (run, tables) = TableOptimize.Run(call.OpenLake(), call.Get(_tables)!, call.Arguments, call.Cancel);
        foreach (var t in tables)
        {
            call.Out.Line(t.Rows == 0 ? $"{t.Table}: lies well already ({Count(t.FilesAfter, "file")})" : $"{t.Table}: {Count(t.FilesBefore, "file")} became {Number(t.FilesAfter)}, {Count(t.Rows, "row")} written anew");
        }

        if (tables.Any(t => t.Rows > 0))
        {
            call.Out.Line("the older files stay for older versions, until: bf table vacuum");
        }

        call.Out.Document(() => new JsonObject
        {
            ["run"] = run, ["rows"] = tables.Sum(t => t.Rows),
            ["tables"] = new JsonArray([.. tables.Select(t => new JsonObject { ["table"] = t.Table, ["files_before"] = t.FilesBefore, ["files_after"] = t.FilesAfter, ["rows"] = t.Rows, ["version"] = t.Version })]),
        });
        return ExitCode.Done;
    }
}
