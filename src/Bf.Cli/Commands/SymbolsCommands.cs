using System.Text.Json.Nodes;
using Bf.Jobs.Universes;

namespace Bf.Cli.Commands;

/// <summary><c>bf symbols</c>.</summary>
internal sealed class SymbolsCommands : BfCommand
{
    public SymbolsCommands()
        : base("symbols", "the symbol lists", "bf symbols list") => Subcommands.Add(new ListCommand());

    private sealed class ListCommand : BfCommand
    {
        public ListCommand()
            : base("list", "the symbol lists: files NAME.csv in symbol-lists/", "bf symbols list", "bf signals generate --symbol-list dow30") => Do(Run);

        private static int Run(Invocation call)
        {
            var lists = SymbolLists.All();
            var table = new TextTable("list", "symbols", "point in time", "about").Right(1);
            foreach (var l in lists)
            {
                table.Add(l.Name, TextTable.Number(l.Universe.Symbols.Count), l.Universe.IsPointInTime ? "yes" : "no", l.About);
            }

            call.Out.Table(table);
            call.Out.Document(() => new JsonArray([.. lists.Select(l => new JsonObject
            {
                ["name"] = l.Name, ["symbols"] = l.Universe.Symbols.Count, ["point_in_time"] = l.Universe.IsPointInTime, ["about"] = l.About, ["path"] = l.Path,
            })]));
            return ExitCode.Done;
        }
    }
}
