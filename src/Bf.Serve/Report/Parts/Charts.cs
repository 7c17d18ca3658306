namespace Bf.Serve.Report.Parts;

/// <summary>The figures that the script fills, their titles, and the same series as a table.</summary>
internal static class Charts
{
    private sealed record Chart(string Id, string Title, string Shows, params double?[][] Series);

    public static Html? Render(ReportModel model)
    {
        var s = model.Series;
        if (s.Ts.Length < 2)
        {
            return s.Ts is [] ? null : Html.Of($"<section><h2>Charts</h2><p>There is one date only; charts need at least two.</p></section>");
        }

        var html = Html.Of($"<section id=\"charts\"><h2>The market by date</h2>{Help(s)}");
        foreach (var chart in Market(model).Where(c => c.Series.Any(Defined)))
        {
            html.Add($"{Figure(model, chart)}");
            if (chart.Id == "index" && model.Thrusts is not [])
            {
                html.Add($"{Figure(model, new("lanes", ChartTitles.Lanes(model), "A mark for each thrust, a line for each detector"))}");
            }
        }

        return html.Add($"{MonthTable.Render(model)}</section>");
    }

    /// <summary>The charts of the backtest; they share the crosshair and the range with the others.</summary>
    public static Html Backtest(ReportModel model, ReportBacktest b)
    {
        var html = Html.Of($"");
        if (b.Ts.Length < 2)
        {
            return html;
        }

        Chart[] charts =
        [
            new("equity", ChartTitles.Equity(b), "Value of a holding, start = 100, logarithmic scale; diamonds mark the signals that were traded", b.Strategy.Value),
            new("drawdown", ChartTitles.Drawdown(b), "Distance below the highest value so far, percent", b.Strategy.Drawdown),
            new("exposure", ChartTitles.Exposure(b), "Invested part of the equity, percent", b.Exposure),
            new("sharpe", ChartTitles.RollingSharpe(b), "Sharpe ratio of the last 252 dates, at a rate of 0", b.RollingSharpe, b.IndexRollingSharpe),
        ];
        foreach (var chart in charts.Where(c => c.Series.Any(Defined) && (c.Id is not ("drawdown" or "exposure") || b.Exposure is [] || b.Exposure.Any(e => e != 0))))
        {
            html.Add($"{Figure(model, chart)}");
        }

        return html;
    }

    /// <summary>What sets the range of all charts and names the date under the crosshair; it stays in sight over all sections.</summary>
    public static Html? Toolbar(ReportModel model) => model.Series.Ts.Length < 2 && model.Backtest is not { Ts.Length: > 1 }
        ? null
        : Html.Of($"<div class=\"toolbar\" hidden><div role=\"group\" aria-label=\"Range of the charts\"><button type=\"button\" data-years=\"1\">1 year</button><button type=\"button\" data-years=\"3\">3 years</button><button type=\"button\" data-years=\"0\" aria-pressed=\"true\">All</button></div><output class=\"at\"></output></div>");

    private static Chart[] Market(ReportModel m) =>
    [
        new("index", ChartTitles.Index(m), m.Thrusts is [] ? "Equal-weight index of the universe, start = 100, logarithmic scale" : "Equal-weight index of the universe, start = 100, logarithmic scale; diamonds mark thrusts" + (Lanes.Of(m).Any(l => !l.Marked) ? " of the rarer detectors" : ""), m.Series.IndexEw),
        new("ad", ChartTitles.AdLine(m), "Advance/decline line: running sum of advances less declines, stocks", m.Series.AdLine),
        new("mcc", ChartTitles.MccOsc(m), "McClellan oscillator, ratio-adjusted, points", m.Series.MccOsc),
        new("mccsum", ChartTitles.MccSum(m), "McClellan summation index: running sum of the oscillator, points", m.Series.MccSum),
        new("above", ChartTitles.Above(m), "Share of stocks above the mean of their last 50 and 200 closes, percent", m.Series.PctAbove50, m.Series.PctAbove200),
        new("hilo", ChartTitles.HighsLows(m), "Stocks at the highest (up) or lowest (down) of their last 252 closes", m.Series.NewHighs, m.Series.NewLows),
        new("score", ChartTitles.Score(m), $"Breadth score, 0 to 100; buy from {ScoreBands.Buy}, sell up to {ScoreBands.Sell}", m.Series.Score),
    ];

    private static Html Help(ReportSeries s) =>
        Html.Of($"<p class=\"note help\">Move over a chart to read all of them at one date; drag to zoom, double-click to see all. With the keyboard: Tab to a chart, ← → move by a bar (with Shift by 20), + and − zoom, Esc shows all.</p>{ThinDates.Note(s)}<noscript><p class=\"note\">The charts are drawn by a script, which is switched off here; the tables hold the same figures.</p></noscript>");

    private static Html Figure(ReportModel model, Chart chart) => Html.Of(
        $"<figure class=\"chart\" id=\"chart-{chart.Id}\"><figcaption><h3>{chart.Title}</h3><p class=\"shows\">{chart.Shows}</p><p class=\"readout\" aria-hidden=\"true\"></p></figcaption><div class=\"plot\" data-chart=\"{chart.Id}\" role=\"img\" tabindex=\"0\" aria-label=\"{chart.Title}. {chart.Shows}. Arrow keys read single dates.\"></div><p class=\"source\">{model.Universe.Name}, {Format.Count(model.Universe.Symbols, "symbol")}; {model.Run.Source}; to {Format.Day(model.Series.Ts[^1])}</p></figure>");

    private static bool Defined(double?[] series) => series.Any(v => v is { } x && double.IsFinite(x));
}
