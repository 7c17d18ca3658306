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
        : base("list", "the detectors: what each measures, its rule and source, and when it fired last", "bf signals list", "bf signals list --universe dow30 --json")
    {
        _universe.AddTo(this, dates: false);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        SignalReader? signals = null;
        try
        {
            signals = _universe.ReadSignals(call);
        }
        catch (JobException)
        {
            // the catalogue is worth reading before there is any result
        }

        var table = new TextTable("detector", "fired", "last", "what it is", "fires when").Right(1);
        var documents = new JsonArray();
        foreach (var (d, detector) in Detectors.All.Index())
        {
            var fires = signals?.Memory.Fires[d];
            var last = fires is { Count: > 0 } ? Timestamp.Format(signals!.Panel.Ts[fires[^1].Index]) : null;
            table.Add(detector.Name, fires?.Count.ToString() ?? "", last, detector.Title, detector.Formula);
            documents.Add(new JsonObject
            {
                ["name"] = detector.Name, ["title"] = detector.Title, ["measures"] = detector.Measures, ["formula"] = detector.Formula, ["source"] = detector.Source,
                ["threshold"] = detector.Threshold, ["warm_up"] = detector.WarmUp, ["fired"] = fires?.Count, ["last"] = last,
                ["parameters"] = new JsonArray([.. detector.Parameters.Select(p => new JsonObject { ["name"] = p.Name, ["value"] = p.Value, ["meaning"] = p.Meaning })]),
            });
        }

        call.Out.Table(table);
        call.Out.Line(signals is null ? "nothing was computed yet; do it with: bf signals generate" : $"universe {signals.Universe}, {Timestamp.Format(signals.Panel.Ts[0])} to {Timestamp.Format(signals.Panel.Ts[^1])}");
        if (signals is not null)
        {
            SurvivorshipText.Write(call.Out, signals.Universe, _universe.ReadSurvivorship(call));
        }

        call.Out.Document(() => documents);
        return ExitCode.Done;
    }
}
