using System.CommandLine;
using System.Text.Json.Nodes;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Signals;
using static Bf.Cli.TextTable;

namespace Bf.Cli.Commands;

/// <summary><c>bf signals summary</c>: how strong breadth is on the last date, and the last thrusts.</summary>
internal sealed class SignalsSummaryCommand : BfCommand
{
    private readonly UniverseOptions _universe = new();

    public SignalsSummaryCommand()
        : base("summary", "how strong breadth is on the last date, and the last thrusts", "bf signals summary", "bf signals summary --universe dow30")
    {
        _universe.AddTo(this, dates: false);
        Do(Run);
    }

    private int Run(Invocation call)
    {
        var signals = _universe.ReadSignals(call);
        foreach (var line in SummaryText.Lines(signals))
        {
            call.Out.Line(line);
        }

        var survivorship = _universe.ReadSurvivorship(call);
        SurvivorshipText.Write(call.Out, signals.Universe, survivorship);
        call.Out.Line($"next: bf signals explain{_universe.Again(call)} (why the score is what it is), bf signals show{_universe.Again(call)} (every figure)");

        call.Out.Document(() => new JsonObject
        {
            ["universe"] = signals.Universe, ["ts"] = Timestamp.Format(signals.Panel.Ts[^1]),
            ["adv"] = signals.Panel.Tally[TallyColumn.Adv][^1], ["dec"] = signals.Panel.Tally[TallyColumn.Dec][^1],
            ["figures"] = SummaryText.Figures(signals.Panel),
            ["score"] = double.IsFinite(signals.Score.Values[^1]) ? signals.Score.Values[^1] : null, ["state"] = signals.Score.States[^1].ToString().ToLowerInvariant(),
            ["thrusts"] = new JsonArray([.. SummaryText.LastThrusts(signals, 20).Select(t => new JsonObject { ["ts"] = Timestamp.Format(t.Ts), ["detector"] = t.Detector.Name, ["title"] = t.Detector.Title, ["value"] = double.IsFinite(t.Value) ? t.Value : null })]),
        }.With(survivorship));
        return ExitCode.Done;
    }
}

/// <summary>Breadth of the last date in a few lines, for the summary and the demo.</summary>
internal static class SummaryText
{
    private const int SparkDates = 40;

    /// <summary>The last thrusts, newest first.</summary>
    public static IEnumerable<(long Ts, Detector Detector, double Value)> LastThrusts(SignalReader signals, int count) =>
        Detectors.All.Index().SelectMany(d => signals.Memory.Fires[d.Index].Select(f => (Ts: signals.Panel.Ts[f.Index], Detector: d.Item, f.Value)))
            .OrderByDescending(t => t.Ts).ThenBy(t => t.Detector.Name, StringComparer.Ordinal).Take(count);

    /// <summary>The figures that the lines show, by their names in the table <c>breadth</c>.</summary>
    public static JsonObject Figures(BreadthPanel panel) => new(
        new[] { "adv", "dec", "upvol_ratio", "pct_above50", "pct_above200", "nh252", "nl252", "mcc_osc" }.Select(BreadthColumns.Find).Select(column =>
        {
            var value = column!.At(panel, panel.Count - 1);
            return KeyValuePair.Create(column.Name, !double.IsFinite(value) ? null : column.Kind == ColumnKind.Integer ? JsonValue.Create((long)value) : (JsonNode?)JsonValue.Create(value));
        }));

    /// <summary>Why there is no score.</summary>
    public static string NoScore(BreadthTally tally) => tally.Known(TallyColumn.Elig200) is null
        ? "no score yet (new highs and lows need 252 bars of a symbol, and each part 60 dates more)"
        : "no score (imported counts do not say how many stocks stand above their means); series and thrusts are there";

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(SignalReader signals)
    {
        var (panel, tally, last) = (signals.Panel, signals.Panel.Tally, signals.Panel.Count - 1);
        yield return double.IsFinite(signals.Score.Values[last])
            ? $"{signals.Universe} on {Timestamp.Format(panel.Ts[last])}: score {Number(signals.Score.Values[last], 1)} of 100, {signals.Score.States[last].ToString().ToLowerInvariant()}"
            : $"{signals.Universe} on {Timestamp.Format(panel.Ts[last])}: {NoScore(tally)}";
        yield return $"  {"advances / declines",-28}{tally[TallyColumn.Adv][last],7} / {tally[TallyColumn.Dec][last],-5} {Spark("adv_ratio")}";
        yield return Row("up volume, % of up and down", "upvol_ratio", 100, 1);
        yield return Row("% above their 50-bar mean", "pct_above50", 1, 1);
        yield return Row("% above their 200-bar mean", "pct_above200", 1, 1);
        yield return $"  {"new highs / new lows",-28}{Whole("nh252"),7} / {Whole("nl252"),-5} {Spark("nh_nl")}";
        yield return Row("McClellan oscillator", "mcc_osc", 1, 1);
        yield return $"  {"score, last 40 dates",-28}{Number(signals.Score.Values[last], 1),7}         {Sparkline.Of(signals.Score.Values.TakeLast(SparkDates))}";
        var thrusts = LastThrusts(signals, 5).ToList();
        yield return thrusts.Count == 0 ? "no thrusts so far" : "last thrusts:";
        foreach (var t in thrusts)
        {
            yield return $"  {Timestamp.Format(t.Ts)}  {t.Detector.Name,-12}  {t.Detector.Title}";
        }

        string Whole(string column) => BreadthColumns.Find(column)!.At(panel, last) is var n && double.IsFinite(n) ? $"{(long)n}" : "-";
        string Row(string title, string column, double factor, int decimals) =>
            $"  {title,-28}{Number(factor * BreadthColumns.Find(column)!.At(panel, last), decimals),7}         {Spark(column)}";
        string Spark(string column) =>
            Sparkline.Of(Enumerable.Range(Math.Max(0, panel.Count - SparkDates), Math.Min(SparkDates, panel.Count)).Select(i => BreadthColumns.Find(column)!.At(panel, i)));
    }
}
