using Bf.Sources.Fetch;

namespace Bf.Sources.Tests.Fetch;

/// <summary>What each source makes of each thing that can go wrong.</summary>
public sealed class FaultTests
{
    private static readonly Dictionary<string, Func<Microsoft.AspNetCore.Http.HttpContext, Task>> Faults = new(StringComparer.Ordinal)
    {
        ["429"] = Fault.Status(429),
        ["429, wait a second"] = Fault.Status(429, "Retry-After", "0"),
        ["429, wait an hour"] = Fault.Status(429, "Retry-After", "3600"),
        ["500"] = Fault.Status(500),
        ["502"] = Fault.Status(502),
        ["503"] = Fault.Status(503),
        ["504"] = Fault.Status(504),
        ["408"] = Fault.Status(408),
        ["400"] = Fault.Text(400, "bad"),
        ["403"] = Fault.Text(403, "forbidden"),
        ["404"] = Fault.Text(404, "nothing"),
        ["reset"] = Fault.Reset,
        ["broken off"] = Fault.BrokenOff,
        ["silence"] = Fault.Silence,
        ["endless"] = Fault.Endless,
        ["empty"] = Fault.Text(200, ""),
        ["consent page"] = Fault.ConsentPage,
        ["half of a JSON"] = Fault.Text(200, "{\"chart\":{\"result\":[{\"meta\":{"),
        ["another JSON"] = Fault.Text(200, "{\"finance\":{}}"),
        ["a JSON list"] = Fault.Text(200, "[1,2]"),
        ["no result"] = Fault.Text(200, """{"chart":{"result":[],"error":null}}"""),
        ["null result"] = Fault.Text(200, """{"chart":{"result":null,"error":null}}"""),
        ["an error"] = Fault.Text(422, """{"chart":{"result":null,"error":{"code":"Unprocessable Entity","description":"1m data not available"}}}"""),
        ["uneven columns"] = Fault.Text(200, """{"chart":{"result":[{"meta":{"gmtoffset":0},"timestamp":[1,2],"indicators":{"quote":[{"open":[1],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],"error":null}}"""),
        ["words for numbers"] = Fault.Text(200, """{"chart":{"result":[{"meta":{"gmtoffset":0},"timestamp":[1],"indicators":{"quote":[{"open":["a"],"high":[1],"low":[1],"close":[1],"volume":[1]}]}}],"error":null}}"""),
        ["other bars"] = Fault.Text(200, """{"chart":{"result":[{"meta":{"dataGranularity":"1mo"}}],"error":null}}"""),
        ["an unknown zone"] = Fault.Text(200, """{"chart":{"result":[{"meta":{"exchangeTimezoneName":"Mars/Olympus"}}],"error":null}}"""),
        ["No data"] = Fault.Text(200, "No data"),
        ["limit"] = Fault.Text(200, "Exceeded the daily hits limit"),
        ["key"] = Fault.Text(200, "Get your apikey:\n\n1. Open https://..."),
        ["other columns"] = Fault.Text(200, "Date,Price\n2026-01-02,1\n"),
        ["redirects in a circle"] = Fault.Status(302, "Location", "/v8/finance/chart/AAPL?period1=0&period2=1&interval=1d"),
    };

