using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs.Maintenance;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Table;

/// <summary><c>bf table restore</c>: an older version's content again.</summary>
internal sealed class TableRestoreCommand : BfCommand
{
    private readonly Argument<string?> _table = new("TABLE") { Description = "name of a table, with --to-version", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<long?> _version = new("--to-version") { Description = "the version whose content the table is to have", HelpName = "N" };
    private readonly Option<string?> _run = new("--before-run") { Description = "undo this run, and later ones, in bars, counts and quarantine", HelpName = "RUN" };
    private readonly Option<bool> _dryRun = TableCommands.DryRun();

    public TableRestoreCommand()
        : base("restore", "give a table the content of an older version, or undo a wrong import, by a new commit: what it undoes can be restored in turn",
            "bf table restore bars_1d --to-version 3", "bf table restore --before-run 20260131T180000.000Z-1a2b3c --dry-run", "bf table restore --before-run 20260131T180000.000Z-1a2b3c && bf signals generate")
    {
        Arguments.Add(_table);
        foreach (var option in (Option[])[_version, _run, _dryRun])
        {
            Options.Add(option);
        }

        Do(Run);
    }

    private int Run(Invocation call)
    {
        var (run, tables) = (call.Get(_table), call.Get(_version), call.Get(_run)) switch
        {
            ({ } table, >= 0 and var version, null) => TableRestore.ToVersion(call.OpenLake(), table, version, call.Get(_dryRun), call.Arguments),
            (null, null, { } before) => TableRestore.BeforeRun(call.OpenLake(), before, call.Get(_dryRun), call.Arguments),
            _ => throw new UsageException("say either which table and version, as in bf table restore bars_1d --to-version 3 (see bf table history bars_1d), or which run to undo: bf table restore --before-run RUN"),
        };
        var dry = call.Get(_dryRun);
        foreach (var t in tables)
        {
            if (!dry && t.Version == t.From)
            {
                call.Out.Line($"{t.Table}: has that content already");
                continue;
            }

            call.Out.Line($"{t.Table}: version {t.From} {(dry ? "would get" : "got")} the content of {(t.To < 0 ? "before its first version" : $"version {t.To}")}: {Rows(t.RowsBefore)} rows {(dry ? "would become" : "became")} {Rows(t.RowsAfter)}");
            foreach (var u in t.Undone)
            {
                call.Out.Line($"  undoes run {u.Run} ({u.Command}{(u.When is { } when ? $", {when.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}" : "")})");
            }
        }

        call.Out.Line(dry ? "do it with the same command without --dry-run" : tables.All(t => t.Version == t.From) ? "nothing was changed" : "next: bf signals generate");
        call.Out.Document(() => new JsonObject
        {
            ["run"] = run, ["dry_run"] = dry,
            ["tables"] = new JsonArray([.. tables.Select(t => new JsonObject
            {
                ["table"] = t.Table, ["from_version"] = t.From, ["to_version"] = t.To, ["version"] = t.Version, ["rows_before"] = t.RowsBefore, ["rows_after"] = t.RowsAfter,
                ["undone_runs"] = new JsonArray([.. t.Undone.Select(u => (JsonNode)u.Run)]),
            })]),
        });
        return ExitCode.Done;

        static string Rows(long? count) => count is { } n ? Number(n) : "?";
    }
}
