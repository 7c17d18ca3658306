using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Core.Statistics;
using Bf.Jobs;
using Bf.Jobs.Signals;
using Bf.Jobs.Universes;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals evaluate</c>: what followed each detector's fires, beside any date, and whether it is more than luck.</summary>
internal sealed class SignalsEvaluateCommand : BfCommand
{
    private const string All = "all";
    private const int FewestDraws = 100;
    private const int MostDraws = 200_000;

    private readonly UniverseOptions _universe = new();
    private readonly Argument<string[]> _detectors = new("DETECTOR") { Description = "detectors by name (bf signals list), or all", HelpName = "DETECTOR", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _horizons = new("--horizons") { Description = "dates after a fire, separated by commas", HelpName = "1,5,20", DefaultValueFactory = _ => string.Join(',', ThrustFollowUp.UsualHorizons) };
    private readonly Option<string?> _index = new("--index") { Description = "the universe whose index is followed (the same, unless it is made of counts)", HelpName = "NAME" };

    // Text, read below: options of numbers would have to be compiled whenever bf signals generate starts.
    private readonly Option<string> _draws = new("--draws") { Description = "how often chance is drawn", HelpName = "N", DefaultValueFactory = _ => EvaluateRequest.UsualDraws.ToString(CultureInfo.InvariantCulture) };
    private readonly Option<string> _seed = new("--seed") { Description = "where chance begins; the same seed gives the same figures", HelpName = "N", DefaultValueFactory = _ => EvaluateRequest.UsualSeed.ToString(CultureInfo.InvariantCulture) };

    public SignalsEvaluateCommand()
        : base("evaluate", "what followed each detector's fires, beside any date, and whether it is more than luck; nothing is written (docs/statistics.md has every figure)",
            "bf signals evaluate", "bf signals evaluate zbt_ema deemer_1.97 --universe dow30 --horizons 20,60,250", "bf signals evaluate all --universe nyse --index all --json")
    {
        Arguments.Add(_detectors);
        _detectors.CompletionSources.Add(_ => Detectors.All.Select(d => new CompletionItem(d.Name)).Prepend(new CompletionItem(All)));
        _index.CompletionSources.Add(context => UniverseChoice.Names(new Invocation(context.ParseResult, default).OpenLake()).Select(n => new CompletionItem(n)));
        _universe.AddTo(this, dates: false);
        foreach (var option in (Option[])[_horizons, _index, _draws, _seed])
        {
            Options.Add(option);
        }

        Do(Run);
    }

    private int Run(Invocation call)
    {
        var (detectors, horizons) = (ReadDetectors(call), ReadHorizons(call.Get(_horizons)!));
        var (draws, seed) = ((int)ReadNumber(call, _draws, FewestDraws, MostDraws), ReadNumber(call, _seed, long.MinValue, long.MaxValue));
        var universe = _universe.Read(call);
        var request = new EvaluateRequest(universe, ReadIndex(call, universe), _universe.ReadInterval(call), detectors, horizons, draws, seed);
        var result = EvaluateJob.Run(call.OpenLake(), request, call.Cancel);
        var survivorship = Survivorship.Of(call.OpenLake(), request.Index, request.Interval);
        call.Out.Document(() => EvaluateText.Json(request, result, survivorship));
        EvaluateText.Write(call.Out, request, result, survivorship, _universe.Again(call));
        return ExitCode.Done;
    }

    private IReadOnlyList<string> ReadDetectors(Invocation call)
    {
        string[] names = [.. (call.Get(_detectors) ?? []).SelectMany(n => n.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        var unknown = names.FirstOrDefault(n => n != All && Detectors.Find(n) is null);
        return unknown is not null ? throw new UsageException($"no detector '{unknown}'; there are {All}, {string.Join(", ", Detectors.All)}")
            : names.Contains(All, StringComparer.Ordinal) ? []
            : names;
    }

    private Universe ReadIndex(Invocation call, Universe universe)
    {
        if (call.Get(_index) is not { } name)
        {
            return !universe.IsCounts ? universe : throw new UsageException(
                $"universe {universe.Name} is made of imported counts and has no index to follow; name a universe with bars: bf signals evaluate --universe {universe.Name} --index all");
        }

        try
        {
            return UniverseChoice.Of(name, null, null, call.OpenLake);
        }
        catch (JobException e)
        {
            throw new UsageException($"--index: {e.Message}");
        }
    }

    private static long ReadNumber(Invocation call, Option<string> option, long least, long most)
    {
        var text = call.Get(option)!;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException($"{option.Name}: a number from {least} to {most}, not '{text}'");
    }

    private static List<int> ReadHorizons(string text)
    {
        var horizons = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var horizon) || horizon is < 1 or > 100_000 || horizons.Contains(horizon))
            {
                throw new UsageException($"--horizons: numbers of dates from 1 on, each once, like 5,20,60; not '{text}'");
            }

            horizons.Add(horizon);
        }

        return horizons;
    }
}
