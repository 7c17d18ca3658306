using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Jobs.Maintenance;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Table;

/// <summary><c>bf table history</c>: each version of a table.</summary>
internal sealed class TableHistoryCommand : BfCommand
{
    private readonly Argument<string> _table = new("TABLE") { Description = "name of a table, as bars_1d" };
    private readonly Option<int> _limit = new("--limit", "-n") { Description = "at most so many versions", HelpName = "N", DefaultValueFactory = _ => 50 };

    public TableHistoryCommand()
        : base("history", "each version of a table, newest first: when, what, which run and command, how many rows and files",
            "bf table history bars_1d", "bf table history breadth --limit 5", "bf table history bars_1d --json | jq -r '.versions[].run'")
    {
        Arguments.Add(_table);
        Options.Add(_limit);
        _limit.Validators.Add(o =>
        {
            if (o.GetValueOrDefault<int>() < 1)
            {
                o.AddError("--limit: at least 1");
            }
        });
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var versions = TableHistory.Read(call.OpenLake(), call.Get(_table)!, call.Get(_limit));
        var table = new TextTable("version", "when (UTC)", "operation", "run", "command", "added", "changed", "removed", "files", "").Right(0, 5, 6, 7, 8);
        foreach (var v in versions)
        {
            table.Add(Number(v.Version), v.When?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), v.Operation, v.Run ?? "-", v.Command ?? v.Engine ?? "-",
                Rows(v.RowsAdded), Rows(v.RowsChanged), Rows(v.RowsRemoved), $"+{v.FilesAdded} -{v.FilesRemoved}", string.Join(' ', v.Details.Select(d => $"{d.Key}={d.Value}")));
        }

        call.Out.Table(table);
        call.Out.Line($"a version is read with: bf query \"SELECT * FROM delta('{call.Get(_table)}', version => N)\"; the table becomes as it was at one with: bf table restore {call.Get(_table)} --to-version N");
        call.Out.Document(() => new JsonObject { ["table"] = call.Get(_table), ["versions"] = new JsonArray([.. versions.Select(Json)]) });
        return ExitCode.Done;

        static string Rows(long? count) => count is { } n ? Number(n) : "-";
    }

    /// <summary>A version as JSON.</summary>
    public static JsonObject Json(TableVersion v) => new()
    {
        ["version"] = v.Version, ["when"] = v.When?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["operation"] = v.Operation, ["run"] = v.Run, ["command"] = v.Command,
        ["source"] = v.Source, ["rows_added"] = v.RowsAdded, ["rows_changed"] = v.RowsChanged, ["rows_removed"] = v.RowsRemoved, ["files_added"] = v.FilesAdded, ["files_removed"] = v.FilesRemoved,
        ["details"] = new JsonObject([.. v.Details.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value))]), ["engine"] = v.Engine,
    };
}
