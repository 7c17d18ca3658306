using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs;
using Bf.Jobs.Signals;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals list</c>: the catalogue of detectors, with what each has found.</summary>
internal sealed class SignalsListCommand : BfCommand
{
    private readonly UniverseOptions _universe = new();

    public SignalsListCommand()
        : base("list", "the detectors: what each measures, its rule and source, when it fired last and where it stands", "bf signals list", "bf signals list --universe dow30 --json")
    {
        _universe.AddTo(this, dates: false);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        SignalReader? signals = null;
        var absent = "";
        try
        {
            signals = _universe.ReadSignals(call);
        }
        catch (JobException e)
        {
            absent = e.Message; // the catalogue is worth reading before there is any result
        }

        var table = new TextTable("detector", "fired", "last", "state", "what it is: when it fires (source)").Right(1).Folded();
        var documents = new JsonArray();
        foreach (var (d, detector) in Detectors.All.Index())
        {
            var fires = signals?.Memory.Fires[d];
            var last = fires is { Count: > 0 } ? Timestamp.Format(signals!.Panel.Ts[fires[^1].Index]) : null;
            var state = signals is null ? null : ThrustStates.Name(signals.Memory.StateOf(d, signals.Panel.Count - 1));
            table.Add(detector.Name, fires?.Count.ToString() ?? "", last, state, $"{detector.Title}: {detector.Formula} ({Short(detector.Source)})");
            documents.Add(new JsonObject
            {
                ["name"] = detector.Name, ["title"] = detector.Title, ["measures"] = detector.Measures, ["formula"] = detector.Formula, ["source"] = detector.Source, ["note"] = detector.Note,
                ["threshold"] = detector.Threshold, ["warm_up"] = detector.WarmUp, ["fired"] = fires?.Count, ["last"] = last, ["state"] = state,
                ["inputs"] = new JsonArray([.. detector.Inputs.Select(i => (JsonNode)i)]),
                ["parameters"] = new JsonArray([.. detector.Parameters.Select(p => new JsonObject { ["name"] = p.Name, ["value"] = p.Value, ["least"] = p.Least, ["most"] = p.Most, ["meaning"] = p.Meaning })]),
            });
        }

        call.Out.Table(table);
        call.Out.Line(signals is null ? absent : $"universe {signals.Universe}, {Timestamp.Format(signals.Panel.Ts[0])} to {Timestamp.Format(signals.Panel.Ts[^1])}; the indicators that they watch: bf signals indicators");
        if (signals is not null)
        {
            call.Out.Prose($"state: armed, what has to come before a thrust was seen; fired, at most {ThrustMemory.Dates} dates ago; decayed, longer ago; none, never. A date is a trading day, or a bar within it");
            if (UnseenInputs.Sentence(Detectors.All, signals, _universe.Read(call)) is { } unseen)
            {
                call.Out.Prose(unseen);
            }

            SurvivorshipText.Write(call.Out, signals.Universe, _universe.ReadSurvivorship(call));
        }

        call.Out.Document(() => documents);
        return ExitCode.Done;
    }

    /// <summary>Who and when: the beginning of a source, and its year.</summary>
    private static string Short(string source)
    {
        var who = source[..(source.IndexOfAny([',', ';', '(']) is var end and >= 0 ? end : source.Length)].Trim();
        var year = source.Split([' ', ',', ';', '(', ')']).LastOrDefault(w => w.Length == 4 && w.All(char.IsAsciiDigit));
        return year is null ? who : $"{who} {year}";
    }
}
