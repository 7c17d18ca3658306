using System.Text.Json;
using Bf.Core.Market;
using Bf.Sources.Fetch;

namespace Bf.Sources.Yahoo;

/// <summary>The exchange's clock as an answer describes it: which date a bar belongs to, and whether its session has ended.</summary>
internal sealed class YahooSession
{
    // quotes reach Yahoo up to 20 minutes late, and the close is settled after the bell
    private const long Settling = 30 * 60;

    /// <summary>The year 5138, in seconds: what lies beyond is no time.</summary>
    public const long Latest = 100_000_000_000;

    private readonly TimeZoneInfo _zone;
    private readonly long _now;

    /// <param name="meta">The answer's <c>meta</c>.</param>
    /// <param name="now">The present time.</param>
    /// <exception cref="SourceException">The exchange's time zone is not known here.</exception>
    public YahooSession(JsonElement meta, DateTimeOffset now)
    {
        _now = now.ToUnixTimeSeconds();
        _zone = meta.TryGetProperty("exchangeTimezoneName", out var name) && name.GetString() is { Length: > 0 } zone ? Zone(zone) : Offset(Number(meta, "gmtoffset") ?? 0);
        LiveAt = Number(meta, "regularMarketTime");
        if (meta.TryGetProperty("currentTradingPeriod", out var period) && period.TryGetProperty("regular", out var regular))
        {
            (Begin, End) = (Number(regular, "start"), Number(regular, "end"));
        }
    }

    /// <summary>When the latest price was made, seconds; a row of this time is that price, not a bar's beginning.</summary>
    public long? LiveAt { get; }

    /// <summary>When the present or next session begins, seconds.</summary>
    public long? Begin { get; }

    /// <summary>When it ends; early closes included.</summary>
    public long? End { get; }

    /// <summary>The date of a daily bar that begins at so many seconds: the date at the exchange.</summary>
    public DateOnly DateOf(long seconds)
    {
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(seconds), _zone);
        // no session begins at 22 or 23 h: that is midnight of the next day, put down with the offset of the other half of the year
        return DateOnly.FromDateTime(local.DateTime.AddHours(local.Hour >= 22 ? 2 : 0));
    }

    /// <summary>Whether the session of a date has ended.</summary>
    public bool IsOver(DateOnly date) =>
        Begin is { } begin && End is { } end
            ? date < DateOf(begin) || (date == DateOf(begin) && _now >= end + Settling)
            : date < DateOf(_now);

    /// <summary>Whether an intraday bar of a length in seconds has ended; the closing price that follows the last bar is none.</summary>
    public bool IsOver(long seconds, long length) => seconds + length <= _now - Settling && !(seconds >= End) && seconds % 60 == 0;

    /// <summary>Before this moment (microseconds) there is no further daily bar; null when the answer does not say.</summary>
    /// <param name="newest">The date of the newest bar that came.</param>
    public long? AskAgain(DateOnly? newest)
    {
        if (Begin is not { } begin || End is not { } end)
        {
            return null;
        }

        // sessions end at least half a day apart; one that ended without a bar may get it late
        var running = _now < end + Settling;
        var next = running ? end + Settling : newest == DateOf(begin) ? Math.Max(end + (12 * 3600), _now + 3600) : _now + 3600;
        return next * 1_000_000;
    }

    private static long? Number(JsonElement at, string name) =>
        at.TryGetProperty(name, out var n) && n.ValueKind == JsonValueKind.Number && Math.Abs(n.GetDouble()) <= Latest ? (long)n.GetDouble() : null;

    private static TimeZoneInfo Offset(long seconds) =>
        Math.Abs(seconds) <= 14 * 3600 && seconds % 60 == 0
            ? TimeZoneInfo.CreateCustomTimeZone("exchange", TimeSpan.FromSeconds(seconds), null, null)
            : throw new FormatException($"gmtoffset {seconds}");

    private static TimeZoneInfo Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? zone
            : throw new SourceException(SourceFailure.Refused, $"the exchange's time zone {name} is not known on this machine, so that no date is certain. Install the system's time zones (package tzdata)");
}
