using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Import;
using Bf.Jobs.Inventory;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf data</c>: bars into the lake, and what is there.</summary>
internal sealed class DataCommands : BfCommand
{
    public DataCommands()
        : base("data", "bring bars into the lake, and see what is there", "bf data import prices.csv", "bf data summary")
    {
        Subcommands.Add(new ImportCommand());
        Subcommands.Add(new ListCommand());
        Subcommands.Add(new SummaryCommand());
    }

    private sealed class ListCommand : BfCommand
    {
        private readonly Option<string> _interval = new("--interval") { Description = "length of a bar", DefaultValueFactory = _ => "1d" };

        public ListCommand()
            : base("list", "each symbol's bars: how many, from when to when, where from", "bf data list", "bf data list --json | jq '.symbols[0]'")
        {
            Options.Add(_interval);
            Do(Run);
        }

        private int Run(Invocation call)
        {
            var symbols = BarInventory.Symbols(call.OpenLake(), Interval.Parse(call.Get(_interval)!));
            var table = new TextTable("symbol", "bars", "from", "to", "source").Right(1);
            foreach (var s in symbols)
            {
                table.Add(s.Symbol, Number(s.Bars), Timestamp.Format(s.FirstTs), Timestamp.Format(s.LastTs), s.Sources);
            }

            call.Out.Table(table);
            call.Out.Line(symbols.Count == 0 ? "no bars yet; bring some with: bf data import FILE" : $"{Number(symbols.Count)} symbols, {Number(symbols.Sum(s => s.Bars))} bars");
            call.Out.Document(() => new JsonObject
            {
                ["symbols"] = new JsonArray([.. symbols.Select(s => new JsonObject
                {
                    ["symbol"] = s.Symbol, ["bars"] = s.Bars, ["from"] = Timestamp.Format(s.FirstTs), ["to"] = Timestamp.Format(s.LastTs), ["source"] = s.Sources,
                })]),
            });
            return ExitCode.Done;
        }
    }

    private sealed class SummaryCommand : BfCommand
    {
        private readonly Option<string> _interval = new("--interval") { Description = "length of a bar", DefaultValueFactory = _ => "1d" };

        public SummaryCommand()
            : base("summary", "the bars as a whole, and how many symbols the last dates have", "bf data summary")
        {
            Options.Add(_interval);
            Do(Run);
        }

        private int Run(Invocation call)
        {
            var lake = call.OpenLake();
            var interval = Interval.Parse(call.Get(_interval)!);
            var s = BarInventory.Summary(lake, interval);
            var last = BarInventory.LastDates(lake, interval, 5);
            call.Out.Document(() => new JsonObject
            {
                ["lake"] = lake.Root, ["interval"] = s.Interval, ["bars"] = s.Bars, ["symbols"] = s.Symbols, ["dates"] = s.Dates,
                ["from"] = s.FirstTs is { } f ? Timestamp.Format(f) : null, ["to"] = s.LastTs is { } t ? Timestamp.Format(t) : null,
                ["version"] = s.Version, ["files"] = s.Files, ["bytes"] = s.Bytes, ["quarantined"] = s.Quarantined,
                ["last_dates"] = new JsonArray([.. last.Select(d => new JsonObject { ["ts"] = Timestamp.Format(d.Ts), ["symbols"] = d.Symbols })]),
            });
            if (s.Bars == 0)
            {
                call.Out.Line($"no bars in {lake.Root}; bring some with: bf data import FILE");
                return ExitCode.Done;
            }

            call.Out.Result($"{Number(s.Bars)} bars ({s.Interval}) of {Number(s.Symbols)} symbols on {Number(s.Dates)} dates, {Timestamp.Format(s.FirstTs!.Value)} to {Timestamp.Format(s.LastTs!.Value)}");
            call.Out.Result($"lake {lake.Root}: version {s.Version}, {s.Files} files, {Number(s.Bytes / 1e6, 1)} MB; {Number(s.Quarantined)} rows in quarantine");
            var table = new TextTable("date", "symbols").Right(1);
            foreach (var d in last)
            {
                table.Add(Timestamp.Format(d.Ts), Number(d.Symbols));
            }

            call.Out.Table(table);
            return ExitCode.Done;
        }
    }

    private sealed class ImportCommand : BfCommand
    {
        private readonly Argument<string[]> _paths = new("FILE") { Description = "files, folders or patterns", Arity = ArgumentArity.OneOrMore };
        private readonly Option<string?> _format = new("--format") { Description = "csv or parquet (else by the file's name)", HelpName = "csv|parquet" };
        private readonly Option<string?> _map = new("--map") { Description = "columns by other names, as in ts=Date,close=Last", HelpName = "COLUMN=NAME,..." };
        private readonly Option<string> _interval = new("--interval") { Description = "length of a bar: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };
        private readonly Option<bool> _strict = new("--strict") { Description = "exit 1 when a row went to quarantine" };

        public ImportCommand()
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

            var rules = new JsonObject([.. r.Quarantined.Select(q => KeyValuePair.Create(q.Key, (JsonNode?)q.Value))]);
            call.Out.Document(() => Documents.Job(r.Added + r.Changed, r.Run, r.Timings, new JsonObject
            {
                ["files"] = r.Files, ["read"] = r.Read, ["added"] = r.Added, ["changed"] = r.Changed, ["unchanged"] = r.Unchanged,
                ["quarantined"] = r.QuarantinedRows, ["quarantined_by_rule"] = rules, ["version"] = r.Version,
            }));
            call.Out.Line(r.Added + r.Changed == 0
                ? $"nothing new: {Count(r.Unchanged, "bar")} stood there already"
                : $"{Count(r.Added, "bar")} added, {Number(r.Changed)} changed, {Number(r.Unchanged)} as they were, from {Count(r.Read, "row")} of {Count(r.Files, "file")}");
            if (r.QuarantinedRows > 0)
            {
                call.Out.Line($"{Count(r.QuarantinedRows, "row")} went to quarantine:");
                foreach (var (rule, count) in r.Quarantined)
                {
                    call.Out.Line($"  {Number(count)} x {rule}: {BarRules.All[rule]}");
                }

                call.Out.Line("see them with: bf query \"SELECT file, line, rule, raw FROM quarantine\"");
            }

            if (r.Added + r.Changed > 0)
            {
                call.Out.Line("next: bf signals generate");
            }

            return call.Get(_strict) && r.QuarantinedRows > 0 ? ExitCode.Failed : ExitCode.Done;
        }
    }
}
