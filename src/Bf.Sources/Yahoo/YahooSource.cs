using System.Globalization;
using Bf.Core.Market;
using Bf.Sources.Fetch;
using Bf.Sources.Http;

namespace Bf.Sources.Yahoo;

/// <summary>
/// Yahoo's chart endpoint, version 8, which Yahoo's own pages use; it is not documented and may change.
/// Its prices are adjusted for splits, the adjusted close for dividends too.
/// </summary>
internal sealed class YahooSource(string address, HttpGet http, TimeProvider clock) : IBarSource
{
    public static SourceInfo Info { get; } = new(
        "yahoo",
        "Yahoo Finance's chart endpoint (unofficial): daily bars as far back as they go, intraday ones of the last weeks",
        "the network",
        context => new YahooSource(context.Address("BF_YAHOO_URL"), context.Http, context.Clock))
    {
        Intervals = ["1d", "1m", "2m", "5m", "15m", "30m", "1h"],
        UrlSetting = "BF_YAHOO_URL",
    };

    // Symbols' histories begin after this; Yahoo takes seconds before 1970 as negative ones.
    private static readonly long Beginning = Timestamp.Of(new DateOnly(1900, 1, 1));

    public async Task<SourceAnswer> Fetch(SourceRequest request, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (reachable, note) = Reachable(request, Timestamp.Of(now));
        var answer = await http.Get(Url(reachable), cancel).ConfigureAwait(false);
        return YahooChart.Read(answer, reachable, now) with { Note = note };
    }

    private Uri Url(SourceRequest request)
    {
        // A date's session lies up to a day before or after that date in UTC: a day more on both sides, and the dates decide.
        var margin = request.Interval.IsDaily ? Timestamp.Day : 0;
        var (from, to) = (Seconds(Math.Max(request.From ?? Beginning, Beginning) - margin), Seconds(request.To + margin));
        return new($"{address}/v8/finance/chart/{Uri.EscapeDataString(request.Symbol)}?period1={from}&period2={to}&interval={request.Interval}&events=div%2Csplits&includeAdjustedClose=true");

        static string Seconds(long ts) => (ts / 1_000_000).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Intraday bars are kept for some days only, and a request that begins earlier is refused as a whole.</summary>
    private static (SourceRequest Request, string? Note) Reachable(SourceRequest request, long now)
    {
        var days = request.Interval.Name switch { "1d" => 0, "1m" => 7, "1h" => 729, _ => 59 };
        var first = now - (days * Timestamp.Day);
        return days == 0 || request.From >= first ? (request, null)
            : (request with { From = first }, request.From is null ? null : $"Yahoo keeps {request.Interval} bars for {days} days only; earlier ones were not asked for");
    }
}
