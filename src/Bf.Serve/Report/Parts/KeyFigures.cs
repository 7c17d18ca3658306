namespace Bf.Serve.Report.Parts;

/// <summary>The last date's figures as tiles, each with the shape of the last bars, and what the score is made of.</summary>
internal static class KeyFigures
{
    public static Html? Render(ReportModel model)
    {
        if (model.LastDay is not { } day)
        {
            return null;
        }

        var s = model.Series;
        var html = Html.Of($"<section class=\"figures\" aria-label=\"Key figures\"><h2>{Format.Day(day.Ts)} in figures</h2>{ThinDates.Warning(model)}<div class=\"tiles\">");
        html.Add($"{Score(day, s)}{Participation(day)}");
        html.Add($"{Tile("Above 50-day average", Format.Points(day.PctAbove50), "of stocks", Sparkline.Of(s.PctAbove50, 50, "up"))}");
        html.Add($"{Tile("Above 200-day average", Format.Points(day.PctAbove200), "of stocks", Sparkline.Of(s.PctAbove200, 50, "up"))}");
        html.Add($"{Tile("Up-volume share", Format.Percent(day.UpVolumeShare), "of the volume was in rising stocks", Sparkline.Of(s.UpVolumeShare, 0.5, "up"))}");
        html.Add($"{Tile("New highs / lows", $"{Format.Number(day.NewHighs)} / {Format.Number(day.NewLows)}", "stocks, of the last 252 bars", Sparkline.Of(Difference(s.NewHighs, s.NewLows), 0))}");
        html.Add($"{Tile("McClellan oscillator", Format.Signed(day.MccOsc), $"summation index {Format.Number(day.MccSum)}", Sparkline.Of(s.MccOsc, 0))}");
        html.Add($"{LastThrust(model)}</div><p class=\"note\">The small lines show the last {Format.Count(Math.Min(Sparkline.Bars, s.Ts.Length), "bar")}.</p>");
        return html.Add($"{Parts(day)}</section>");
    }

    private static Html Tile(string label, string value, string note, Html? spark) =>
        Html.Of($"<div class=\"tile\"><h3>{label}</h3><p class=\"value\">{value}</p><p class=\"note\">{note}</p>{spark}</div>");

    private static Html Score(ReportDay day, ReportSeries s)
    {
        var pill = day.State is { } state ? Html.Of($" <span class=\"state {state.ToString().ToLowerInvariant()}\">{state.ToString()}</span>") : null;
        return Html.Of($"<div class=\"tile\"><h3>Breadth score</h3><p class=\"value\">{Format.Number(day.Score)}{pill}</p><p class=\"note\">of 100; buy from {ScoreBands.Buy}, sell up to {ScoreBands.Sell}</p>{Sparkline.Of(s.Score, 50)}</div>");
    }

    private static Html Participation(ReportDay day)
    {
        var total = Math.Max(1, day.Advances + day.Unchanged + day.Declines);
        var up = 160 * day.Advances / total;
        var flat = 160 * day.Unchanged / total;
        return Html.Of($"<div class=\"tile\"><h3>Rose / fell</h3><p class=\"value\">{Format.Number(day.Advances)} / {Format.Number(day.Declines)}</p><p class=\"note\">{Format.Number(day.Unchanged)} unchanged, {Format.Count(day.Issues, "stock")} in all</p>")
            .Add($"<svg class=\"share\" viewBox=\"0 0 160 32\" aria-hidden=\"true\"><rect class=\"down\" y=\"11\" width=\"160\" height=\"10\"/><rect class=\"flat\" y=\"11\" width=\"{up + flat}\" height=\"10\"/><rect class=\"up\" y=\"11\" width=\"{up}\" height=\"10\"/><line x1=\"80\" x2=\"80\" y1=\"7\" y2=\"25\"/></svg></div>");
    }

    private static Html? LastThrust(ReportModel model)
    {
        if (model.Thrusts.MaxBy(t => t.Ts) is not { } last)
        {
            return model.Detectors is [] ? null : Tile("Last thrust", "none", "in this range", null);
        }

        var note = $"{Findings.TitleOf(model, last.Detector)}, {Format.Day(last.Ts)}";
        return Tile("Bars since the last thrust", Format.Number(model.Series.Ts.Count(t => t > last.Ts)), note, Sparkline.Marks(model.Series.Ts, model.Thrusts.Select(t => t.Ts)));
    }

    private static Html? Parts(ReportDay day)
    {
        if (day.Parts is [])
        {
            return null;
        }

        var html = Html.Of($"<h3>What the score is made of</h3><div class=\"scroll\"><table class=\"parts\"><thead><tr><th scope=\"col\">Part<th scope=\"col\" class=\"n\">0 to 100<th scope=\"col\" class=\"bar\"><span class=\"sr\">As a bar</span><th scope=\"col\" class=\"n\">Weight<th scope=\"col\" class=\"n\">Adds<tbody>");
        foreach (var part in day.Parts)
        {
            var width = (int)Math.Clamp(part.Value ?? 0, 0, 100);
            html.Add($"<tr><th scope=\"row\">{part.Name}<span class=\"note\">{part.Meaning}</span><td class=\"n\">{Format.Number(part.Value)}<td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"track\" width=\"100\" height=\"10\"/><rect class=\"fill\" width=\"{width}\" height=\"10\"/></svg><td class=\"n\">{Format.Percent(part.Weight)}<td class=\"n\">{Format.Number(part.Value * part.Weight, 1)}");
        }

        return html.Add($"<tfoot><tr><th scope=\"row\">Score<td class=\"n\"><td class=\"bar\"><td class=\"n\"><td class=\"n\">{Format.Number(day.Score, 1)}</table></div>");
    }

    private static double?[] Difference(double?[] a, double?[] b) => a.Length == b.Length ? [.. a.Zip(b, (x, y) => x - y)] : [];
}
