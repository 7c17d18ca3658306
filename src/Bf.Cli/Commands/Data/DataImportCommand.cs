using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Sources;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data import</c>: files into the lake.</summary>
internal sealed class DataImportCommand : BfCommand
{
    private readonly Argument<string[]> _paths = new("FILE") { Description = "files, folders (all data files below), patterns, Delta tables, http addresses", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _format = new("--format") { Description = "csv or parquet (else by the file's name)", HelpName = "csv|parquet" };
    private readonly Option<string?> _map = new("--map") { Description = "columns by other names or by place, as in ts=Date,close=Last or ts=1,close=5; none leaves one out", HelpName = "COLUMN=NAME,..." };
    private readonly Option<string> _interval = new("--interval") { Description = "length of a bar: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };
    private readonly DateOrderOption _dates = new();
    private readonly Option<string?> _decimal = new("--decimal") { Description = "what stands before the fraction, where the file can't tell", HelpName = "point|comma" };
    private readonly Option<string?> _zone = new("--time-zone") { Description = "zone of times that name none, and of the days that begin at moments in UTC (else UTC)", HelpName = "America/New_York" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "show what is recognised and the first rows; write nothing" };
    private readonly Option<bool> _strict = new("--strict") { Description = "exit 1 when a row went to quarantine" };

    public DataImportCommand()
        : base("import", "bring bars from CSV (any dialect), Parquet or a Delta table into the lake, by upsert on symbol and date",
            "bf data import prices.csv", "bf data import downloads/ --dry-run", "bf data import aapl_us.txt.gz lean/aapl.zip 'vendor/*.csv'",
            "bf data import quotes.csv --map ts=Day,close=Last", "bf data import intraday/ --interval 5m --time-zone America/New_York", "bf data import bars.parquet --strict --json")
    {
        _format.AcceptOnly("csv", "parquet");
        _decimal.AcceptOnly("point", "comma");
        Arguments.Add(_paths);
        foreach (var option in (Option[])[_format, _map, _interval, _dates.Option, _decimal, _zone, _dryRun, _strict])
        {
            Options.Add(option);
        }

        // an option that is not known would be taken for a file
        _paths.Validators.Add(paths =>
        {
            if (paths.Tokens.FirstOrDefault(t => t.Value.StartsWith('-') && !Path.Exists(t.Value)) is { } unknown)
            {
                paths.AddError($"'{unknown.Value}' is no option of bf data import; its own are {string.Join(", ", Options.Select(o => o.Name).Where(o => o.Length > 2 && o != "--help"))}.");
            }
        });

        Do(Run);
    }

    private int Run(Invocation call)
    {
        var request = new ImportRequest(call.Get(_paths)!, call.Get(_format), call.Get(_map), Interval.Parse(call.Get(_interval)!))
        {
            Dates = _dates.Read(call),
            Numbers = call.Get(_decimal) switch { "point" => NumberStyle.Point, "comma" => NumberStyle.Comma, _ => null },
            Zone = Zone(call),
        };
        if (call.Get(_dryRun))
        {
            return ImportPreviewOutput.Show(call, ImportPreview.Of(call.OpenLake(), request, call.Cancel));
        }

        ImportResult r;
        using (var progress = new Progress(call.Out.Quiet))
        {
            r = ImportJob.Run(call.OpenLake(), request, call.Arguments, (file, rows) => progress.Report($"reading {Path.GetFileName(file)}: {Number(rows)} rows"), call.Cancel);
        }

        call.Out.Document(() => Documents.Job(r.Added + r.Changed, r.Run, r.Timings, new JsonObject
        {
            ["files"] = r.Files, ["read"] = r.Read, ["added"] = r.Added, ["changed"] = r.Changed, ["unchanged"] = r.Unchanged,
            ["gaps"] = r.Gaps, ["unadjusted"] = r.Unadjusted, ["partly_adjusted"] = r.PartlyAdjusted, ["quarantined"] = r.QuarantinedRows, ["quarantined_by_rule"] = Documents.Counts(r.Quarantined), ["version"] = r.Version,
        }));
        call.Out.Line(r.Added + r.Changed == 0
            ? $"nothing new: {Count(r.Unchanged, "bar")} stood there already"
            : $"{Count(r.Added, "bar")} added, {Number(r.Changed)} changed, {Number(r.Unchanged)} as they were, from {Count(r.Read, "row")} of {Count(r.Files, "file")}");
        if (r.Gaps > 0)
        {
            call.Out.Line($"{Count(r.Gaps, "row")} held nothing but null: days without a bar");
        }

        if (r.Unadjusted > 0)
        {
            call.Out.Line($"no adjusted close in {Count(r.Unadjusted, "row")}: adj_close = close, so a split in unadjusted prices counts as a fall; see bf data quality");
        }

        if (r.PartlyAdjusted > 0)
        {
            call.Out.Line($"{Count(r.PartlyAdjusted, "row")} of them from files that have it in other rows: each is a false move where the two differ");
        }

        QuarantineText.Write(call.Out, r.Quarantined, BarRules.All);
        if (r.Quarantined.GetValueOrDefault(BarRules.Conflict) > r.Read / 2 && request.Interval.IsDaily)
        {
            call.Out.Line("most rows disagree on symbol and date: if they are bars within the day, say how long they are, as in --interval 5m");
        }

        if (r.Added + r.Changed > 0)
        {
            call.Out.Line(r.Changed > 0 ? $"next: bf signals generate (to undo the import: bf table restore --before-run {r.Run})" : "next: bf signals generate");
        }

        return call.Get(_strict) && r.QuarantinedRows > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private TimeZoneInfo? Zone(Invocation call)
    {
        try
        {
            return call.Get(_zone) is { } id ? TimeZoneInfo.FindSystemTimeZoneById(id) : null;
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new UsageException($"--time-zone: '{call.Get(_zone)}' is no zone like America/New_York, Europe/Berlin or Asia/Tokyo");
        }
    }
}
