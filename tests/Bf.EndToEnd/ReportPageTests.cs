using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bf.Core.Backtest;
using Bf.Core.Statistics;
using Bf.Serve.Report;
using Microsoft.Playwright;

namespace Bf.EndToEnd;

/// <summary>The report in a real browser, opened as a file.</summary>
public sealed class ReportPageTests(ReportPageTests.Chromium chromium) : IClassFixture<ReportPageTests.Chromium>
{
    private readonly List<string> _complaints = [];

    /// <summary>One browser and one page's file for all tests.</summary>
    public sealed class Chromium : IAsyncLifetime
    {
        private IPlaywright? _playwright;

        /// <summary>The browser; null where this machine has none.</summary>
        public IBrowser? Browser { get; private set; }

        public string File { get; } = Path.Combine(Path.GetTempPath(), $"bf-report-{Guid.NewGuid():N}.html");

        public async ValueTask InitializeAsync()
        {
            Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            string?[] places = [Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
            if (places.FirstOrDefault(System.IO.File.Exists) is not { } found)
            {
                return;
            }

            await System.IO.File.WriteAllTextAsync(File, ReportPage.Render(Sample()));
            _playwright = await Playwright.CreateAsync();
            Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = found, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"] });
        }

        public async ValueTask DisposeAsync()
        {
            await (Browser?.DisposeAsync() ?? ValueTask.CompletedTask);
            _playwright?.Dispose();
            System.IO.File.Delete(File);
        }
    }

