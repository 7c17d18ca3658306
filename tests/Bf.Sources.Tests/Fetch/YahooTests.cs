using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Sources.Fetch;

namespace Bf.Sources.Tests.Fetch;

public sealed class YahooTests
{
    [Fact]
    public async Task Prices_come_as_they_are_given_with_the_adjusted_close_beside_them()
    {
        using var server = new FakeServer();
        server.Have(Asking.January("AAPL", 5, 6));
        var answer = await Asking.Ask(server, "yahoo");

        Assert.Equal([Asking.Bar("AAPL", Asking.Day(2026, 1, 5), 105), Asking.Bar("AAPL", Asking.Day(2026, 1, 6), 106)], answer.Rows.Select(r => r.Bar));
        Assert.Equal([1, 2], answer.Rows.Select(r => r.Line));
        Assert.Equal((0, 0, null), (answer.Gaps, answer.Unfinished, answer.Note));
    }

    [Theory]
    [InlineData("^GSPC", "%5EGSPC")]
    [InlineData("BRK-B", "BRK-B")]
    [InlineData("VOD.L", "VOD.L")]
    [InlineData("A/B?C&D", "A%2FB%3FC%26D")]
    [InlineData("EURUSD=X", "EURUSD%3DX")]
    public async Task A_symbol_is_escaped_in_the_address(string symbol, string path)
    {
        using var server = new FakeServer();
        await Record.ExceptionAsync(() => Asking.Ask(server, "yahoo", symbol));

        Assert.StartsWith($"/v8/finance/chart/{path}?period1=", server.Targets.Single());
    }

    [Fact]
    public async Task The_range_is_asked_for_with_a_day_more_and_only_its_dates_are_kept()
    {
        using var server = new FakeServer();
        server.Have(Asking.January("AAPL", 2, 5, 6, 7, 8, 9));
        var answer = await Asking.Ask(server, "yahoo", from: Asking.Day(2026, 1, 6), to: Asking.Day(2026, 1, 8));

        Assert.Equal([106, 107], answer.Rows.Select(r => r.Bar.Close));
        Assert.Contains($"period1={(Asking.Day(2026, 1, 5)) / 1_000_000}&period2={Asking.Day(2026, 1, 9) / 1_000_000}&interval=1d", server.Requests.Single());
    }

    [Theory]
    [InlineData("2026-01-30T14:00:00Z", 1, "2026-01-30 21:30:00")] // Friday, before the session
    [InlineData("2026-01-30T20:59:00Z", 1, "2026-01-30 21:30:00")] // in it
    [InlineData("2026-01-30T21:29:59Z", 1, "2026-01-30 21:30:00")] // over, not settled
    [InlineData("2026-01-30T21:30:00Z", 2, "2026-01-31 09:00:00")]
    [InlineData("2026-01-31T12:00:00Z", 2, null)] // Saturday: the session of today is to come
    public async Task A_daily_bar_counts_once_its_session_has_ended(string now, int bars, string? next)
    {
        using var server = new FakeServer { Now = DateTimeOffset.Parse(now) };
        server.Have(Asking.January("AAPL", 29, 30));
        var answer = await Asking.Ask(server, "yahoo");

        Assert.Equal(bars, answer.Rows.Count);
        Assert.Equal(2 - bars, answer.Unfinished);
        Assert.Equal(next ?? "2026-01-31 21:30:00", Timestamp.Format(answer.AskAgain!.Value));
    }

    [Fact]
    public async Task An_ended_session_whose_bar_is_not_there_yet_is_asked_for_again_in_an_hour()
    {
        using var server = new FakeServer { Now = new(2026, 1, 30, 22, 0, 0, TimeSpan.Zero) };
        server.Have(Asking.January("AAPL", 29));

        Assert.Equal("2026-01-30 23:00:00", Timestamp.Format((await Asking.Ask(server, "yahoo")).AskAgain!.Value));
    }

