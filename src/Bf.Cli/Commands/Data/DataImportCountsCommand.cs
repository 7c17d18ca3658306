using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Counts;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data import-counts</c>: official counts as a universe of their own.</summary>
internal sealed class DataImportCountsCommand : BfCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "a text table, also .gz, .zst or .zip: date, advances, declines, and where known unchanged, up and down volume, new highs and lows" };
    private readonly Option<string?> _universe = new("--universe") { Description = "the universe's name (else the file's, in lower case)", HelpName = "NAME" };
    private readonly Option<string?> _map = new("--map") { Description = "columns by other names, as in date=Day,adv=Gainers,dec=Losers", HelpName = "COLUMN=NAME,..." };
    private readonly Option<string> _interval = new("--interval") { Description = "what a row counts: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };
    private readonly DateOrderOption _dates = new();
    private readonly Option<bool> _strict = new("--strict") { Description = "exit 1 when a row went to quarantine" };

    public DataImportCountsCommand()
        : base("import-counts", "bring an exchange's own advance/decline counts into the lake, as a universe without bars; what the file does not give stays undefined",
            "bf data import-counts nyse.csv", "bf signals generate --universe nyse", "bf data import-counts breadth.csv --universe nasdaq --map date=Day,adv=Gainers,dec=Losers")
    {
        Arguments.Add(_file);
        foreach (var option in (Option[])[_universe, _map, _interval, _dates.Option, _strict])
        {
            Options.Add(option);
        }

        Do(Run);
    }

    private int Run(Invocation call)
    {
        var r = ImportCountsJob.Run(call.OpenLake(), new(call.Get(_file)!, call.Get(_universe), call.Get(_map), Interval.Parse(call.Get(_interval)!), _dates.Read(call)), call.Arguments);
        var quarantined = r.Quarantined.Values.Sum();
        call.Out.Document(() => Documents.Job(r.Added + r.Changed, r.Run, r.Timings, new JsonObject
        {
            ["universe"] = r.Universe, ["read"] = r.Read, ["added"] = r.Added, ["changed"] = r.Changed, ["unchanged"] = r.Unchanged,
            ["quarantined"] = quarantined, ["quarantined_by_rule"] = Documents.Counts(r.Quarantined), ["version"] = r.Version,
        }));
        call.Out.Line(r.Added + r.Changed + r.Unchanged == 0 ? $"no counts came in from {Count(r.Read, "row")}"
            : r.Added + r.Changed == 0 ? $"{r.Universe}: nothing new: {Count(r.Unchanged, "date")} stood there already"
            : $"{r.Universe}: {Count(r.Added, "date")} added, {Number(r.Changed)} changed, {Number(r.Unchanged)} as they were, from {Count(r.Read, "row")}");
        QuarantineText.Write(call.Out, r.Quarantined, CountRules.All);
        if (r.Added + r.Changed > 0)
        {
            call.Out.Line($"next: bf signals generate --universe {r.Universe}{(call.Get(_interval) == "1d" ? "" : $" --interval {call.Get(_interval)}")}");
        }

        return call.Get(_strict) && quarantined > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
