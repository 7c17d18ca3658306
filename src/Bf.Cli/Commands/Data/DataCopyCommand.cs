using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Lake;
using Bf.Jobs.Transfer;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data push</c> and <c>bf data pull</c>: the lake into another, or another into the lake.</summary>
internal sealed class DataCopyCommand : BfCommand
{
    private readonly bool _push;
    private readonly Argument<string> _other;
    private readonly Option<string[]> _tables = new("--table") { Description = "only this table; may be given several times", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };

    private DataCopyCommand(bool push, string description, params string[] examples)
        : base(push ? "push" : "pull", description, examples)
    {
        _push = push;
        _other = new(push ? "TO" : "FROM") { Description = "root of the other lake: a folder, or s3://BUCKET/FOLDER" };
        Arguments.Add(_other);
        Options.Add(_tables);
        Do(Run);
    }

    /// <summary>The lake into another.</summary>
    public static DataCopyCommand Push() => new(true, "copy the lake into another one, in a bucket or a folder: what it lacks, with the whole history",
        "bf data push s3://breadthflow/lake", "bf data push s3://breadthflow/lake --table bars_1d", "bf data push /backup/lake --lake s3://breadthflow/lake");

    /// <summary>Another into the lake.</summary>
    public static DataCopyCommand Pull() => new(false, "copy another lake, in a bucket or a folder, into this one: what it lacks, with the whole history",
        "bf data pull s3://breadthflow/lake", "bf data pull s3://breadthflow/lake --table bars_1d --lake ./copy");

    private int Run(Invocation call)
    {
        var here = call.OpenLake();
        var other = here.Other(call.Get(_other)!);
        var (from, to) = _push ? (here, other) : (other, here);
        IReadOnlyList<CopiedTable> tables;
        using (var progress = new Progress(call.Out.Quiet))
        {
            tables = LakeCopy.Run(from, to, call.Get(_tables) ?? [], (table, done, all) => progress.Report($"{table}: {Number(done)} of {Count(all, "file")}"), call.Cancel);
        }

        foreach (var t in tables)
        {
            call.Out.Line(t.Ahead > 0 ? $"{t.Table}: {to.Root} is ahead by {Count(t.Ahead, "version")}; nothing copied. The other way: bf data {(_push ? "pull" : "push")}"
                : t.From == t.To ? $"{t.Table}: the same already, version {t.To}"
                : $"{t.Table}: version {t.To}{(t.From >= 0 ? $" (was {t.From})" : "")}, {Count(t.Files, "file")}, {Number(t.Bytes / 1e6, 1)} MB{(t.Skipped > 0 ? $", {Number(t.Skipped)} lay there already" : "")}{(t.Gone > 0 ? $"; {Count(t.Gone, "file")} of older versions were vacuumed" : "")}");
        }

        call.Out.Document(() => new JsonObject
        {
            ["from"] = from.Root, ["to"] = to.Root, ["files"] = tables.Sum(t => t.Files), ["bytes"] = tables.Sum(t => t.Bytes),
            ["tables"] = new JsonArray([.. tables.Select(t => new JsonObject
            {
                ["table"] = t.Table, ["from_version"] = t.From, ["version"] = t.To, ["files"] = t.Files, ["bytes"] = t.Bytes, ["skipped"] = t.Skipped, ["vacuumed"] = t.Gone, ["ahead"] = t.Ahead,
            })]),
        });
        return ExitCode.Done;
    }
}
