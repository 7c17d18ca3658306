using System.CommandLine;
using System.CommandLine.Completions;
using Bf.Core.Market;
using Bf.Jobs;
using Bf.Jobs.Signals;
using Bf.Jobs.Universes;

namespace Bf.Cli.Commands;

/// <summary>The options that choose symbols and dates, the same in every command.</summary>
internal sealed class UniverseOptions
{
    public Option<string?> Universe { get; } = new("--universe") { HelpName = "NAME" };

    public Option<string?> SymbolList { get; } = new("--symbol-list") { Description = "a symbol list: bf symbols list", HelpName = "NAME" };

    public Option<string?> Symbols { get; } = new("--symbols") { Description = "symbols, separated by commas; one that holds a comma stands in quotes", HelpName = "A,B" };

    public Option<string?> Start { get; } = new("--start-date", "--from-date") { Description = "first date", HelpName = "YYYY-MM-DD" };

    public Option<string?> End { get; } = new("--end-date", "--to-date") { Description = "last date", HelpName = "YYYY-MM-DD" };

    public Option<string> Interval { get; } = new("--interval") { Description = "length of a bar: 1d, 5m, ...", HelpName = "1d", DefaultValueFactory = _ => "1d" };

    /// <param name="counts">Whether a universe of imported counts will do; else bars are needed.</param>
    /// <param name="several">Whether the command takes several universes at once.</param>
    public UniverseOptions(bool counts = true, bool several = false)
    {
        Universe.Description = counts ? "all (the default), a symbol list's name, a group's (sectors/energy), or that of imported counts" : "all (the default), a symbol list's name, or a group's (sectors/energy)";
        Universe.Description += several ? "; several, separated by commas, are computed in one pass" : "";
        Universe.CompletionSources.Add(context => UniverseChoice.Names(new Invocation(context.ParseResult, default).OpenLake()).Select(n => new CompletionItem(n)));
        SymbolList.CompletionSources.Add(_ => SymbolLists.All().SelectMany(l => l.Family).Select(u => new CompletionItem(u.Name)));
    }

    /// <summary>Adds the options that choose symbols and interval, and those of dates where a command has a range.</summary>
    public void AddTo(Command command, bool dates)
    {
        foreach (var option in (Option[])[Universe, SymbolList, Symbols, .. dates ? [Start, End] : Array.Empty<Option>(), Interval])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The first and the last instant of the dates that the options name; null where one is not given.</summary>
    public (long? From, long? To) ReadSpan(Invocation call)
    {
        var (from, to) = (call.Date(Start), call.EndOfDate(End));
        return from > to ? throw new UsageException("--end-date lies before --start-date") : (from, to);
    }

    /// <summary>The results of the universe that the options name.</summary>
    public SignalReader ReadSignals(Invocation call) => SignalReader.Read(call.OpenLake(), Read(call), ReadInterval(call));

    /// <summary>The universe that the options name.</summary>
    public Universe Read(Invocation call)
    {
        try
        {
            return UniverseChoice.Of(call.Get(Universe), call.Get(SymbolList), call.Get(Symbols), call.OpenLake);
        }
        catch (JobException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>The universes that the options name, where <c>--universe</c> may name several.</summary>
    public IReadOnlyList<Universe> ReadSeveral(Invocation call)
    {
        try
        {
            return UniverseChoice.Several(call.Get(Universe), call.Get(SymbolList), call.Get(Symbols), call.OpenLake);
        }
        catch (JobException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>What survivorship does to the universe that the options name.</summary>
    public Survivorship ReadSurvivorship(Invocation call) => Survivorship.Of(call.OpenLake(), Read(call), ReadInterval(call));

    /// <summary>The options that choose the same universe and interval in another command, as a command line has them.</summary>
    public string Again(Invocation call) =>
        (call.Get(Symbols) is { } symbols ? $" --symbols {(symbols.AsSpan().ContainsAny(" \"'^") ? $"'{symbols}'" : symbols)}"
            : (call.Get(SymbolList) ?? call.Get(Universe)) is { } name && name != Core.Market.Universe.All.Name ? $" --universe {name}" : "")
        + (call.Get(Interval) is { } interval && interval != Core.Market.Interval.Day.Name ? $" --interval {interval}" : "");

    /// <summary>The interval that the option names.</summary>
    public Interval ReadInterval(Invocation call) => Core.Market.Interval.Parse(call.Get(Interval)!);
}
