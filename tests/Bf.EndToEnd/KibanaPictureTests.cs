using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Bf.EndToEnd;

/// <summary>The pictures of the dashboard: whole, true, and legible on both grounds.</summary>
public sealed class KibanaPictureTests(KibanaPictures pictures, ReportPageTests.Chromium chromium) : IClassFixture<KibanaPictures>, IClassFixture<ReportPageTests.Chromium>
{
    // the sample has 1,657 dates
    private static readonly Dictionary<string, (string Mark, int Least)> Drawn = new()
    {
        ["bf-score"] = ("line", 1600), ["bf-thrust-timeline"] = ("symbol", 100), ["bf-ad-line"] = ("line", 1600), ["bf-mcclellan"] = ("area", 3200), ["bf-above-average"] = ("line", 4800),
        ["bf-highs-lows"] = ("area", 3200), ["bf-thrust-table"] = ("text", 60), ["bf-backtest"] = ("text", 35), ["bf-runs"] = ("text", 20), ["bf-streams"] = ("text", 18),
    };

    [Fact]
    public void Every_panel_is_drawn_whole_by_both_sets_of_libraries()
    {
        var drawn = pictures.Of("all");
        Assert.Equal(2 * Drawn.Count, drawn.Count);
        Assert.Equal(2, drawn.Select(p => p.Vega[..1]).Distinct().Count());
        Assert.All(drawn, p =>
        {
            Assert.True(p.Problems.Length == 0, $"{p}: {string.Join("; ", p.Problems)}");
            var (mark, least) = Drawn[p.Id];
            Assert.True(p.Marks.GetValueOrDefault(mark) >= least, $"{p}: {JsonSerializer.Serialize(p.Marks)}");
            Assert.DoesNotContain(p.Texts, t => t.Contains("undefined", StringComparison.Ordinal) || t.Contains("null", StringComparison.Ordinal) || t.Contains("NaN", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("all")]
    [InlineData("dow30")]
    public void What_they_say_is_what_the_tables_say(string universe)
    {
        var last = Row($"SELECT b.adv, b.dec, b.nh252, b.nl252, b.mcc_osc, s.score, s.state FROM breadth b JOIN signals s USING (universe, interval, ts) WHERE universe = '{universe}' ORDER BY ts DESC LIMIT 1");
        var fires = (long)Row($"SELECT count(*) AS n FROM thrusts WHERE universe = '{universe}'")["n"]!;
        Says("bf-score", $"Tue 31 Dec 2024: {Text((double)last["score"]!, "0.0")}, {last["state"]}   (universe {universe}, 1d{(universe == "all" ? ", one of 2" : "")})");
        Says("bf-ad-line", $"Tue 31 Dec 2024: {last["adv"]} rose, {last["dec"]} fell");
        Says("bf-highs-lows", $"{last["nh252"]} new highs, {last["nl252"]} new lows");
        Says("bf-mcclellan", $"{Text((double)last["mcc_osc"]!, "+0.0;\u22120.0")} per mille");
        Says("bf-thrust-timeline", $"{fires} thrusts, the last: ");
        Assert.All(pictures.Of(universe).Where(p => p.Id == "bf-thrust-timeline"), p => Assert.Equal(fires, p.Marks["symbol"]));

        void Says(string id, string text) => Assert.All(pictures.Of(universe).Where(p => p.Id == id), p => Assert.Contains(p.Texts, t => t.Contains(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_backtest_and_the_pipeline_show_their_figures()
    {
        var b = Row("SELECT total_return, sharpe, basket_return, trades FROM backtests");
        foreach (var text in (string[])[Text((double)b["total_return"]!, "+0.0%;\u22120.0%"), Text((double)b["sharpe"]!, "0.00"), Text((double)b["basket_return"]!, "+0.0%;\u22120.0%"), Text((double)b["trades"]!, "#,0")])
        {
            Assert.All(pictures.Of("all").Where(p => p.Id == "bf-backtest"), p => Assert.Contains(text, p.Texts));
        }

        Assert.All(pictures.Of("all").Where(p => p.Id == "bf-runs"), p => Assert.Contains("signals generate", p.Texts));
        Assert.All(pictures.Of("all").Where(p => p.Id == "bf-streams"), p =>
        {
            Assert.Contains(p.Texts, t => t == "runs" || t.StartsWith("silent for ", StringComparison.Ordinal));
            Assert.All((string[])["node1-4211", "ended", "1,200", "12"], t => Assert.Contains(t, p.Texts));
        });
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    public void Where_there_is_nothing_a_panel_says_so_and_breaks_in_no_way(string name)
    {
        var drawn = pictures.Of(name);
        Assert.Equal(Drawn.Count, drawn.Count);
        Assert.All(drawn, p =>
        {
            // an axis over no value at all has no ends: the libraries remark it, and draw no labels
            Assert.DoesNotContain(p.Problems, m => !m.Contains("Infinite extent", StringComparison.Ordinal) && m != "the picture holds NaN");
            Assert.Equal(1, p.Marks["text"]);
            Assert.DoesNotContain(p.Marks.Keys, m => m is "line" or "area" or "symbol" or "rect");
            Assert.Contains(p.Texts, t => t.StartsWith("no ", StringComparison.Ordinal) && t.Contains("bf ", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("light", "#f7f8fc", "#ffffff", "#343741")]
    [InlineData("dark", "#141519", "#1d1e24", "#dfe5ef")]
    public async Task The_whole_dashboard_is_a_picture_in_each_theme(string theme, string ground, string panel, string ink)
    {
        var drawn = pictures.Of("all").Where(p => p.Theme == theme).ToDictionary(p => p.Id, p => p.Svg!);
        Assert.SkipWhen(chromium.Browser is null, "no Chromium is installed here");
        var html = new StringBuilder($"<!DOCTYPE html><meta charset='utf-8'><style>body{{margin:0;background:{ground};color:{ink};font:600 14px sans-serif}} div{{position:absolute;background:{panel};border-radius:6px;overflow:hidden}} b{{display:block;padding:7px 8px}}</style>");
        var dashboard = JsonNode.Parse(File.ReadLines(KibanaPictures.Ndjson).Last())!;
        foreach (var p in JsonNode.Parse((string)dashboard["attributes"]!["panelsJSON"]!)!.AsArray())
        {
            var (grid, id) = (p!["gridData"]!, $"bf-{p["panelIndex"]}");
            html.Append(CultureInfo.InvariantCulture, $"<div style='left:{((int)grid["x"]! * 1400 / 48) + 4}px;top:{((int)grid["y"]! * 28) + 4}px;width:{((int)grid["w"]! * 1400 / 48) - 8}px;height:{((int)grid["h"]! * 28) - 8}px'><b>{p["title"]}</b><img src='data:image/svg+xml;base64,{Convert.ToBase64String(File.ReadAllBytes(drawn[id]))}'></div>");
        }

        var page = await chromium.Browser!.NewPageAsync(new() { ViewportSize = new() { Width = 1408, Height = 900 } });
        await page.SetContentAsync(html.ToString());
        await page.WaitForFunctionAsync("[...document.images].every(i => i.complete && i.naturalWidth > 0)");
        var png = await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(KibanaPictures.Folder, $"dashboard-{theme}.png") });
        Assert.Equal(Drawn.Count, await page.Locator("img").CountAsync());
        Assert.InRange(png.Length, 100_000, 5_000_000);
    }

    /// <summary>A row of the lake that was drawn.</summary>
    private JsonObject Row(string sql) => pictures.All.Count == 0 ? [] : JsonNode.Parse(pictures.Bf.Run("query", sql, "--json").Done().Out)!.AsArray()[0]!.AsObject();

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
