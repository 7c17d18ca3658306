using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Import;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data import</c>: files into the lake.</summary>
internal sealed class DataImportCommand : BfCommand
{
    private readonly Argument<string[]> _paths = new("FILE") { Description = "files, folders or patterns", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _format = new("--format") { Description = "csv or parquet (else by the file's name)", HelpName = "csv|parquet" };
    private readonly Option<string?> _map = new("--map") { Description = "columns by other names, as in ts=Date,close=Last", HelpName = "COLUMN=NAME,..." };
    private readonly Option<string> _interval = new("--interval") { Description = "length of a bar: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };
    private readonly Option<bool> _strict = new("--strict") { Description = "exit 1 when a row went to quarantine" };

    public DataImportCommand()
        : base("import", "bring bars from CSV or Parquet into the lake, by upsert on symbol and date",
            "bf data import prices.csv", "bf data import samples/", "bf data import 'vendor/*.csv' --map ts=Day,close=Last", "bf data import bars.parquet --strict --json")
    {
        _format.AcceptOnlyFromAmong("csv", "parquet");
        Arguments.Add(_paths);
        foreach (var option in (Option[])[_format, _map, _interval, _strict])
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
        var request = new ImportRequest(call.Get(_paths)!, call.Get(_format), call.Get(_map), Interval.Parse(call.Get(_interval)!));
        ImportResult r;
        using (var progress = new Progress(call.Out.Quiet))
        {
            r = ImportJob.Run(call.OpenLake(), request, call.Arguments, (file, rows) => progress.Report($"reading {Path.GetFileName(file)}: {Number(rows)} rows"), call.Cancel);
        }

        call.Out.Document(() => Documents.Job(r.Added + r.Changed, r.Run, r.Timings, new JsonObject
        {
            ["files"] = r.Files, ["read"] = r.Read, ["added"] = r.Added, ["changed"] = r.Changed, ["unchanged"] = r.Unchanged,
            ["quarantined"] = r.QuarantinedRows, ["quarantined_by_rule"] = QuarantineText.Json(r.Quarantined), ["version"] = r.Version,
        }));
        call.Out.Line(r.Added + r.Changed == 0
            ? $"nothing new: {Count(r.Unchanged, "bar")} stood there already"
            : $"{Count(r.Added, "bar")} added, {Number(r.Changed)} changed, {Number(r.Unchanged)} as they were, from {Count(r.Read, "row")} of {Count(r.Files, "file")}");
        QuarantineText.Write(call.Out, r.Quarantined, BarRules.All);
        if (r.Added + r.Changed > 0)
        {
            call.Out.Line("next: bf signals generate");
        }

        return call.Get(_strict) && r.QuarantinedRows > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