    [Fact]
    public async Task It_opens_without_complaint_and_asks_the_network_for_nothing()
    {
        var page = await Open(1280);
        Assert.StartsWith("Breadth is strong: 72 of 100 stocks rose", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Every_chart_is_drawn()
    {
        var page = await Open(1280);
        Assert.Equal(12, await page.Locator(".plot").CountAsync());
        var colours = await page.EvaluateAsync<int[]>("""
            [...document.querySelectorAll('.plot canvas')].map(c =>
              new Set(new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)).size)
            """);
        Assert.Equal(12, colours.Length);
        Assert.All(colours, n => Assert.True(n > 8, "an empty canvas has one colour"));
        Assert.Empty(_complaints);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(390)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task It_never_scrolls_sideways(int width)
    {
        var page = await Open(width);
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, width);
    }

    [Fact]
    public async Task It_follows_the_system_into_the_dark_even_while_open()
    {
        var page = await Open(1280);
        const string background = "getComputedStyle(document.body).backgroundColor";
        const string drawn = "document.querySelector('#chart-index canvas').toDataURL()";
        var (light, chart) = (await page.EvaluateAsync<string>(background), await page.EvaluateAsync<string>(drawn));
        Assert.Equal("rgb(255, 255, 255)", light);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.WaitForFunctionAsync($"was => {drawn} !== was", chart);
        Assert.NotEqual(light, await page.EvaluateAsync<string>(background));
    }

    [Fact]
    public async Task One_crosshair_runs_through_all_charts()
    {
        var page = await Open(1280);
        await page.Locator("#chart-index .u-over").HoverAsync(new() { Position = new() { X = 300, Y = 40 } });
        await page.WaitForFunctionAsync("document.querySelector('.at').textContent !== ''");
        var at = await page.EvaluateAsync<double[]>("[...document.querySelectorAll('.u-cursor-x')].map(c => Math.round(c.getBoundingClientRect().left))");
        Assert.Equal(12, at.Length);
        Assert.All(at, x => Assert.Equal(at[0], x, 1.0));
        Assert.Matches(@"^\d{1,2} \w+ 20\d\d$", await page.Locator(".at").InnerTextAsync());
    }

    [Fact]
    public async Task Arrow_keys_read_dates_aloud_and_buttons_set_one_range_for_all()
    {
        var page = await Open(1280);
        await page.Locator("[data-chart=above]").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        var first = await page.Locator("#say").InnerTextAsync();
        Assert.Matches(@"^\d{1,2} \w+ 20\d\d: 50-day \d+\.\d%200-day \d+\.\d%$", first.Replace("\n", "", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        Assert.NotEqual(first, await page.Locator("#say").InnerTextAsync());

        var whole = await page.EvaluateAsync<string[]>(Drawn);
        await page.Locator("[data-years='1']").ClickAsync();
        Assert.Equal("true", await page.Locator("[data-years='1']").GetAttributeAsync("aria-pressed"));
        await page.WaitForFunctionAsync($"was => {Drawn}.every((d, i) => d !== was[i])", whole);
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task A_date_with_thin_coverage_says_so_under_the_crosshair_and_aloud()
    {
        var page = await Open(1280);
        await page.Locator("[data-chart=above]").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        foreach (var _ in Enumerable.Range(0, 5))
        {
            await page.Keyboard.PressAsync("Shift+ArrowRight");
        }

        await page.WaitForFunctionAsync("document.querySelector('.at').textContent.endsWith(', thin coverage (57 of 100 stocks)')");
        Assert.Contains(", thin coverage (57 of 100 stocks): 50-day", await page.Locator("#say").InnerTextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowRight");
        await page.WaitForFunctionAsync("!document.querySelector('.at').textContent.includes('thin')");
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task All_trades_unfold_and_fold_with_one_button()
    {
        var page = await Open(1280);
        Assert.False(await page.Locator(".trades").First.IsVisibleAsync());
        await page.Locator(".unfold").ClickAsync();
        Assert.True(await page.Locator(".trades").First.IsVisibleAsync());
        Assert.Contains("Best: AAA +50.0%. Worst: BBB −50.0%.", await page.Locator(".episode").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator(".unfold").ClickAsync();
        Assert.False(await page.Locator(".trades").First.IsVisibleAsync());
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task A_thrusts_date_leads_to_it_in_the_charts()
    {
        var page = await Open(1280);
        var date = page.Locator(".goto").Nth(5);
        var day = DateTime.Parse(await date.InnerTextAsync(), CultureInfo.InvariantCulture).ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        await date.ClickAsync();
        await page.WaitForFunctionAsync("day => document.querySelector('.at').textContent === day", day);
        Assert.Contains("Zweig", await page.Locator("#chart-lanes .readout").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task It_prints_in_light_colours_on_several_pages()
    {
        var page = await Open(1280, ColorScheme.Dark);
        await page.EvaluateAsync("addEventListener('beforeprint', () => queueMicrotask(() => queueMicrotask(() => { window.onPaper = [document.documentElement.className, getComputedStyle(document.body).backgroundColor, document.querySelector('.uplot').offsetWidth].join('|'); })))");
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true }));
        Assert.InRange(Regex.Count(pdf, @"/Type\s*/Page\b"), 3, 30);
        Assert.Equal("paper|rgb(255, 255, 255)|690", await page.EvaluateAsync<string>("window.onPaper"));
        Assert.Equal("", await page.EvaluateAsync<string>("document.documentElement.className"));
    }

    private const string Drawn = "[...document.querySelectorAll('.plot canvas')].map(c => c.toDataURL())";

    private async Task<IPage> Open(int width, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(chromium.Browser is null, "no Chromium found: install it, or say where it is with CHROMIUM=/path/to/chromium");
        var address = new Uri(chromium.File).AbsoluteUri;
        var context = await chromium.Browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        page.Console += (_, m) => _complaints.Add($"{m.Type}: {m.Text}");
        page.PageError += (_, e) => _complaints.Add(e);
        page.Request += (_, r) =>
        {
            if (r.Url != address)
            {
                _complaints.Add("asks for " + r.Url);
            }
        };
        await page.GotoAsync(address);
        return page;
    }

    private static ReportModel Sample()
    {
        const int dates = 900;
        var start = (long)(new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalMicroseconds;
        long[] ts = [.. Enumerable.Range(0, dates).Select(i => start + ((i / 5 * 7) + (i % 5)) * 86_400_000_000L)];
        double?[] Wave(double middle, double height, double period) => [.. Enumerable.Range(0, dates).Select(i => (double?)(middle + (height * Math.Sin(i / period))))];
        double[] values = [.. Wave(120, 15, 50).Select(v => v!.Value)];
        var curve = new ReportCurve(Wave(120, 15, 50), Wave(-0.1, 0.1, 50));
        return new()
        {
            Universe = new("a-universe-with-a-rather-long-name-that-has-to-break-somewhere", 100, "1d", false, "made up"),
            Run = new("0123456789abcdef0123456789abcdef0123456789abcdef", "1 Jan 2025 00:00 UTC", "a formula", [new("bf", "0.1.0")], []),
            Series = new()
            {
                Ts = ts, IndexEw = Wave(100, 20, 90), AdLine = Wave(0, 900, 70), MccOsc = Wave(0, 70, 9), MccSum = Wave(0, 900, 40),
                PctAbove50 = Wave(50, 45, 30), PctAbove200 = Wave(50, 30, 60), NewHighs = Wave(10, 10, 20), NewLows = Wave(8, 8, 25), Score = Wave(50, 40, 35), Thin = [new(ts[100], 57, 100)],
            },
            LastDay = new() { Ts = ts[^1], Advances = 72, Declines = 26, Unchanged = 2, Issues = 100, Score = 71, State = ReportState.Buy, Parts = [new("Participation", 64, 1, "above the 50-day mean")] },
            Detectors = [new("zbt", "Zweig", "It rises.")],
            Thrusts = [.. Enumerable.Range(1, 20).Select(i => new ReportThrust("zbt", ts[i * 40], 0.63, 0.615, 7, [0.01, 0.02, -0.03, 0.04, null]))],
            FollowUps = [new("zbt", 20, 20, 0.03, 0.7, 0.02)],
            Evaluation = new(
                [.. ((int[])[1, 5, 10, 20, 60, 120, 250]).Select(h => new EventResult("zbt", new(h, new double?[20], 20, 9, 0.03, 0.029, 0.02, 0.7, -0.2, 800, 0.02, 0.6), -0.01, 0.04, 0.04, 0.3))], 10_000, 1, "zbt"),
            Backtest = new()
            {
                Description = "Buys and sells.", Ts = ts, Strategy = curve, BuyAndHold = curve, Basket = curve,
                Metrics = [new("Total return", "", ReportUnit.Percent, 0.2, 0.3, 0.4)],
                Figures = Performance.Of(ts, values), IndexFigures = Performance.Of(ts, values),
                Exposure = Wave(0.5, 0.5, 30), RollingSharpe = Wave(0, 2, 80), IndexRollingSharpe = Wave(0.5, 1, 60), Taken = [ts[10], ts[400]],
                Months = CalendarReturns.ByMonth(ts, values), Years = CalendarReturns.ByYear(ts, values), IndexYears = CalendarReturns.ByYear(ts, values),
                Costs = new([new("Commission", "a tenth of a per cent of the traded value, on each side", 1_234_567, 0.001)], new("All costs", "", 1_234_567, 0.001), 9_999_999, 0.1),
                Cases = [new("costs", "its own costs", true, 0.09, 0.5, -0.3, 123_456_789, 1_234_567), new("delay", "every fill a date later", false, 0.08, 0.4, -0.3, 123_456_789, 1_234_567)],
                Confidence = new(0.9, 0.1, 800, 15, 8), Skipped = [new(ts[20], "Score from 60 up", "an earlier one was still held")],
                Episodes = [new("Score from 60 up", ts[10], ts[60], [new("AAA", ts[10], 1, ts[60], 2, 100, 1, 99, 0.5, "time over"), new("BBB", ts[10], 1, ts[60], 2, 100, 1, 99, -0.5, "stop loss")])],
            },
        };
    }
}
