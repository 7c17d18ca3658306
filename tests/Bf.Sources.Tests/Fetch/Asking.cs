using Bf.Core.Market;
using Bf.Sources.Fetch;
using Bf.Sources.Http;

namespace Bf.Sources.Tests.Fetch;

/// <summary>A source of the catalogue, made for a test, and questions to it.</summary>
internal static class Asking
{
    /// <summary>Limits with which a test of failures is over at once.</summary>
    public static HttpLimits Hasty { get; } = new() { FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromMilliseconds(10), Retries = 2, MostBytes = 1 << 20 };

    public static long Day(int year, int month, int day) => Timestamp.Of(new DateOnly(year, month, day));

    /// <summary>One symbol from the source whose address is a fake server.</summary>
    public static async Task<SourceAnswer> Ask(FakeServer server, string source, string symbol = "AAPL", long? from = null, long? to = null, string interval = "1d", string? key = null)
    {
        var clock = new Clock { Now = server.Now };
        using var http = new HttpGet(new SilenceClock(server, Hasty.Attempt), Hasty);
        var made = BarSources.Of(source).Make(new(name => name.EndsWith("KEY", StringComparison.Ordinal) ? key : server.Url, name => name == "--from" ? server.Url + "/{symbol}" : null, http, clock));
        return await made.Fetch(new(symbol, from, to ?? Day(2026, 2, 1), Interval.Parse(interval)), TestContext.Current.CancellationToken);
    }

    /// <summary>The failure of such a question.</summary>
    public static Task<SourceException> Failure(FakeServer server, string source, string symbol = "AAPL") => Assert.ThrowsAsync<SourceException>(() => Ask(server, source, symbol));

    /// <summary>A bar whose prices follow from its close.</summary>
    public static Bar Bar(string symbol, long ts, double close, long volume = 1000) => new(symbol, ts, close - 0.5, close + 1, close - 1, close, close * 0.9, volume);

    /// <summary>Daily bars of a symbol on the given days of January 2026.</summary>
    public static IReadOnlyList<Bar> January(string symbol, params int[] days) => [.. days.Select(d => Bar(symbol, Day(2026, 1, d), 100 + d))];

    private sealed class Clock : TimeProvider
    {
        public required DateTimeOffset Now { get; init; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