    [Theory]
    [InlineData("yahoo", "429", "Busy", "HTTP 429", 3)]
    [InlineData("yahoo", "429, wait an hour", "Busy", "asks to wait 3600 s", 1)]
    [InlineData("yahoo", "500", "Busy", "HTTP 500", 3)]
    [InlineData("yahoo", "503", "Busy", "HTTP 503", 3)]
    [InlineData("yahoo", "400", "Malformed", "bad", 1)]
    [InlineData("yahoo", "403", "Malformed", "forbidden", 1)]
    [InlineData("yahoo", "reset", "Busy", "3 times", 3)]
    [InlineData("yahoo", "broken off", "Busy", "3 times", 3)]
    [InlineData("yahoo", "silence", "Unreachable", "20 s, 3 times", 3)]
    [InlineData("yahoo", "endless", "Malformed", "more than 1 MB", 1)]
    [InlineData("yahoo", "empty", "Malformed", "can't be read", 1)]
    [InlineData("yahoo", "consent page", "Refused", "web page", 1)]
    [InlineData("yahoo", "half of a JSON", "Malformed", "can't be read", 1)]
    [InlineData("yahoo", "another JSON", "Malformed", "no 'chart'", 1)]
    [InlineData("yahoo", "a JSON list", "Malformed", "no 'chart'", 1)]
    [InlineData("yahoo", "no result", "Refused", "without data", 1)]
    [InlineData("yahoo", "null result", "Refused", "without data", 1)]
    [InlineData("yahoo", "an error", "Refused", "1m data not available", 1)]
    [InlineData("yahoo", "uneven columns", "Malformed", "1 values of open for 2 timestamps", 1)]
    [InlineData("yahoo", "words for numbers", "Malformed", "can't be read", 1)]
    [InlineData("yahoo", "other bars", "Refused", "bars of 1mo where 1d", 1)]
    [InlineData("yahoo", "an unknown zone", "Refused", "Mars/Olympus", 1)]
    [InlineData("stooq", "429", "Busy", "HTTP 429", 3)]
    [InlineData("stooq", "503", "Busy", "HTTP 503", 3)]
    [InlineData("stooq", "404", "Refused", "HTTP 404", 1)]
    [InlineData("stooq", "reset", "Busy", "3 times", 3)]
    [InlineData("stooq", "broken off", "Busy", "3 times", 3)]
    [InlineData("stooq", "silence", "Unreachable", "20 s, 3 times", 3)]
    [InlineData("stooq", "endless", "Malformed", "more than 1 MB", 1)]
    [InlineData("stooq", "empty", "NotFound", "aapl.us", 1)]
    [InlineData("stooq", "No data", "NotFound", "aapl.us", 1)]
    [InlineData("stooq", "limit", "Exhausted", "tomorrow", 1)]
    [InlineData("stooq", "key", "Exhausted", "BF_STOOQ_APIKEY", 1)]
    [InlineData("stooq", "consent page", "Refused", "web page", 1)]
    [InlineData("stooq", "other columns", "Malformed", "no column for open", 1)]
    [InlineData("csv", "404", "NotFound", "/AAPL", 1)]
    [InlineData("csv", "403", "Refused", "HTTP 403: forbidden", 1)]
    [InlineData("csv", "consent page", "Malformed", "web page", 1)]
    [InlineData("csv", "empty", "Malformed", "empty", 1)]
    [InlineData("csv", "other columns", "Malformed", "no column for open", 1)]
    public async Task A_fault_that_stays_is_named_with_what_to_do(string source, string fault, string kind, string words, int requests)
    {
        using var server = new FakeServer();
        server.Fail("AAPL", [.. Enumerable.Repeat(Faults[fault], 9)]);
        var failure = await Asking.Failure(server, source);

        Assert.Equal(kind, failure.Failure.ToString());
        Assert.Contains(words, failure.Message);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Theory]
    [InlineData("yahoo", "429")]
    [InlineData("yahoo", "429, wait a second")]
    [InlineData("yahoo", "500")]
    [InlineData("yahoo", "502")]
    [InlineData("yahoo", "504")]
    [InlineData("yahoo", "408")]
    [InlineData("yahoo", "reset")]
    [InlineData("yahoo", "broken off")]
    [InlineData("yahoo", "silence")]
    [InlineData("stooq", "503")]
    [InlineData("stooq", "reset")]
    public async Task A_fault_that_passes_is_not_noticed(string source, string fault)
    {
        using var server = new FakeServer();
        server.Have(Asking.January("AAPL", 5, 6, 7));
        server.Fail("AAPL", Faults[fault], Faults[fault]);

        Assert.Equal([105, 106, 107], (await Asking.Ask(server, source)).Rows.Select(r => r.Bar.Close));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_redirect_is_followed_and_a_circle_of_them_is_left()
    {
        using var server = new FakeServer();
        server.Have(Asking.January("AAPL", 5));
        server.Have(Asking.January("MSFT", 6));
        server.Fail("AAPL", Fault.Status(302, "Location", "/v8/finance/chart/MSFT?period1=0&period2=2000000000&interval=1d"));
        Assert.Equal(106, Assert.Single((await Asking.Ask(server, "yahoo")).Rows).Bar.Close);

        server.Fail("AAPL", [.. Enumerable.Repeat(Faults["redirects in a circle"], 20)]);
        Assert.Equal(SourceFailure.Malformed, (await Asking.Failure(server, "yahoo")).Failure);
        Assert.InRange(server.Requests.Count, 7, 9);
    }

    [Fact]
    public async Task Where_nothing_listens_the_host_is_named()
    {
        var server = new FakeServer();
        server.Dispose();
        var failure = await Asking.Failure(server, "yahoo");

        Assert.Equal(SourceFailure.Unreachable, failure.Failure);
        Assert.Contains("127.0.0.1", failure.Message);
        Assert.Contains("--source-url", failure.Message);
    }
}
