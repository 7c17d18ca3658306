using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Signals;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals explain DATE</c>: why the score is what it is.</summary>
internal sealed class SignalsExplainCommand : BfCommand
{
    private readonly UniverseOptions _universe = new();
    private readonly DateChoice _date = new();

    public SignalsExplainCommand()
        : base("explain", "why the score is what it is: each part, its inputs, the rule (of the last date when none is given)", "bf signals explain", "bf signals explain 2020-03-23")
    {
        _date.AddTo(this);
        _universe.AddTo(this, dates: false);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var date = _date.Read(call);
        var signals = _universe.ReadSignals(call);
        var at = signals.IndexOf(date);
        var e = signals.Score.Explain(at);
        call.Out.Line($"{signals.Universe}, {Timestamp.Format(e.Ts)}: {(double.IsFinite(e.Score) ? $"score {Number(e.Score, 1)}, {e.State.ToString().ToLowerInvariant()}" : SummaryText.NoScore(signals.Panel.Tally))}");
        var table = new TextTable("part", "today, %", "year's mean", "sd", "z", "counts as", "weight", "points").Right(1, 2, 3, 4, 5, 6, 7);
        var made = new TextTable("part", "is, in percent: and its inputs on the date").Folded();
        foreach (var p in e.Parts)
        {
            table.Add(p.Family.Title, Number(p.Value, 1), Number(p.Mean, 1), Number(p.Deviation, 1), Number(p.Z, 2), Number(p.Clipped, 2), Number(p.Weight, 2), Number(p.Points, 2));
            made.Add(p.Family.Title, $"{p.Family.Formula}: {string.Join(", ", p.Inputs.Select(i => $"{i.Name} {Input(i.Value)}"))}");
        }

        call.Out.Table(table);
        call.Out.Line(!double.IsFinite(e.Score) ? "no score: a part is undefined" : $"50{string.Concat(e.Parts.Select(p => $" {(p.Points < 0 ? "-" : "+")} {Number(Math.Abs(p.Points), 2)}"))} = {Number(e.Score, 2)}");
        call.Out.Prose(e.Rule);
        call.Out.Line();
        call.Out.Table(made);
        var survivorship = _universe.ReadSurvivorship(call);
        SurvivorshipText.Write(call.Out, signals.Universe, survivorship);
        call.Out.Document(() => new JsonObject
        {
            ["universe"] = signals.Universe, ["ts"] = Timestamp.Format(e.Ts), ["score"] = Value(e.Score), ["state"] = e.State.ToString().ToLowerInvariant(), ["rule"] = e.Rule, ["settings"] = signals.Score.Settings.ToString(),
            ["parts"] = new JsonArray([.. e.Parts.Select(p => new JsonObject
            {
                ["family"] = p.Family.Name, ["title"] = p.Family.Title, ["formula"] = p.Family.Formula, ["unit"] = "percent", ["value"] = Value(p.Value), ["mean"] = Value(p.Mean),
                ["deviation"] = Value(p.Deviation), ["count"] = p.Count, ["z"] = Value(p.Z), ["clipped"] = Value(p.Clipped), ["weight"] = p.Weight, ["points"] = Value(p.Points),
                ["inputs"] = new JsonObject([.. p.Inputs.Select(i => KeyValuePair.Create(i.Name, Value(i.Value)))]),
            })]),
        }.With(survivorship));
        return ExitCode.Done;
    }

    /// <summary>Counts without decimals, ratios with.</summary>
    private static string Input(double x) => double.IsInteger(x) ? Number((long)x) : Number(x, 3);

    private static JsonNode? Value(double x) => double.IsFinite(x) ? JsonValue.Create(x) : null;
}
