using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bf.EndToEnd;

/// <summary>The page of <c>bf backtest report</c> beside what the commands say.</summary>
public sealed partial class BacktestReportTests(SmallLake lake) : IClassFixture<SmallLake>
{
    private BfProgram Bf => lake.Bf;

    [Fact]
    public void The_page_has_the_figures_of_the_run()
    {
        var (page, report) = Report();
        var run = lake.Backtest.Json;

        foreach (var name in new[] { "strategy", "index", "basket", "settings" })
        {
            Assert.Equal(run.GetProperty(name).GetRawText(), report.GetProperty(name).GetRawText());
        }

        Assert.Equal(Row(run, "total_return", Percent), Cells(page, "Total return"));
        Assert.Equal(Row(run, "cagr", Percent), Cells(page, "CAGR"));
        Assert.Equal(Row(run, "sharpe", Ratio), Cells(page, "Sharpe ratio"));
        Assert.Equal(Row(run, "max_drawdown", Percent), Cells(page, "Maximum drawdown"));
        Assert.Equal(run.GetProperty("trades").GetInt32().ToString("N0", CultureInfo.InvariantCulture), Cells(page, "Trades")[0]);
        Assert.Contains($"{run.GetProperty("taken")} signals, not {run.GetProperty("trades")} trades.", page);
        Assert.Contains("not point-in-time", page);
        Assert.Contains(run.GetProperty("run").GetString()!, page);
        Assert.Contains("bars_1d, as the backtest read it<dd><code>version 0</code>", page);
    }

    [Fact]
    public void The_page_has_the_figures_of_evaluate()
    {
        var (page, _) = Report();
        var every = page[page.IndexOf("Every figure of every detector", StringComparison.Ordinal)..page.IndexOf("<section id=\"trades\"", StringComparison.Ordinal)];
        var rows = every.Split("<tr>").Skip(2).Select(r => CellText().Matches(r).Select(m => m.Groups[1].Value).ToArray()).ToList();
        var results = Bf.Run("signals", "evaluate", "all", "--json").Done().Json.GetProperty("results").EnumerateArray().ToList();

        Assert.Equal(results.Count, rows.Count);
        Assert.All(results.Zip(rows), pair =>
        {
            var (r, row) = pair;
            Assert.Equal(
                [$"{r.GetProperty("horizon")}", $"{r.GetProperty("events")}", Points(r, "mean"), Points(r, "mean_next"), Points(r, "lift"), Points(r, "ci_low"), Points(r, "ci_high"), Number(r, "p_value", 4), Number(r, "q_value", 3)],
                [row[0], row[1], row[3], row[4], row[9], row[10], row[11], row[12], row[13]]);
        });
    }

    [Fact]
    public void Other_costs_and_later_fills_are_those_of_runs_with_these_settings()
    {
        var (page, report) = Report();
        var cases = report.GetProperty("review").GetProperty("cases").EnumerateArray().ToList();
        Assert.True(report.GetProperty("review").GetProperty("same").GetBoolean());
        var dear = Bf.Run("backtest", "run", "--signal", "upvol90", "--hold-days", "10", "--fees", "0.003", "--slippage-rate", "0.0015", "--json").Done().Json;
        var late = Bf.Run("backtest", "run", "--signal", "upvol90", "--hold-days", "10", "--delay", "1", "--json").Done().Json;

        Assert.Equal(dear.GetProperty("final_equity").GetDouble(), Case(3, 0).GetProperty("final_equity").GetDouble(), 1e-6);
        Assert.Equal(late.GetProperty("final_equity").GetRawText(), Case(1, 1).GetProperty("final_equity").GetRawText());
        Assert.Contains($"every fill a date later<td class=\"n\">{Signed(100 * Case(1, 1).GetProperty("cagr").GetDouble(), 2)}%", page);

        JsonElement Case(int factor, int later) => cases.Single(c => c.GetProperty("cost_factor").GetDouble() == factor && c.GetProperty("later_dates").GetInt32() == later);
    }

    [Fact]
    public void Bars_that_changed_since_the_run_are_warned_of()
    {
        using var bf = new BfProgram();
        bf.Write("a.csv", Jobs.Tests.Market.Csv(Jobs.Tests.Market.Random(4, 200)));
        bf.Run("data", "import", "a.csv").Done();
        bf.Run("signals", "generate").Done();
        bf.Run("backtest", "run", "--signal", "upvol90", "--save-results").Done();
        bf.Write("b.csv", Jobs.Tests.Market.Csv(Jobs.Tests.Market.Random(4, 200, seed: 2)));
        bf.Run("data", "import", "b.csv").Done();
        bf.Run("signals", "generate").Done();

        var result = bf.Run("backtest", "report", "--out", "page.html").Done();

        Assert.Contains("bars, universe or method have changed since it was saved", result.Out);
        Assert.Matches("have changed since this run was saved \\(bars_1d: version 0 then, [1-9] now\\)", WebUtility.HtmlDecode(File.ReadAllText(bf.At("page.html"))));
    }

    private (string Page, JsonElement Document) Report()
    {
        var name = $"page-{Guid.NewGuid():N}.html";
        var document = Bf.Run("backtest", "report", lake.Backtest.Json.GetProperty("run").GetString()!, "--out", name, "--json").Done().Json;
        return (WebUtility.HtmlDecode(File.ReadAllText(Bf.At(name))), document);
    }

    private static string[] Row(JsonElement run, string figure, Func<double, string> show) =>
        [.. ((string[])["strategy", "index", "basket"]).Select(c => show(run.GetProperty(c).GetProperty(figure).GetDouble()))];

    private static string[] Cells(string page, string measure)
    {
        var from = page.IndexOf($"<th scope=\"row\">{measure}<", StringComparison.Ordinal);
        return [.. CellText().Matches(page[from..page.IndexOf("<tr>", from, StringComparison.Ordinal)]).Select(m => m.Groups[1].Value)];
    }

    private static string Percent(double v) => Text(100 * v, 1) + "%";

    private static string Ratio(double v) => Text(v, 2);

    private static string Points(JsonElement r, string name) => r.GetProperty(name) is { ValueKind: JsonValueKind.Number } v ? Signed(100 * v.GetDouble(), 2) : "–";

    private static string Number(JsonElement r, string name, int digits) => r.GetProperty(name) is { ValueKind: JsonValueKind.Number } v ? Text(v.GetDouble(), digits) : "–";

    private static string Signed(double v, int digits) => Text(v, digits) is var text && v > 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "+" + text : text;

    private static string Text(double v, int digits)
    {
        var text = Math.Abs(v).ToString("N" + digits, CultureInfo.InvariantCulture);
        return v < 0 && text.AsSpan().ContainsAnyInRange('1', '9') ? "−" + text : text;
    }

    [GeneratedRegex("<td[^>]*>([^<]*)")]
    private static partial Regex CellText();
}
