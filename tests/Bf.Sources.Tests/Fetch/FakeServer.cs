using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Bf.Sources.Tests.Fetch;

/// <summary>A server on this machine that answers as Yahoo's chart endpoint and Stooq's download do, and can be made to fail as they do.</summary>
internal sealed class FakeServer : IDisposable
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<HttpContext, Task>>> _faults = new();

    public FakeServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseShutdownTimeout(TimeSpan.Zero);
        _app = builder.Build();
        _app.Run(Answer);
        _app.StartAsync().GetAwaiter().GetResult();
        Url = _app.Urls.First();
    }

    public string Url { get; }

    /// <summary>When it is for the server: what it takes for finished.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 1, 31, 18, 0, 0, TimeSpan.Zero);

    /// <summary>The bars by symbol.</summary>
    public ConcurrentDictionary<string, IReadOnlyList<Bar>> Bars { get; } = new();

    /// <summary>Path and query of each request, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>The same, as they were sent, not decoded.</summary>
    public ConcurrentQueue<string> Targets { get; } = new();

    /// <summary>The most requests that were under way at once.</summary>
    public int MostAtOnce { get; private set; }

    private int _underWay;

    /// <summary>Is called when the server keeps silent.</summary>
    public Action Silent { get; set; } = () => { };

    /// <summary>What is done before each answer.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>The next answers for a symbol; after them it is answered as usual.</summary>
    public void Fail(string symbol, params Func<HttpContext, Task>[] faults) => _faults[symbol] = new(faults);

    /// <summary>The bars of many symbols.</summary>
    public void Have(IEnumerable<Bar> bars)
    {
        foreach (var symbol in bars.GroupBy(b => b.Symbol))
        {
            Bars[symbol.Key] = [.. symbol];
        }
    }

    public void Dispose() => _app.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task Answer(HttpContext call)
    {
        call.Items[nameof(FakeServer)] = this;
        Requests.Enqueue(call.Request.Path + call.Request.QueryString);
        Targets.Enqueue(call.Features.Get<IHttpRequestFeature>()!.RawTarget);
        lock (_app)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_underWay);
        }

        try
        {
            var yahoo = call.Request.Path.StartsWithSegments("/v8/finance/chart", out var rest);
            var symbol = yahoo ? rest.Value!.TrimStart('/') : call.Request.Query["s"].FirstOrDefault()?.Replace(".us", "", StringComparison.Ordinal).ToUpperInvariant() ?? call.Request.Path.Value!.Trim('/');
            await Before(symbol);
            await (_faults.TryGetValue(symbol, out var faults) && faults.TryDequeue(out var fault) ? fault(call) : yahoo ? Yahoo(call, symbol) : Stooq(call, symbol));
        }
        finally
        {
            lock (_app)
            {
                _underWay--;
            }
        }
    }

    private Task Yahoo(HttpContext call, string symbol)
    {
        if (!Bars.TryGetValue(symbol, out var bars))
        {
            return Fault.Text(404, """{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found, symbol may be delisted"}}}""", "application/json")(call);
        }

        var (from, to) = (long.Parse(call.Request.Query["period1"]!, CultureInfo.InvariantCulture), long.Parse(call.Request.Query["period2"]!, CultureInfo.InvariantCulture));
        var daily = call.Request.Query["interval"] == "1d";
        return Fault.Text(200, Chart([.. bars.Where(b => At(b, daily) >= from && At(b, daily) < to)], call.Request.Query["interval"]!).ToJsonString(), "application/json")(call);
    }

    /// <summary>A chart as Yahoo sends it.</summary>
    public JsonObject Chart(IReadOnlyList<Bar> bars, string interval = "1d")
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, NewYork).DateTime);
        var (start, end) = (Moment(today, 9, 30), Moment(today, 16, 0));
        var indicators = new JsonObject { ["quote"] = new JsonArray(new JsonObject { ["open"] = Column(b => b.Open), ["high"] = Column(b => b.High), ["low"] = Column(b => b.Low), ["close"] = Column(b => b.Close), ["volume"] = Column(b => b.Volume) }) };
        if (interval == "1d")
        {
            indicators["adjclose"] = new JsonArray(new JsonObject { ["adjclose"] = Column(b => b.AdjClose) });
        }

        var result = new JsonObject
        {
            ["meta"] = new JsonObject
            {
                ["currency"] = "USD", ["exchangeTimezoneName"] = "America/New_York", ["gmtoffset"] = -18000, ["dataGranularity"] = interval, ["regularMarketTime"] = Math.Min(Now.ToUnixTimeSeconds(), end + 1),
                ["currentTradingPeriod"] = new JsonObject { ["regular"] = new JsonObject { ["timezone"] = "EST", ["start"] = start, ["end"] = end, ["gmtoffset"] = -18000 } },
            },
            ["indicators"] = indicators,
        };
        if (bars.Count > 0) // an empty chart has no timestamps at all
        {
            result["timestamp"] = new JsonArray([.. bars.Select(b => (JsonNode)At(b, interval == "1d"))]);
        }

        return new JsonObject { ["chart"] = new JsonObject { ["result"] = new JsonArray(result), ["error"] = null } };

        JsonArray Column(Func<Bar, double> of) => new([.. bars.Select(b => double.IsNaN(of(b)) ? null : (JsonNode)of(b))]);
    }

    private Task Stooq(HttpContext call, string symbol)
    {
        var (d1, d2) = (call.Request.Query["d1"].FirstOrDefault() ?? "0", call.Request.Query["d2"].FirstOrDefault() ?? "9");
        var rows = Bars.GetValueOrDefault(symbol, []).Where(b => string.CompareOrdinal(Day(b), d1) >= 0 && string.CompareOrdinal(Day(b), d2) <= 0).ToList();
        var text = new StringBuilder("Date,Open,High,Low,Close,Volume\r\n");
        foreach (var b in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Timestamp.Format(b.Ts)},{b.Open:R},{b.High:R},{b.Low:R},{b.Close:R},{b.Volume}\r\n");
        }

        return Fault.Text(200, rows.Count == 0 ? "No data" : text.ToString(), "text/csv")(call);

        static string Day(Bar b) => Timestamp.Format(b.Ts).Replace("-", "", StringComparison.Ordinal);
    }

    private static long At(Bar bar, bool daily) => daily ? Moment(Timestamp.ToDate(bar.Ts), 9, 30) : bar.Ts / 1_000_000;

    private static long Moment(DateOnly date, int hour, int minute)
    {
        var local = date.ToDateTime(new(hour, minute));
        return new DateTimeOffset(local, NewYork.GetUtcOffset(local)).ToUnixTimeSeconds();
    }
}