    [Theory]
    [InlineData("Asia/Tokyo", "2026-01-05T00:00:00Z", "2026-01-05")]
    [InlineData("Australia/Sydney", "2026-01-04T23:00:00Z", "2026-01-05")]
    [InlineData("America/New_York", "2026-01-05T14:30:00Z", "2026-01-05")]
    [InlineData("America/New_York", "2026-07-06T13:30:00Z", "2026-07-06")]
    [InlineData("Europe/London", "2026-06-30T23:00:00Z", "2026-07-01")] // currencies: midnight, in summer time
    [InlineData("America/Sao_Paulo", "2026-01-05T02:00:00Z", "2026-01-05")] // midnight, put down with the offset of another season
    [InlineData("UTC", "2026-01-05T00:00:00Z", "2026-01-05")]
    public async Task A_daily_bar_has_the_date_of_its_exchange(string zone, string begins, string date)
    {
        using var server = new FakeServer { Now = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero) };
        server.Fail("AAPL", Answer(server, [Asking.Bar("AAPL", 0, 10)], chart =>
        {
            chart["meta"]!["exchangeTimezoneName"] = zone;
            chart["timestamp"] = new JsonArray(DateTimeOffset.Parse(begins).ToUnixTimeSeconds());
        }));

        Assert.Equal(date, Timestamp.Format(Assert.Single((await Asking.Ask(server, "yahoo", to: Asking.Day(2026, 9, 1))).Rows).Bar.Ts));
    }

    [Fact]
    public async Task Nulls_are_gaps_and_a_row_that_lacks_one_price_is_no_bar()
    {
        using var server = new FakeServer();
        var bars = Asking.January("AAPL", 5, 6, 7, 8).ToList();
        bars[1] = bars[1] with { Open = double.NaN, High = double.NaN, Low = double.NaN, Close = double.NaN, AdjClose = double.NaN, Volume = 0 };
        bars[2] = bars[2] with { High = double.NaN };
        server.Have(bars);
        var answer = await Asking.Ask(server, "yahoo");

        Assert.Equal(1, answer.Gaps);
        Assert.Equal([null, "unreadable_number", null], answer.Rows.Select(r => r.Broken));
        Assert.Equal("2026-01-07,AAPL,106.5,,106,107,96.3,1000", answer.Rows[1].Raw);
    }

    [Theory]
    [InlineData("volume", 0L)]
    [InlineData("volume null", 0L)]
    [InlineData("fraction", 1001L)]
    public async Task A_volume_may_be_missing_or_broken(string what, long volume)
    {
        using var server = new FakeServer();
        server.Fail("AAPL", Answer(server, Asking.January("AAPL", 5), chart =>
        {
            var quote = chart["indicators"]!["quote"]![0]!.AsObject();
            if (what == "volume")
            {
                quote.Remove("volume");
            }
            else
            {
                quote["volume"] = new JsonArray(what == "fraction" ? 1000.5 : (JsonNode?)null);
            }
        }));

        Assert.Equal(volume, Assert.Single((await Asking.Ask(server, "yahoo")).Rows).Bar.Volume);
    }

    [Fact]
    public async Task Without_an_adjusted_close_the_close_stands_for_it()
    {
        using var server = new FakeServer();
        server.Fail("AAPL", Answer(server, Asking.January("AAPL", 5), chart => chart["indicators"]!.AsObject().Remove("adjclose")));

        Assert.Equal(105, Assert.Single((await Asking.Ask(server, "yahoo")).Rows).Bar.AdjClose);
    }

    [Fact]
    public async Task An_empty_chart_is_an_answer_without_bars()
    {
        using var server = new FakeServer();
        server.Have([Asking.Bar("AAPL", Asking.Day(2020, 1, 2), 1)]);

        Assert.Empty((await Asking.Ask(server, "yahoo", from: Asking.Day(2026, 1, 1))).Rows);
    }

    [Fact]
    public async Task A_range_before_the_first_day_is_an_answer_without_bars()
    {
        using var server = new FakeServer();
        server.Fail("AAPL", Fault.Text(400, """{"chart":{"result":null,"error":{"code":"Bad Request","description":"Data doesn't exist for startDate = 315532800, endDate = 318211200"}}}"""));

        Assert.Empty((await Asking.Ask(server, "yahoo")).Rows);
    }

    [Fact]
    public async Task An_unknown_symbol_is_told_with_how_Yahoo_writes_them()
    {
        using var server = new FakeServer();
        var failure = await Asking.Failure(server, "yahoo", "NOPE");

        Assert.Equal(SourceFailure.NotFound, failure.Failure);
        Assert.Contains("symbol may be delisted", failure.Message);
        Assert.Contains("BRK-B", failure.Message);
    }

    [Fact]
    public async Task A_date_that_stands_there_as_begun_and_at_the_latest_price_counts_once()
    {
        using var server = new FakeServer { Now = new(2026, 1, 30, 22, 0, 0, TimeSpan.Zero) };
        server.Fail("AAPL", Answer(server, [Asking.Bar("AAPL", Asking.Day(2026, 1, 29), 129), Asking.Bar("AAPL", Asking.Day(2026, 1, 30), 130), Asking.Bar("AAPL", Asking.Day(2026, 1, 30), 131)], chart =>
            chart["timestamp"]![2] = (long)chart["meta"]!["regularMarketTime"]!));

        Assert.Equal([129, 131], (await Asking.Ask(server, "yahoo")).Rows.Select(r => r.Bar.Close));
    }

    [Fact]
    public async Task Timestamps_without_order_are_taken_as_they_come()
    {
        using var server = new FakeServer();
        server.Have([.. Asking.January("AAPL", 7, 5, 6)]);

        Assert.Equal([107, 105, 106], (await Asking.Ask(server, "yahoo")).Rows.Select(r => r.Bar.Close));
    }

    [Fact]
    public async Task Intraday_bars_are_in_UTC_and_end_before_the_present()
    {
        using var server = new FakeServer { Now = new(2026, 1, 30, 16, 0, 0, TimeSpan.Zero) };
        var open = Asking.Day(2026, 1, 30) + (14 * 3_600_000_000L) + (30 * 60_000_000L);
        server.Have([.. Enumerable.Range(0, 18).Select(i => Asking.Bar("SPY", open + (i * 300_000_000L), 100 + i)), Asking.Bar("SPY", open + 5_390_000_000L, 200)]);
        var answer = await Asking.Ask(server, "yahoo", "SPY", from: Asking.Day(2026, 1, 30), to: Asking.Day(2026, 1, 31), interval: "5m");

        Assert.Equal(12, answer.Rows.Count); // until 15:30: later ones may still change
        Assert.Equal((open, 100.0, 100.0), (answer.Rows[0].Bar.Ts, answer.Rows[0].Bar.Close, answer.Rows[0].Bar.AdjClose));
        Assert.Equal(7, answer.Unfinished);
    }

    [Theory]
    [InlineData("1m", 7)]
    [InlineData("5m", 59)]
    [InlineData("1h", 729)]
    public async Task Intraday_bars_are_asked_for_only_as_far_back_as_Yahoo_keeps_them(string interval, int days)
    {
        using var server = new FakeServer();
        server.Have([Asking.Bar("SPY", Asking.Day(2026, 1, 30), 1)]);
        var answer = await Asking.Ask(server, "yahoo", "SPY", from: Asking.Day(2010, 1, 1), interval: interval);

        Assert.Contains($"period1={server.Now.AddDays(-days).ToUnixTimeSeconds()}&", server.Requests.Single());
        Assert.Contains($"{days} days", answer.Note);
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Answer(FakeServer server, IReadOnlyList<Bar> bars, Action<JsonObject> change)
    {
        var chart = server.Chart(bars);
        change(chart["chart"]!["result"]![0]!.AsObject());
        return Fault.Text(200, chart.ToJsonString(), "application/json");
    }
}
