using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bf.Serve.Report.Parts;

/// <summary>The series as JSON for the script: seven significant digits, more than a screen can show.</summary>
internal static class ChartData
{
    public static string Render(ReportModel model)
    {
        var s = model.Series;
        var json = new StringBuilder("{");
        json.Append("\"universe\":").Append(Text(model.Universe.Name)).Append(",\"daily\":").Append(model.Universe.Interval == "1d" ? "true" : "false");
        Times(json, "x", s.Ts);
        var span = model is { BacktestFirst: true, Backtest: { Ts: { Length: > 1 } backtest } } ? backtest : s.Ts;
        Times(json, "span", span is [] ? [] : [span[0], span[^1]]);
        Times(json, "thin", [.. s.Thin.Select(d => d.Ts)]);
        json.Append(",\"thinOf\":[").AppendJoin(',', s.Thin.Select(d => Text(ThinDates.Of(d)))).Append(']');
        Values(json, "index", From100(s.IndexEw));
        Values(json, "ad", s.AdLine);
        Values(json, "mcc", s.MccOsc);
        Values(json, "mccsum", s.MccSum);
        Values(json, "above50", s.PctAbove50);
        Values(json, "above200", s.PctAbove200);
        Values(json, "highs", s.NewHighs);
        Values(json, "lows", s.NewLows);
        Values(json, "score", s.Score);
        Thrusts(json, model);
        if (model.Backtest is { } b)
        {
            Times(json, "bx", b.Ts);
            Curve(json, "strategy", b.Strategy);
            Curve(json, "hold", b.BuyAndHold);
            Curve(json, "basket", b.Basket);
            Times(json, "taken", b.Taken);
            Values(json, "exposure", [.. b.Exposure.Select(v => v * 100)]);
            Values(json, "rolling", b.RollingSharpe);
            Values(json, "rollingIndex", b.IndexRollingSharpe);
        }

        return json.Append('}').ToString();
    }

    private static void Thrusts(StringBuilder json, ReportModel model)
    {
        var lanes = Lanes.Of(model);
        json.Append(",\"lanes\":[").AppendJoin(',', lanes.Select(l => Text(l.Title))).Append(']');
        json.Append(",\"marked\":[").AppendJoin(',', lanes.Select(l => l.Marked ? "1" : "0")).Append(']');
        json.Append(",\"thrusts\":[").AppendJoin(',', model.Thrusts.OrderBy(t => t.Ts).Select(t => $"[{Seconds(t.Ts)},{Array.FindIndex(lanes, l => l.Detector == t.Detector)}]")).Append(']');
    }

    private static void Curve(StringBuilder json, string name, ReportCurve? curve)
    {
        Values(json, name, From100(curve?.Value ?? []));
        Values(json, name + "Fall", [.. (curve?.Drawdown ?? []).Select(v => v * 100)]);
    }

    private static void Times(StringBuilder json, string name, long[] ts) =>
        json.Append(",\"").Append(name).Append("\":[").AppendJoin(',', ts.Select(Seconds)).Append(']');

    private static void Values(StringBuilder json, string name, double?[] values) =>
        json.Append(",\"").Append(name).Append("\":[").AppendJoin(',', values.Select(Value)).Append(']');

    private static string Value(double? value) =>
        value is { } v && double.IsFinite(v) ? v.ToString("G7", CultureInfo.InvariantCulture) : "null";

    private static double?[] From100(double?[] series)
    {
        var start = series.FirstOrDefault(v => v is > 0 and < double.PositiveInfinity);
        return [.. series.Select(v => v is > 0 ? 100 * v / start : null)];
    }

    private static string Seconds(long ts) => (ts / 1_000_000).ToString(CultureInfo.InvariantCulture);

    /// <summary>A JSON string; the encoder escapes what could end a script element.</summary>
    private static string Text(string text) => JsonSerializer.Serialize(text);
}
