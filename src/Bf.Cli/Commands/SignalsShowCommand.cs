using System.Globalization;
using System.Text.Json.Nodes;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Signals;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals show</c>: every figure of one date.</summary>
internal sealed class SignalsShowCommand : BfCommand
{
    private readonly UniverseOptions _universe = new();
    private readonly DateChoice _date = new();

    public SignalsShowCommand()
        : base("show", "every figure of one date, with what it measures, and where each detector stands", "bf signals show", "bf signals show 2020-03-23", "bf signals show 2020-03-23 --json")
    {
        _date.AddTo(this);
        _universe.AddTo(this, dates: false);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var wanted = _date.Read(call);
        var signals = _universe.ReadSignals(call);
        var at = signals.IndexOf(wanted);
        var date = Timestamp.Format(signals.Panel.Ts[at]);
        var table = new TextTable("figure", "value", "unit", "what it measures").Right(1).Folded();
        var values = new JsonObject();
        foreach (var column in BreadthColumns.All)
        {
            var value = column.At(signals.Panel, at);
            table.Add(column.Name, double.IsFinite(value) ? Show(column, value) : "-", SignalsIndicatorsCommand.Brief(column.Unit), column.Measures);
            values[column.Name] = !double.IsFinite(value) ? null : column.Kind == ColumnKind.Integer ? column.Integers(signals.Panel)[at] : value;
        }

        var score = signals.Score.Values[at];
        table.Add("score", TextTable.Number(score, 1), "points", $"0 to 100, {signals.Score.States[at].ToString().ToLowerInvariant()}; why: bf signals explain {date}");
        var states = new TextTable("detector", "state", "fired", "what it is").Right(2);
        var thrusts = new JsonObject();
        foreach (var (d, detector) in Detectors.All.Index())
        {
            var (state, since) = (ThrustStates.Name(signals.Memory.StateOf(d, at)), signals.Memory.Since(d, at));
            states.Add(detector.Name, state, since switch { null => null, 0 => "today", _ => $"{TextTable.Count(since.Value, "date")} ago" }, detector.Title);
            thrusts[detector.Name] = new JsonObject { ["state"] = state, ["since"] = since };
        }

        call.Out.Line($"{signals.Universe}, {date}");
        call.Out.Table(table);
        call.Out.Line("- where a figure is undefined or was not computed; formula and source of one: bf signals indicators NAME");
        call.Out.Line();
        call.Out.Table(states);
        var survivorship = _universe.ReadSurvivorship(call);
        SurvivorshipText.Write(call.Out, signals.Universe, survivorship);
        call.Out.Document(() => new JsonObject
        {
            ["universe"] = signals.Universe, ["ts"] = date, ["breadth"] = values, ["thrusts"] = thrusts, ["score"] = double.IsFinite(score) ? score : null, ["state"] = signals.Score.States[at].ToString().ToLowerInvariant(),
        }.With(survivorship));
        return ExitCode.Done;
    }

    private static string Show(BreadthColumn column, double value) =>
        column.Kind == ColumnKind.Integer ? TextTable.Number((long)value) : value.ToString("#,0.####", CultureInfo.InvariantCulture);
}
