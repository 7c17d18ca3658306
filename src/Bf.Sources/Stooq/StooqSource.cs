using System.Globalization;
using Bf.Core.Market;
using Bf.Sources.Csv;
using Bf.Sources.Fetch;
using Bf.Sources.Http;

namespace Bf.Sources.Stooq;

/// <summary>
/// Stooq's download of daily bars as CSV. Its prices are adjusted already, with no second column, so that the adjusted close is the close.
/// What goes wrong is told in words, with HTTP status 200.
/// </summary>
internal sealed class StooqSource(string address, string? key, HttpGet http, TimeProvider clock) : IBarSource
{
    public static SourceInfo Info { get; } = new(
        "stooq",
        "Stooq's daily bars; AAPL is asked for as aapl.us, a symbol with a suffix (VOD.UK) or ^ as it is",
        "the network; a key where Stooq wants one (BF_STOOQ_APIKEY)",
        context => new StooqSource(context.Address("BF_STOOQ_URL"), context.Setting("BF_STOOQ_APIKEY"), context.Http, context.Clock))
    {
        Intervals = ["1d"],
        UrlSetting = "BF_STOOQ_URL",
        Settings = ["BF_STOOQ_APIKEY"],
    };

    public async Task<SourceAnswer> Fetch(SourceRequest request, CancellationToken cancel)
    {
        var answer = await http.Get(Url(request), cancel).ConfigureAwait(false);
        if (!answer.Ok || answer.IsWebPage || !answer.Body.AsSpan().TrimStart("\uFEFF"u8).StartsWith("Date,"u8))
        {
            throw Explain(answer, request);
        }

        var now = clock.GetUtcNow();
        var bars = SourceAnswer.OfWholeDays(request, SymbolCsv.Read("Stooq", answer.Body, request), now);
        var newest = bars.Rows.Count == 0 ? long.MinValue : bars.Rows.Max(r => r.Bar.Ts);
        var today = Timestamp.Of(DateOnly.FromDateTime(now.UtcDateTime));
        // the next bar is finished when the day is over; yesterday's may come late
        return bars with { AskAgain = newest >= today - Timestamp.Day ? today + Timestamp.Day : Timestamp.Of(now.AddHours(1)) };
    }

    /// <summary>A symbol as Stooq writes it: in lower case, a US share with .us behind it.</summary>
    public static string Ticker(string symbol) => symbol.AsSpan().ContainsAny('.', '^') ? symbol.ToLowerInvariant() : $"{symbol.ToLowerInvariant()}.us";

    private Uri Url(SourceRequest request)
    {
        var from = request.From is { } first ? $"&d1={Date(first)}" : "";
        var secret = string.IsNullOrEmpty(key) ? "" : $"&apikey={Uri.EscapeDataString(key)}";
        return new($"{address}/q/d/l/?s={Uri.EscapeDataString(Ticker(request.Symbol))}{from}&d2={Date(request.To - 1)}&i=d{secret}");

        static string Date(long ts) => Timestamp.ToDate(ts).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
    }

    private static SourceException Explain(HttpAnswer answer, SourceRequest request)
    {
        var said = answer.Beginning;
        return said switch
        {
            "" or "No data" or "Brak danych" => new(SourceFailure.NotFound,
                $"Stooq has no data for {request.Symbol} (asked for as {Ticker(request.Symbol)}) in this range. It writes share classes with a dash (BRK-B), other exchanges with a suffix (VOD.UK)"),
            _ when said.Contains("daily hits limit", StringComparison.OrdinalIgnoreCase) => new(SourceFailure.Exhausted,
                "Stooq's daily limit is used up. Run the same command again tomorrow: it asks only for what is missing"),
            _ when said.Contains("apikey", StringComparison.OrdinalIgnoreCase) => new(SourceFailure.Exhausted,
                "Stooq wants a key. Get one at https://stooq.com/q/d/?s=aapl.us&get_apikey, and set BF_STOOQ_APIKEY in the environment or in .env"),
            _ when answer.IsWebPage => new(SourceFailure.Refused, $"Stooq sent a web page instead of data (HTTP {(int)answer.Status}). Try again later, or from another network"),
            _ => new(SourceFailure.Refused, $"Stooq answered HTTP {(int)answer.Status} without data: {said}"),
        };
    }
}
