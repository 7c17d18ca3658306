using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Counts;
using Bf.Jobs.Inventory;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data summary</c>: the bars as a whole.</summary>
internal sealed class DataSummaryCommand : BfCommand
{
    private readonly Option<string> _interval = new("--interval") { Description = "length of a bar: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };

    public DataSummaryCommand()
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
        var counts = CountUniverses.Names(lake);
        call.Out.Document(() => new JsonObject
        {
            ["lake"] = lake.Root, ["interval"] = s.Interval, ["bars"] = s.Bars, ["symbols"] = s.Symbols, ["dates"] = s.Dates,
            ["from"] = s.FirstTs is { } f ? Timestamp.Format(f) : null, ["to"] = s.LastTs is { } t ? Timestamp.Format(t) : null,
            ["version"] = s.Version, ["files"] = s.Files, ["bytes"] = s.Bytes, ["quarantined"] = s.Quarantined, ["counts"] = new JsonArray([.. counts.Select(c => (JsonNode)c)]),
            ["last_dates"] = new JsonArray([.. last.Select(d => new JsonObject { ["ts"] = Timestamp.Format(d.Ts), ["symbols"] = d.Symbols })]),
        });
        if (counts.Count > 0)
        {
            call.Out.Result($"imported counts: {string.Join(", ", counts)}; see them with: bf signals generate --universe {counts[0]}");
        }

        if (s.Bars == 0)
        {
            call.Out.Line($"no bars ({s.Interval}) in {lake.Root}; bring some with: bf data import FILE");
            return ExitCode.Done;
        }

        call.Out.Result($"{Number(s.Bars)} bars ({s.Interval}) of {Number(s.Symbols)} symbols on {Number(s.Dates)} dates, {Timestamp.Format(s.FirstTs!.Value)} to {Timestamp.Format(s.LastTs!.Value)}");
        call.Out.Result($"lake {lake.Root}: version {s.Version}, {s.Files} files, {Number(s.Bytes / 1e6, 1)} MB; {Count(s.Quarantined, "row")} in quarantine");
        var table = new TextTable("date", "symbols").Right(1);
        foreach (var d in last)
        {
            table.Add(Timestamp.Format(d.Ts), Number(d.Symbols));
        }

        call.Out.Table(table);
        return ExitCode.Done;
    }
}
