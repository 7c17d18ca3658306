using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Jobs.Search;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals export</c>: the tables' rows as documents in Elasticsearch.</summary>
internal sealed class SignalsExportCommand : BfCommand
{
    private readonly UniverseOptions _universe = new(several: true);
    private readonly Option<string> _sink = new("--sink") { Description = "where to: elasticsearch (of ELASTICSEARCH_HOST)", HelpName = "SINK", DefaultValueFactory = _ => "elasticsearch" };
    private readonly Option<string?> _tables = new("--tables") { Description = "some of breadth,signals,thrusts,backtests,runs (else all)", HelpName = "TABLE,..." };
    private readonly Option<string> _patience = new("--patience") { Description = "how long to go on trying while Elasticsearch takes nothing", HelpName = "2m", DefaultValueFactory = _ => "2m" };

    public SignalsExportCommand()
        : base("export", "send breadth, signals, thrusts, backtests and runs to Elasticsearch, one document a row; sending them again changes nothing, and thrusts that are no more are deleted there",
            "bf signals export", "bf signals export --universe all,dow30 --start-date 2020-01-01", "bf signals export --tables thrusts --json")
    {
        _sink.AcceptOnly("elasticsearch");
        _universe.Universe.Description = "all (the default), or other names; several are separated by commas";
        _universe.AddTo(this, dates: true);
        foreach (var option in (Option[])[_tables, _sink, _patience])
        {
            Options.Add(option);
        }

        Do(Run);
    }

    private int Run(Invocation call)
    {
        var (from, to) = _universe.ReadSpan(call);
        var request = new ExportRequest(_universe.ReadSeveral(call), _universe.ReadInterval(call), Tables(call), from, to, Durations.Parse("--patience", call.Get(_patience)!));
        ExportResult r;
        using (var progress = new Progress(call.Out.Quiet))
        {
            r = ExportJob.Run(call.OpenLake(), request, call.Settings, call.Arguments, (table, rows) => progress.Report($"{table}: {Count(rows, "document")}"), call.Cancel);
        }

        foreach (var t in r.Tables)
        {
            call.Out.Line($"{t.Table}: {Count(t.Rows, "document")}{(t.Deleted > 0 ? $"; {Count(t.Deleted, "document")} deleted that the table has no more" : "")}");
        }

        call.Out.Line($"{Count(r.Rows, "document")} in Elasticsearch at {r.Place}, {Number(r.Rate, 0)} a second");
        if (r.Rejected > 0)
        {
            call.Out.Line($"{Count(r.Rejected, "document")} not taken; see them with: bf query \"SELECT file, raw FROM quarantine WHERE rule = 'rejected_document'\"");
        }

        call.Out.Line($"next: bf signals search 'state:buy AND score:>70'{(r.Rows > 0 && call.Settings.Of("ELASTICSEARCH_HOST").Origin == Bf.Jobs.Config.SettingOrigin.Default ? " --engine elasticsearch" : "")}");
        call.Out.Document(() => Documents.Job(r.Rows, r.Run, r.Timings, new()
        {
            ["sink"] = "elasticsearch", ["place"] = r.Place, ["rate"] = Math.Round(r.Rate, 1), ["deleted"] = r.Tables.Sum(t => t.Deleted), ["rejected"] = r.Rejected,
            ["tables"] = new JsonArray([.. r.Tables.Select(t => new JsonObject { ["table"] = t.Table, ["rows"] = t.Rows, ["deleted"] = t.Deleted })]),
        }));
        return ExitCode.Done;
    }

    private string[] Tables(Invocation call)
    {
        var names = (call.Get(_tables) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(names, n => !ExportRequest.AllTables.Contains(n)) is { } unknown
            ? throw new UsageException($"--tables: '{unknown}' is not one of {string.Join(", ", ExportRequest.AllTables)}")
            : names;
    }
}
