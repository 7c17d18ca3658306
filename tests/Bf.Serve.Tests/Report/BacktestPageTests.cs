using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bf.Serve.Report;

namespace Bf.Serve.Tests.Report;

public sealed partial class BacktestPageTests
{
    private static readonly string Whole = ReportPage.Render(SampleReport.Whole());

    [Fact]
    public void A_page_about_a_backtest_begins_with_what_it_made_beside_the_index()
    {
        Assert.Contains("<h1>Zweig, held 60 dates: +9.3% a year, where holding the index made +22.1%</h1>", Whole, StringComparison.Ordinal);
        Assert.Contains("All of it rests on 8 signals", Whole, StringComparison.Ordinal);
        Assert.Equal(["backtest", "costs", "luck", "trades", "charts", "thrusts", "method"], Sections(Whole));
        Assert.Equal(Sections(Whole), Links().Matches(Whole).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void A_page_about_breadth_shows_the_same_after_the_market()
    {
        var m = SampleReport.Whole() with { BacktestFirst = false };
        var page = ReportPage.Render(m);
        Assert.Contains("<h1>Breadth is strong", page, StringComparison.Ordinal);
        Assert.Equal(["charts", "thrusts", "backtest", "costs", "luck", "trades", "method"], Sections(page));
        Assert.Equal(Math.Round(m.Series.Ts[0] / 1e6), Data(page).GetProperty("span")[0].GetDouble());
    }

    [Fact]
    public void A_page_about_a_backtest_shows_the_span_of_the_backtest()
    {
        var m = SampleReport.Whole();
        var b = m.Backtest!;
        double?[] Late(double?[] values) => values[300..];
        ReportCurve Cut(ReportCurve c) => new(Late(c.Value), Late(c.Drawdown));
        var data = Data(ReportPage.Render(m with
        {
            Backtest = b with { Ts = b.Ts[300..], Strategy = Cut(b.Strategy), BuyAndHold = Cut(b.BuyAndHold!), Basket = Cut(b.Basket!), Exposure = Late(b.Exposure), RollingSharpe = Late(b.RollingSharpe), IndexRollingSharpe = Late(b.IndexRollingSharpe) },
        }));
        Assert.Equal([b.Ts[300] / 1_000_000, b.Ts[^1] / 1_000_000], data.GetProperty("span").EnumerateArray().Select(v => v.GetInt64()));
        Assert.Equal(600, data.GetProperty("x").GetArrayLength());
    }

    [Fact]
    public void Weeks_are_not_made_into_growth_a_year_where_it_is_read_first()
    {
        var m = SampleReport.Whole();
        var b = m.Backtest!;
        double?[] First(double?[] values) => values[..60];
        ReportCurve Cut(ReportCurve c) => new(First(c.Value), First(c.Drawdown));
        var page = ReportPage.Render(m with
        {
            Backtest = b with
            {
                Ts = b.Ts[..60], Strategy = Cut(b.Strategy), BuyAndHold = Cut(b.BuyAndHold!), Basket = Cut(b.Basket!), Exposure = First(b.Exposure), RollingSharpe = [], IndexRollingSharpe = [],
                Figures = b.Figures! with { TotalReturn = 0.05 }, IndexFigures = b.IndexFigures! with { TotalReturn = 0.021 },
            },
        });

        Assert.Contains("<h1>Zweig, held 60 dates: +5.0% in less than a year, where holding the index made +2.1%</h1>", page, StringComparison.Ordinal);
        Assert.Contains("Growth in all", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A day late", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_held_nothing_shows_no_empty_months_and_curves()
    {
        var m = SampleReport.Whole();
        var page = ReportPage.Render(m with { Backtest = m.Backtest! with { Exposure = [.. m.Backtest.Ts.Select(_ => (double?)0)], Months = [.. m.Backtest.Months.Select(x => x with { Return = 0 })] } });

        Assert.Contains("chart-equity", page, StringComparison.Ordinal);
        Assert.DoesNotContain("chart-exposure", page, StringComparison.Ordinal);
        Assert.DoesNotContain("chart-drawdown", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"heat\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Survivorship_and_warnings_stand_before_the_figures()
    {
        var (survivorship, warning, tiles) = (At("<strong>Survivorship.</strong>"), At("<p class=\"warn\">The bars have changed."), At("class=\"tiles\""));
        Assert.True(survivorship < warning && warning < tiles);
    }

    [Fact]
    public void Months_stand_in_their_year_with_a_shade_by_sign_and_size()
    {
        var b = SampleReport.Whole().Backtest!;
        var rows = HeatRow().Matches(Whole[At("class=\"heat\"")..]).Take(b.Years.Count).ToList();
        foreach (var (row, year) in rows.Zip(b.Years))
        {
            var cells = Cells().Matches(row.Groups[2].Value).Select(c => (Shade: c.Groups[1].Value.Trim(), Text: c.Groups[2].Value)).ToList();
            Assert.Equal(year.Year.ToString(CultureInfo.InvariantCulture), row.Groups[1].Value);
            Assert.Equal(14, cells.Count);
            foreach (var month in b.Months.Where(x => x.Year == year.Year))
            {
                var (shade, text) = cells[month.Month - 1];
                Assert.Equal(month.Return!.Value * 100, double.Parse(text.Replace('−', '-'), CultureInfo.InvariantCulture), 0.0501);
                Assert.StartsWith(text.StartsWith('−') ? "down" : "up", shade, StringComparison.Ordinal);
                Assert.Equal(month.Return is > 0.08 or < -0.08, shade.EndsWith('5'));
            }

            Assert.Equal(year.Return!.Value * 100, double.Parse(cells[12].Text.Replace('−', '-').TrimEnd('%'), CultureInfo.InvariantCulture), 0.0501);
        }

        Assert.Equal(12 - b.Months.Count(x => x.Year == b.Years[^1].Year), Cells().Matches(rows[^1].Groups[2].Value).Count(c => c.Groups[2].Value is ""));
    }

    [Fact]
    public void Costs_are_named_in_money_and_as_a_drag()
    {
        Assert.Contains("Costs took 0.37 points of growth a year: +9.3% with them, +9.7% without", Whole, StringComparison.Ordinal);
        Assert.Contains("<td>0.10 % on each side<td class=\"n\">1,899<td class=\"n\">0.22%<td class=\"n\">2.3%", Whole, StringComparison.Ordinal);
        Assert.Contains("All costs<td><td class=\"n\">2,848<td class=\"n\">0.33%<td class=\"n\">3.5%", Whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Dearer_and_later_fills_stand_beside_the_run()
    {
        Assert.Contains("With three times the costs it would have made +8.5% a year; a day’s delay takes 0.18 points", Whole, StringComparison.Ordinal);
        Assert.Contains("<tr class=\"main\"><th scope=\"row\">its own costs (this run)<td class=\"n\">+9.34%", Whole, StringComparison.Ordinal);
        Assert.Contains("every fill a date later<td class=\"n\">+9.16%", Whole, StringComparison.Ordinal);
        Assert.Contains("<p class=\"value\">−0.18</p>", Whole, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_that_signals_count_and_not_trades()
    {
        Assert.Contains("<strong>8 signals, not 800 trades.</strong>", Whole, StringComparison.Ordinal);
        Assert.Contains("(15 fired; 7 could not be traded", Whole, StringComparison.Ordinal);
        Assert.Contains("above 0 with a probability of 92.1%, and above that of holding the index with 11.2%", Whole, StringComparison.Ordinal);
        Assert.Contains("1 signal that was not traded", Whole, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_never_traded_is_not_judged()
    {
        var m = SampleReport.Whole();
        var page = ReportPage.Render(m with { Backtest = m.Backtest! with { Confidence = new(null, null, 0, 0, 0), Costs = null, Cases = [], Episodes = [], Skipped = [], Taken = [] } });
        Assert.Contains("<h1>Zweig, held 60 dates: no signal was traded, while holding the index made +22.1% a year</h1>", page, StringComparison.Ordinal);
        Assert.Contains("it never fired: there is nothing to judge", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not 0 trades", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"costs\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#costs\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_followed_the_signal_is_drawn_with_its_interval_and_what_stands_out_is_marked()
    {
        Assert.Contains("Zweig: the interval of the lift keeps clear of 0 at 20 dates", Whole, StringComparison.Ordinal);
        Assert.Contains("1 of 2 tests stands out from luck: Zweig", Whole, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n up5\">● +1.2<td class=\"n down2\">−4.6", Whole, StringComparison.Ordinal);
        var forest = Whole[At("class=\"forest\"")..At("heat evidence")];
        Assert.Equal(2, Regex.Count(forest, "<circle "));
        Assert.Matches("class=\"up\" x1=\"1[5-9]\\d", forest); // an interval above 0 lies right of the middle
        Assert.DoesNotContain("How the index did after a thrust", Whole, StringComparison.Ordinal);
        Assert.Contains("Never fires<td class=\"n\">0<td class=\"n\">–<td class=\"n\">–", Whole, StringComparison.Ordinal);
    }

    [Fact]
    public void Signals_are_marks_in_the_charts_and_series_of_the_backtest_are_in_the_data()
    {
        var (b, data) = (SampleReport.Whole().Backtest!, Data(Whole));
        Assert.Equal(b.Taken.Select(t => t / 1_000_000), data.GetProperty("taken").EnumerateArray().Select(v => v.GetInt64()));
        Assert.Equal(100, data.GetProperty("exposure")[0].GetDouble());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("rolling")[251].ValueKind);
        Assert.Equal(0.5, data.GetProperty("rollingIndex")[252].GetDouble());
    }

    [Fact]
    public void Texts_of_the_new_parts_never_become_markup()
    {
        const string evil = "<img src=x onerror=alert(1)>";
        var m = SampleReport.Whole();
        var b = m.Backtest!;
        var page = ReportPage.Render(m with
        {
            Backtest = b with
            {
                Title = evil, Warnings = [evil], Skipped = [new(b.Ts[0], evil, evil)], Costs = b.Costs! with { Items = [new(evil, evil, 1, 1)] }, Cases = [.. b.Cases.Select(c => c with { Name = evil })],
                Episodes = [new(evil, b.Ts[0], null, [new(evil, b.Ts[0], 1, null, null, 1, 1, 1, 1, evil)])],
            },
        });
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_of_another_length_are_refused()
    {
        var m = SampleReport.Whole();
        Assert.Throws<ArgumentException>(() => ReportPage.Render(m with { Backtest = m.Backtest! with { Exposure = [1] } }));
        Assert.Throws<ArgumentException>(() => ReportPage.Render(m with { Backtest = m.Backtest! with { IndexRollingSharpe = [1] } }));
    }

    private static int At(string text) => Whole.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at ? at : throw new ArgumentException($"the page lacks {text}");

    private static List<string> Sections(string page) => [.. SectionIds().Matches(page).Select(m => m.Groups[1].Value)];

    private static JsonElement Data(string page) => JsonDocument.Parse(DataElement().Match(page).Groups[1].Value).RootElement;

    [GeneratedRegex("<section id=\"(\\w+)\"")]
    private static partial Regex SectionIds();

    [GeneratedRegex("<a href=\"#(\\w+)\">[^<]+</a> ")]
    private static partial Regex Links();

    [GeneratedRegex("<tr><th scope=\"row\">(\\d{4})(.*?)(?=<tr>|</table>)")]
    private static partial Regex HeatRow();

    [GeneratedRegex("<td class=\"n([^\"]*)\">([^<]*)")]
    private static partial Regex Cells();

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
