using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Maintenance;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Table;

/// <summary><c>bf table check</c>: whether tables are whole.</summary>
internal sealed class TableCheckCommand : BfCommand
{
    private readonly Argument<string[]> _tables = TableCommands.Tables();
    private readonly Option<bool> _repair = new("--repair") { Description = "put right what loses nothing: checkpoints, files of results (computed anew by bf signals generate)" };
    private readonly Option<bool> _dropLost = new("--drop-lost") { Description = "as --repair, and take out files that are lost or broken, with their rows" };

    public TableCheckCommand()
        : base("check", "read every byte of tables and say what is wrong and how to repair it: log, checkpoints, files, checksums, statistics, keys. Exit 1 when something is",
            "bf table check", "bf table check bars_1d --json", "bf table check breadth --repair && bf signals generate", "bf table check bars_1d --drop-lost")
    {
        Arguments.Add(_tables);
        Options.Add(_repair);
        Options.Add(_dropLost);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var (lake, names) = (call.OpenLake(), call.Get(_tables)!);
        var (run, tables, repaired) = call.Get(_repair) || call.Get(_dropLost)
            ? TableRepair.Run(lake, names, call.Get(_dropLost), call.Arguments, call.Cancel)
            : (null, TableCheck.Run(lake, names, call.Cancel), []);
        foreach (var f in repaired)
        {
            call.Out.Line($"repaired {f.Table}: {f.Subject} ({f.Problem})");
        }

        foreach (var f in tables.SelectMany(t => t.Findings).OrderBy(f => f.Harmless))
        {
            call.Out.Result($"{(f.Harmless ? "note: " : "")}{f.Table}: {f.Subject} {f.Problem}");
            call.Out.Result($"    {f.Advice}");
        }

        var wrong = tables.Sum(t => t.Findings.Count(f => !f.Harmless));
        call.Out.Line($"{Count(tables.Count, "table")}, {Count(tables.Sum(t => t.Files), "file")}, {Count(tables.Sum(t => t.Rows), "row")}: {(wrong == 0 ? "sound" : $"{Count(wrong, "thing")} wrong")}");
        call.Out.Document(() => new JsonObject
        {
            ["run"] = run, ["sound"] = wrong == 0,
            ["tables"] = new JsonArray([.. tables.Select(t => new JsonObject { ["table"] = t.Table, ["sound"] = t.Sound, ["version"] = t.Version, ["files"] = t.Files, ["rows"] = t.Rows, ["findings"] = Json(t.Findings) })]),
            ["repaired"] = Json(repaired),
        });
        return wrong == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static JsonArray Json(IEnumerable<Finding> findings) =>
        [.. findings.Select(f => new JsonObject { ["table"] = f.Table, ["subject"] = f.Subject, ["problem"] = f.Problem, ["advice"] = f.Advice, ["harmless"] = f.Harmless })];
}
