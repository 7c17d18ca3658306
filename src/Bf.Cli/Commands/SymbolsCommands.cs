using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Inventory;
using Bf.Jobs.Universes;

namespace Bf.Cli.Commands;

/// <summary><c>bf symbols</c>.</summary>
internal sealed class SymbolsCommands : BfCommand
{
    public SymbolsCommands()
        : base("symbols", "the symbol lists", "bf symbols list", "bf symbols show dow30")
    {
        Subcommands.Add(new ListCommand());
        Subcommands.Add(new SymbolsShowCommand());
    }

    private sealed class ListCommand : BfCommand
    {
        public ListCommand()
            : base("list", "the symbol lists: files NAME.csv in symbol-lists/ (docs/universes.md says how to write one)", "bf symbols list", "bf symbols show sectors", "bf signals generate --symbol-list dow30") => Do(Run);

        private static int Run(Invocation call)
        {
            var lists = SymbolLists.All();
            var bars = SymbolEnds.Read(call.OpenLake(), Interval.Day);
            var table = new TextTable("list", "symbols", "in the lake", "groups", "by date", "as of", "about").Right(1, 2, 3).Folded();
            foreach (var l in lists)
            {
                table.Add(l.Name, TextTable.Number(l.Universe.Symbols.Count), TextTable.Number(l.Universe.Symbols.Count(bars.Has)), l.Groups.Count == 0 ? "" : TextTable.Number(l.Groups.Count),
                    l.Universe.IsPointInTime ? "yes" : "no", l.AsOf ?? "", l.About);
            }

            call.Out.Table(table);
            call.Out.Line($"{TextTable.Count(lists.Count, "list")}; members, groups and source of one: bf symbols show NAME; bring its bars: bf data fetch --symbol-list NAME");
            call.Out.Document(() => new JsonArray([.. lists.Select(l => SymbolsShowCommand.Json(l, bars))]));
            return ExitCode.Done;
        }
    }
}
