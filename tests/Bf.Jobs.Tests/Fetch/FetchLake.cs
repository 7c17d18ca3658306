using Bf.Core.Market;
using Bf.Jobs.Fetch;
using Bf.Sources.Fetch;
using Bf.Sources.Http;
using Bf.Sources.Tests.Fetch;

namespace Bf.Jobs.Tests.Fetch;

/// <summary>A lake and a server to fetch from, both at the same time of day.</summary>
internal sealed class FetchLake : IDisposable
{
    private static readonly HttpLimits Hasty = new() { FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromMilliseconds(10), Retries = 1 };

    public TestLake Lake { get; } = new();

    public FakeServer Server { get; } = new();

    /// <summary>The present time of both: Friday 30 January 2026, 18:00 in New York, at first.</summary>
    public DateTimeOffset Now
    {
        get => Lake.Clock.Now;
        set => (Lake.Clock.Now, Server.Now) = (value, value);
    }

    public FetchLake() => Now = new(2026, 1, 30, 23, 0, 0, TimeSpan.Zero);

    public FetchResult Fetch(params string[] symbols) => Fetch(symbols, null);

    public FetchResult Fetch(string[] symbols, long? from, long? to = null, string source = "yahoo", int parallel = 4, string interval = "1d", CancellationToken cancel = default)
    {
        using var http = new HttpGet(new SilenceClock(Server, Hasty.Attempt), Hasty);
        var bars = BarSources.Of(source).Make(new(_ => Server.Url, _ => null, http, Lake.Clock));
        return FetchJob.Run(Lake.Lake, new(source, bars, symbols, from, to, Interval.Parse(interval), parallel), "test", cancel: cancel);
    }

    /// <summary>The requests since the last call: symbol, first and last date.</summary>
    public List<string> Asked()
    {
        var list = new List<string>();
        while (Server.Requests.TryDequeue(out var request))
        {
            var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.Split('?')[1]);
            list.Add($"{request.Split('?')[0].Split('/')[^1]} {Date("period1", 1)}..{Date("period2", -2)}");

            string Date(string name, int days) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(query[name]!, null)).AddDays(days).ToString("yyyy-MM-dd", null);
        }

        return list;
    }

    /// <summary>The table fetches, but for the runs' names.</summary>
    public List<string> Fetches() => Lake.Query("SELECT * EXCLUDE run FROM fetches ORDER BY source, interval, symbol");

    public void Dispose()
    {
        Server.Dispose();
        Lake.Dispose();
    }
}
