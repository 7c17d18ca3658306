using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs;
using Bf.Jobs.Inventory;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data list</c>: each symbol's bars.</summary>
internal sealed class DataListCommand : BfCommand
{
    private readonly Option<string> _interval = new("--interval") { Description = "length of a bar: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };

    private readonly Option<bool> _history = new("--history") { Description = "when and from which source bars came, and which changed" };
    private readonly Option<string?> _symbol = new("--symbol") { Description = "only this symbol's, with the dates that each change concerned", HelpName = "SYMBOL" };

    public DataListCommand()
        : base("list", "each symbol's bars: how many, from when to when, where from", "bf data list", "bf data list --json | jq '.symbols[0]'", "bf data list --history", "bf data list --history --symbol AAPL")
    {
        foreach (var option in (Option[])[_interval, _history, _symbol])
        {
            Options.Add(option);
        }

        Do(Run);
    }

    private int Run(Invocation call)
    {
        var interval = Interval.Parse(call.Get(_interval)!);
        var only = call.Get(_symbol) is { } name ? Bar.Normalize(name) : null;
        if (call.Get(_history))
        {
            var changes = BarHistory.Read(call.OpenLake(), interval, only);
            BarHistoryText.Write(call.Out, changes);
            call.Out.Document(() => BarHistoryText.Json(changes));
            return ExitCode.Done;
        }

        var symbols = BarInventory.Symbols(call.OpenLake(), interval).Where(s => only is null || s.Symbol == only).ToList();
        if (only is not null && symbols.Count == 0)
        {
            throw new JobException($"there are no bars of {only} ({interval}); see what there is with: bf data list");
        }

        var table = new TextTable("symbol", "bars", "from", "to", "source").Right(1);
        foreach (var s in symbols)
        {
            table.Add(s.Symbol, Number(s.Bars), Timestamp.Format(s.FirstTs), Timestamp.Format(s.LastTs), s.Sources);
        }

        call.Out.Table(table);
        call.Out.Line(symbols.Count == 0 ? "no bars yet; bring some with: bf data import FILE" : $"{Count(symbols.Count, "symbol")}, {Count(symbols.Sum(s => s.Bars), "bar")}");
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
