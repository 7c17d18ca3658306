using System.Text.Json;
using System.Text.RegularExpressions;
using Bf.Serve.Report;

namespace Bf.Serve.Tests.Report;

public sealed partial class ReportPageTests
{
    [Fact]
    public void The_headline_states_the_finding()
    {
        var page = ReportPage.Render(SampleReport.Of());
        Assert.Contains("<h1>Breadth is strong: 72 of 100 stocks rose; the last thrust was 14 trading days ago</h1>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_model_gives_the_same_page() => Assert.Equal(ReportPage.Render(SampleReport.Of()), ReportPage.Render(SampleReport.Of()));

    [Fact]
    public void Text_from_data_never_becomes_markup()
    {
        const string evil = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>{{data}}";
        var m = SampleReport.Of(name: evil);
        m = m with
        {
            Run = new(evil, evil, evil, [new(evil, evil)], [new(evil, evil)]),
            Detectors = [new("zbt_ema", evil, evil)],
            LastDay = m.LastDay! with { Parts = [new(evil, 1, 1, evil)] },
            Backtest = m.Backtest! with { Description = evil, Metrics = [new(evil, evil, ReportUnit.Count, 1, 1, 1)], Episodes = [new(evil, m.Series.Ts[0], null, [new("<script>", m.Series.Ts[0], 1, null, null, 1, null, null)])] },
        };
        var page = ReportPage.Render(m);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<th scope=\"row\"><script>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        // two elements of ours, the data and the script, whatever the names are
        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.Equal(2, Regex.Count(page, "</script>"));
        Assert.Equal(evil, Data(page).GetProperty("universe").GetString());
    }

    [Fact]
    public void The_page_loads_nothing()
    {
        var page = ReportPage.Render(SampleReport.Of());
        Assert.DoesNotMatch(@"(?i)\b(src|href|action|poster|srcset)\s*=\s*[""']?\s*(https?:|//|file:)", page);
        Assert.DoesNotMatch(@"(?i)(?<![a-z])url\(|@import|<link|<iframe|<base", page);
        Assert.DoesNotMatch(@"\b(fetch|XMLHttpRequest|WebSocket|importScripts|sendBeacon)\s*\(", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\son[a-z]+\s*=\s*[""']|\sstyle\s*=", page[page.IndexOf("<body", StringComparison.Ordinal)..page.IndexOf("id=\"data\"", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Eleven_years_with_a_backtest_stay_small()
    {
        var m = SampleReport.Of(2800);
        var trade = m.Backtest!.Episodes[0].Trades[0];
        m = m with { Backtest = m.Backtest with { Episodes = [.. Enumerable.Range(0, 60).Select(i => new ReportEpisode($"signal {i}", m.Series.Ts[i * 40], m.Series.Ts[(i * 40) + 30], [.. Enumerable.Repeat(trade, 100)]))] } };
        var page = ReportPage.Render(m);
        Assert.InRange(page.Length, 100_000, 1_000_000);
        Assert.Contains("6,000 trades in 60 signal episodes", page, StringComparison.Ordinal);
        Assert.Contains("2,000 of 6,000 are in it", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "No breadth yet: bare has no bars in this range")]
    [InlineData(1, "Breadth of bare up to 1 Jan 2014")]
    public void A_model_that_knows_next_to_nothing_gives_a_sensible_page(int dates, string headline)
    {
        var page = ReportPage.Render(SampleReport.Bare(dates));
        Assert.Contains($"<h1>{headline}</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"backtest\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"plot\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", Body(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_score_the_headline_counts_the_stocks()
    {
        var m = SampleReport.Of() with { Thrusts = [] };
        var page = ReportPage.Render(m with { LastDay = m.LastDay! with { Score = null, State = null } });
        Assert.Matches("<h1>72 of 100 stocks rose on [^;]+; no thrust fired in this range</h1>", page);
    }

    [Fact]
    public void What_is_undefined_is_a_dash_on_the_page_and_null_in_its_data()
    {
        var m = SampleReport.Of();
        m.Series.IndexEw[3] = double.NaN;
        m.Series.Score[300] = double.PositiveInfinity;
        var page = ReportPage.Render(m with { LastDay = new() { Ts = m.Series.Ts[^1], Issues = 1 } });
        Assert.Contains("<p class=\"value\">–</p>", page, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, Data(page).GetProperty("index")[3].ValueKind);
        Assert.Equal(JsonValueKind.Null, Data(page).GetProperty("score")[300].ValueKind);
    }

    [Fact]
    public void Numbers_have_separators_signs_and_units()
    {
        var body = Body(ReportPage.Render(SampleReport.Of()));
        Assert.Contains("summation index −6,316", body, StringComparison.Ordinal);
        Assert.Contains(">1,234,568<", body, StringComparison.Ordinal);
        Assert.Contains(">123.4%<", body, StringComparison.Ordinal);
        Assert.Contains(">−0.46<", body, StringComparison.Ordinal);
        Assert.Contains("−2,253.20", body, StringComparison.Ordinal);
        Assert.Contains("+3.1%", body, StringComparison.Ordinal);
        Assert.Contains("<p class=\"value\">81%</p>", body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_says_what_survivorship_does_and_warns_where_members_are_not_known_by_date()
    {
        var m = SampleReport.Of();
        var known = m with { Universe = m.Universe with { PointInTime = true, Survivorship = "point-in-time: members by date" } };
        Assert.Contains("<p class=warn><strong>Survivorship.</strong> The universe is not point-in-time: &lt;who&gt; failed is missing.</p>", ReportPage.Render(m), StringComparison.Ordinal);
        Assert.Contains("<p><strong>Survivorship.</strong> The universe is point-in-time: members by date.</p>", ReportPage.Render(known), StringComparison.Ordinal);
    }

    [Fact]
    public void Thin_dates_and_few_events_are_marked()
    {
        var page = ReportPage.Render(SampleReport.Of());
        Assert.Contains("2 dates with thin coverage", page, StringComparison.Ordinal);
        Assert.Equal(2, Data(page).GetProperty("thin").GetArrayLength());
        Assert.Equal("57 of 100 stocks", Data(page).GetProperty("thinOf")[0].GetString());
        Assert.Contains("(1 of 100 stocks), ", Body(page), StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">4*", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_thin_dates_the_last_are_named_and_no_thin_date_is_not_spoken_of()
    {
        var m = SampleReport.Of();
        var many = Body(ReportPage.Render(m with { Series = m.Series with { Thin = [.. m.Series.Ts.Take(9).Select((ts, i) => new ReportThinDate(ts, i, 100))] } }));
        Assert.Contains("9 dates with thin coverage", many, StringComparison.Ordinal);
        Assert.Matches(@"The last ones: [^<]*\(8 of 100 stocks\), [^<]*\(4 of 100 stocks\)\.", many);
        Assert.DoesNotContain("(3 of 100", many, StringComparison.Ordinal);
        Assert.DoesNotContain("thin coverage", Body(ReportPage.Render(m with { Series = m.Series with { Thin = [] } })), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Key_figures_of_a_thin_date_are_warned_of()
    {
        var m = SampleReport.Of();
        Assert.DoesNotContain("Thin coverage.", ReportPage.Render(m), StringComparison.Ordinal);
        Assert.Contains("Only 12 of 100 stocks have a bar on this date", ReportPage.Render(m with { Series = m.Series with { Thin = [new(m.LastDay!.Ts, 12, 100)] } }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_detector_that_fires_too_often_is_not_marked_on_the_index()
    {
        var m = SampleReport.Of();
        m = m with { Thrusts = [.. m.Thrusts, .. m.Series.Ts.Where((_, i) => i % 10 == 0).Select(t => new ReportThrust("often", t, null, null, null, []))] };
        var data = Data(ReportPage.Render(m));
        Assert.Equal("[1,0]", data.GetProperty("marked").GetRawText());
    }

    [Fact]
    public void Series_of_another_length_than_the_dates_are_refused()
    {
        var m = SampleReport.Of();
        Assert.Throws<ArgumentException>(() => ReportPage.Render(m with { Series = m.Series with { Score = new double?[3] } }));
        Assert.Throws<ArgumentException>(() => ReportPage.Render(m with { Backtest = m.Backtest! with { Strategy = new([1], [0]) } }));
    }

    private static string Body(string page) => page[page.IndexOf("<body", StringComparison.Ordinal)..page.IndexOf("id=\"data\"", StringComparison.Ordinal)];

    private static JsonElement Data(string page) => JsonDocument.Parse(DataElement().Match(page).Groups[1].Value).RootElement;

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
