using System.Net;
using System.Text.Json;
using Bf.Core.Market;
using Bf.Sources.Fetch;
using Bf.Sources.Http;

namespace Bf.Sources.Yahoo;

/// <summary>
/// Reads the chart endpoint's answer: <c>chart.result[0]</c> with <c>meta</c>, <c>timestamp</c>, <c>indicators.quote[0]</c> and
/// <c>indicators.adjclose[0]</c>, columns of equal length in which null stands for no trade; or <c>chart.error</c>.
/// </summary>
internal static class YahooChart
{
    /// <exception cref="SourceException">It is no such answer, or an error.</exception>
    public static SourceAnswer Read(HttpAnswer answer, SourceRequest request, DateTimeOffset now)
    {
        if (answer.IsWebPage)
        {
            throw new SourceException(SourceFailure.Refused, $"Yahoo sent a web page instead of data (HTTP {(int)answer.Status}): a consent form or a block. Try again later, or from another network");
        }

        try
        {
            using var document = JsonDocument.Parse(answer.Body);
            var chart = Member(document.RootElement, "chart");
            if (chart.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object)
            {
                return Failed(error, answer, request);
            }

            return answer.Ok && Member(chart, "result") is { ValueKind: JsonValueKind.Array } result && result.GetArrayLength() > 0
                ? Bars(result[0], request, now)
                : throw new SourceException(SourceFailure.Refused, $"Yahoo answered HTTP {(int)answer.Status} without data: {answer.Beginning}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new SourceException(SourceFailure.Malformed, $"Yahoo's answer can't be read ({e.Message}): {answer.Beginning}. Try again; if it stays, the endpoint has changed");
        }
    }

    private static SourceAnswer Failed(JsonElement error, HttpAnswer answer, SourceRequest request)
    {
        var about = error.TryGetProperty("description", out var description) ? description.GetString() ?? "" : "";
        if (about.StartsWith("Data doesn't exist for startDate", StringComparison.OrdinalIgnoreCase))
        {
            return new([]); // the range lies before the symbol's first day
        }

        throw answer.Status == HttpStatusCode.NotFound || (error.TryGetProperty("code", out var code) && code.GetString() == "Not Found")
            ? new SourceException(SourceFailure.NotFound, $"Yahoo does not know {request.Symbol} ({about}). Yahoo writes share classes with a dash (BRK-B), exchanges behind a dot (VOD.L), indices with ^ (^GSPC)")
            : new SourceException(SourceFailure.Refused, $"Yahoo refuses: {about} (HTTP {(int)answer.Status})");
    }

    private static SourceAnswer Bars(JsonElement result, SourceRequest request, DateTimeOffset now)
    {
        var meta = Member(result, "meta");
        var length = meta.TryGetProperty("dataGranularity", out var given) ? given.GetString() : null;
        if (length is not null && length != request.Interval.Name && (length, request.Interval.Name) != ("60m", "1h"))
        {
            throw new SourceException(SourceFailure.Refused, $"Yahoo answered with bars of {length} where {request.Interval} was asked for");
        }

        var session = new YahooSession(meta, now);
        if (!result.TryGetProperty("timestamp", out var times) || times.ValueKind != JsonValueKind.Array)
        {
            return new([]) { AskAgain = request.Interval.IsDaily ? session.AskAgain(null) : null };
        }

        var columns = new YahooColumns(result, times);
        // while a session runs and shortly after, its date may stand there twice: as begun, and at the latest price, which then counts
        var live = request.Interval.IsDaily ? Array.FindLastIndex(columns.Times, t => t == session.LiveAt) : -1;
        var rows = new List<BarReading>(columns.Times.Length);
        DateOnly? newest = null;
        int gaps = 0, unfinished = 0;
        for (var i = 0; i < columns.Times.Length; i++)
        {
            var date = session.DateOf(columns.Times[i]);
            var ts = request.Interval.IsDaily ? Timestamp.Of(date) : columns.Times[i] * 1_000_000;
            if (!request.Wants(ts) || (live >= 0 && i != live && date == session.DateOf(columns.Times[live])))
            {
                continue;
            }

            if (!(request.Interval.IsDaily ? session.IsOver(date) : session.IsOver(columns.Times[i], request.Interval.Seconds)))
            {
                unfinished++;
            }
            else if (columns.IsGap(i))
            {
                gaps++;
            }
            else
            {
                rows.Add(columns.Row(i, request.Symbol, ts));
                newest = newest > date ? newest : date;
            }
        }

        return new(rows) { Gaps = gaps, Unfinished = unfinished, AskAgain = request.Interval.IsDaily ? session.AskAgain(newest) : null };
    }

    private static JsonElement Member(JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var value) ? value : throw new KeyNotFoundException($"no '{name}'");
}
