using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Inventory;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands.Data;

/// <summary><c>bf data list</c>: each symbol's bars.</summary>
internal sealed class DataListCommand : BfCommand
{
    private readonly Option<string> _interval = new("--interval") { Description = "length of a bar", DefaultValueFactory = _ => "1d" };

    public DataListCommand()
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
