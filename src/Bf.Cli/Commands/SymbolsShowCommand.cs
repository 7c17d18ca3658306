using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs;
using Bf.Jobs.Inventory;
using Bf.Jobs.Universes;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf symbols show NAME</c>: a symbol list, its groups and its members.</summary>
internal sealed class SymbolsShowCommand : BfCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "a symbol list's name, a group's (sectors/energy), or a file's path" };
    private readonly Option<string?> _date = new("--date") { Description = "only who belongs on this date", HelpName = "YYYY-MM-DD" };

    public SymbolsShowCommand()
        : base("show", "a symbol list: what it is, from when and where, its groups, and its members with the time of each", "bf symbols show dow30", "bf symbols show dow30 --date 2015-01-02", "bf symbols show sectors/energy --json")
    {
        _name.CompletionSources.Add(_ => SymbolLists.All().SelectMany(l => l.Family).Select(u => new CompletionItem(u.Name)));
        Arguments.Add(_name);
        Options.Add(_date);
        Do(Run);
    }

    /// <summary>A list without its members.</summary>
    public static JsonObject Json(SymbolList list, SymbolEnds bars) => new()
    {
        ["name"] = list.Name, ["symbols"] = list.Universe.Symbols.Count, ["in_lake"] = list.Universe.Symbols.Count(bars.Has), ["point_in_time"] = list.Universe.IsPointInTime,
        ["as_of"] = list.AsOf, ["source"] = list.Source, ["about"] = list.About, ["path"] = list.Path,
        ["groups"] = new JsonArray([.. list.Groups.Select(g => new JsonObject
        {
            ["name"] = g.Universe.Name, ["title"] = g.Title, ["symbols"] = g.Universe.Symbols.Count, ["in_lake"] = g.Universe.Symbols.Count(bars.Has),
        })]),
    };

    private int Run(Invocation call)
    {
        var (list, universe) = Find(call.Get(_name)!);
        var date = call.Date(_date);
        var bars = SymbolEnds.Read(call.OpenLake(), Interval.Day);
        var members = universe.Symbols.SelectMany(s => universe.StaysOf(s).ToArray().Select(m => (Symbol: s, Stay: m))).Where(m => date is null || (m.Stay.From <= date && date < m.Stay.To)).ToList();
        var survivorship = Survivorship.Of(universe, bars);
        Say(call.Out, list, universe, bars);
        Members(call.Out, list, universe.IsPointInTime, members, bars);
        SurvivorshipText.Write(call.Out, universe.Name, survivorship);
        call.Out.Line($"{Count(members.Count, date is null && universe.IsPointInTime ? "membership" : "member")}{(date is { } d ? $" on {Timestamp.Format(d)}" : "")}; next: bf signals generate --universe {universe.Name}");
        call.Out.Document(() =>
        {
            var document = Json(list, bars);
            document["universe"] = universe.Name;
            document["notes"] = new JsonArray([.. list.Notes.Select(n => (JsonNode)n)]);
            document["members"] = new JsonArray([.. members.Select(m => new JsonObject
            {
                ["symbol"] = m.Symbol, ["from"] = From(m.Stay), ["to"] = To(m.Stay), ["groups"] = new JsonArray([.. GroupsOf(list, m.Symbol).Select(g => (JsonNode)g)]), ["in_lake"] = bars.Has(m.Symbol),
            })]);
            return document.With(survivorship);
        });
        return ExitCode.Done;
    }

    /// <summary>The members, with the columns that the list has.</summary>
    private static void Members(Output output, SymbolList list, bool dated, List<(string Symbol, Membership Stay)> members, SymbolEnds bars)
    {
        var grouped = list.Groups.Count > 0;
        var table = new TextTable([.. Row("symbol", "from", "to", "group", "in the lake")]);
        foreach (var (symbol, stay) in members)
        {
            table.Add([.. Row(symbol, From(stay) ?? "", To(stay) ?? "", string.Join(", ", GroupsOf(list, symbol)), bars.Has(symbol) ? "yes" : "no")]);
        }

        output.Table(table);

        IEnumerable<string> Row(string symbol, string from, string to, string group, string there) =>
            [symbol, .. dated ? [from, to] : Array.Empty<string>(), .. grouped ? [group] : Array.Empty<string>(), there];
    }

    private static (SymbolList List, Universe Universe) Find(string name)
    {
        try
        {
            var universe = SymbolLists.FindUniverse(name);
            var list = SymbolLists.Find(name) ?? (universe is null ? null : SymbolLists.Find(name[..name.LastIndexOf('/')]));
            return list is null ? throw new UsageException($"no symbol list '{name}'; see what there is with: bf symbols list") : (list, universe!);
        }
        catch (JobException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static void Say(Output output, SymbolList list, Universe universe, SymbolEnds bars)
    {
        output.Line($"{universe.Name}: {list.About}");
        output.Line($"as of {list.AsOf ?? "a date that the file does not say"}; source: {list.Source ?? "not said"}");
        foreach (var note in list.Notes)
        {
            output.Line(note);
        }

        output.Line($"{Count(universe.Symbols.Count, "symbol")}, {Number(universe.Symbols.Count(bars.Has))} in the lake; {list.Path}");
        if (universe.Name == list.Name && list.Groups.Count > 0)
        {
            output.Line($"{Count(list.Groups.Count, "group")}: {string.Join(", ", list.Groups.Select(g => $"{g.Universe.Name} {Number(g.Universe.Symbols.Count)}"))}");
        }

        output.Line();
    }

    private static IEnumerable<string> GroupsOf(SymbolList list, string symbol) => list.Groups.Where(g => !g.Universe.StaysOf(symbol).IsEmpty).Select(g => g.Title);

    private static string? From(Membership stay) => stay.From == long.MinValue ? null : Timestamp.Format(stay.From);

    private static string? To(Membership stay) => stay.To == long.MaxValue ? null : Timestamp.Format(stay.To);
}
