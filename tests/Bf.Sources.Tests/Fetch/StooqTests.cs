using Bf.Core.Market;
using Bf.Sources.Stooq;

namespace Bf.Sources.Tests.Fetch;

public sealed class StooqTests
{
    [Theory]
    [InlineData("AAPL", "aapl.us")]
    [InlineData("BRK-B", "brk-b.us")]
    [InlineData("VOD.UK", "vod.uk")]
    [InlineData("^SPX", "^spx")]
    public void A_symbol_is_asked_for_as_Stooq_writes_it(string symbol, string ticker) => Assert.Equal(ticker, StooqSource.Ticker(symbol));

    [Fact]
    public async Task Bars_come_with_the_close_as_adjusted_close()
    {
        using var server = new FakeServer();
        server.Have(Asking.January("AAPL", 5, 6));
        var answer = await Asking.Ask(server, "stooq", from: Asking.Day(2026, 1, 1));

        Assert.Equal([Asking.Bar("AAPL", Asking.Day(2026, 1, 5), 105) with { AdjClose = 105 }, Asking.Bar("AAPL", Asking.Day(2026, 1, 6), 106) with { AdjClose = 106 }], answer.Rows.Select(r => r.Bar));
        Assert.Equal("/q/d/l/?s=aapl.us&d1=20260101&d2=20260131&i=d", server.Requests.Single());
    }

    [Fact]
    public async Task A_key_goes_with_the_request_and_into_no_message()
    {
        using var server = new FakeServer();
        server.Have(Asking.January("AAPL", 5));
        await Asking.Ask(server, "stooq", key: "s3cret&");
        Assert.EndsWith("&i=d&apikey=s3cret%26", server.Requests.Single());

        var failure = await Assert.ThrowsAsync<Bf.Sources.Fetch.SourceException>(() => Asking.Ask(server, "stooq", "NOPE", key: "s3cret"));
        Assert.DoesNotContain("s3cret", failure.Message);
    }

    [Fact]
    public async Task An_index_without_volume_has_volume_0()
    {
        using var server = new FakeServer();
        server.Fail("^SPX", Fault.Text(200, "Date,Open,High,Low,Close\r\n2026-01-05,1,2,0.5,1.5\r\n2026-01-06,2,3,1.5,2.5"));

        Assert.Equal([new("^SPX", Asking.Day(2026, 1, 5), 1, 2, 0.5, 1.5, 1.5, 0), new("^SPX", Asking.Day(2026, 1, 6), 2, 3, 1.5, 2.5, 2.5, 0)], (await Asking.Ask(server, "stooq", "^SPX")).Rows.Select(r => r.Bar));
    }

    [Fact]
    public async Task Todays_bar_is_left_out_until_the_day_is_over_everywhere()
    {
        using var server = new FakeServer { Now = new(2026, 1, 30, 23, 59, 0, TimeSpan.Zero) };
        server.Have(Asking.January("AAPL", 29, 30));
        var answer = await Asking.Ask(server, "stooq");

        Assert.Equal((129, 1), (Assert.Single(answer.Rows).Bar.Close, answer.Unfinished));
        Assert.Equal("2026-01-31", Timestamp.Format(answer.AskAgain!.Value));
    }

    [Fact]
    public async Task A_row_cut_off_in_its_midst_names_its_rule()
    {
        using var server = new FakeServer();
        server.Fail("AAPL", Fault.Text(200, "Date,Open,High,Low,Close,Volume\r\n2026-01-05,1,2,0.5,1.5,100\r\n2026-01-06,2,3"));

        Assert.Equal([null, "field_count"], (await Asking.Ask(server, "stooq")).Rows.Select(r => r.Broken));
    }
}
