using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Maintenance;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Table;

/// <summary><c>bf table vacuum</c>: files that no version needs any more.</summary>
internal sealed class TableVacuumCommand : BfCommand
{
    private readonly Argument<string[]> _tables = TableCommands.Tables();
    private readonly Option<double> _hours = new("--retain-hours")
    {
        Description = "versions that were current within so many hours stay readable", HelpName = "HOURS", DefaultValueFactory = _ => TableVacuum.SafeHours,
    };

    private readonly Option<bool> _force = new("--force") { Description = $"allow fewer than {TableVacuum.SafeHours} hours: only when no other command reads or writes the lake" };
    private readonly Option<bool> _dryRun = TableCommands.DryRun();

    public TableVacuumCommand()
        : base("vacuum", "remove data files that no version of the last week needs, and what killed commands left behind. Older versions can't be read or restored afterwards",
            "bf table vacuum --dry-run", "bf table vacuum", "bf table vacuum bars_1d --retain-hours 720", "bf table vacuum --retain-hours 0 --force     when nothing else is at work")
    {
        Arguments.Add(_tables);
        foreach (var option in (Option[])[_hours, _force, _dryRun])
        {
            Options.Add(option);
        }

        Do(Run);
    }

    private int Run(Invocation call)
    {
        var hours = call.Get(_hours);
        if (!(hours >= 0 && hours <= 1e6))
        {
            throw new UsageException("--retain-hours: a number of hours from 0 on");
        }

        if (hours < TableVacuum.SafeHours && !call.Get(_force))
        {
            throw new UsageException($"--retain-hours {hours}: commands at work now may need files that are younger than {TableVacuum.SafeHours} hours; add --force when there are none");
        }

        var (run, tables) = TableVacuum.Run(call.OpenLake(), call.Get(_tables)!, hours, call.Get(_dryRun), call.Arguments);
        foreach (var t in tables.Where(t => t.Files.Count > 0))
        {
            call.Out.Line($"{t.Table}: {Count(t.Files.Count, "file")}, {Number(t.Bytes / 1e6, 1)} MB{(call.Get(_dryRun) ? " would go" : "")}");
        }

        var young = tables.Sum(t => t.TooYoung);
        call.Out.Line((tables.All(t => t.Files.Count == 0) ? $"nothing to remove: what versions of the last {Number((long)hours)} hours need stays" : call.Get(_dryRun) ? "do it with: bf table vacuum" : "done")
            + (young > 0 ? $"; {Count(young, "file")} that no version needs stay until they are old enough" : ""));
        call.Out.Document(() => new JsonObject
        {
            ["run"] = run, ["dry_run"] = call.Get(_dryRun), ["files"] = tables.Sum(t => t.Files.Count), ["bytes"] = tables.Sum(t => t.Bytes),
            ["tables"] = new JsonArray([.. tables.Select(t => new JsonObject { ["table"] = t.Table, ["files"] = new JsonArray([.. t.Files.Select(f => (JsonNode)f)]), ["bytes"] = t.Bytes, ["too_young"] = t.TooYoung })]),
        });
        return ExitCode.Done;
    }
}
