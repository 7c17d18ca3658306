using System.Globalization;
using System.Text.Json;
using Bf.Core.Market;

namespace Bf.Sources.Yahoo;

/// <summary>The columns of a chart: one value, or null, for each timestamp.</summary>
internal sealed class YahooColumns
{
    private readonly double?[] _open;
    private readonly double?[] _high;
    private readonly double?[] _low;
    private readonly double?[] _close;
    private readonly double?[] _volume;
    private readonly double?[]? _adjusted;

    /// <exception cref="FormatException">A column is missing, or has another length.</exception>
    /// <exception cref="InvalidOperationException">A value is of another kind.</exception>
    public YahooColumns(JsonElement result, JsonElement times)
    {
        Times = [.. times.EnumerateArray().Select(t => t.GetInt64())];
        if (Times.Any(t => Math.Abs(t) > YahooSession.Latest))
        {
            throw new FormatException("a timestamp beyond all dates");
        }

        var indicators = result.GetProperty("indicators");
        var quote = indicators.GetProperty("quote").EnumerateArray().FirstOrDefault();
        (_open, _high, _low, _close) = (Column(quote, "open"), Column(quote, "high"), Column(quote, "low"), Column(quote, "close"));
        _volume = quote.TryGetProperty("volume", out _) ? Column(quote, "volume") : new double?[Times.Length];
        // intraday charts have none; an empty one stands where nothing was adjusted
        _adjusted = indicators.TryGetProperty("adjclose", out var list) && list.GetArrayLength() > 0 && list[0].TryGetProperty("adjclose", out _) ? Column(list[0], "adjclose") : null;
    }

    /// <summary>When each row begins, seconds since 1970-01-01 UTC.</summary>
    public long[] Times { get; }

    /// <summary>Whether a row has no price at all.</summary>
    public bool IsGap(int i) => _open[i] is null && _high[i] is null && _low[i] is null && _close[i] is null;

    /// <summary>A row as a bar; one that lacks a price is no bar.</summary>
    public BarReading Row(int i, string symbol, long ts)
    {
        var adjusted = _adjusted is null ? _close[i] : _adjusted[i];
        if (_open[i] is { } open && _high[i] is { } high && _low[i] is { } low && _close[i] is { } close && adjusted is { } adj
            && Volumes.TryRound(_volume[i] ?? 0, out var volume)) // indices have no volume
        {
            return new(new Bar(symbol, ts, open, high, low, close, adj, volume), i + 1, null, null);
        }

        return new(default, i + 1, BarRules.UnreadableNumber,
            string.Create(CultureInfo.InvariantCulture, $"{Timestamp.Format(ts)},{symbol},{_open[i]},{_high[i]},{_low[i]},{_close[i]},{adjusted},{_volume[i]}"));
    }

    private double?[] Column(JsonElement at, string name)
    {
        double?[] values = [.. at.GetProperty(name).EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? (double?)null : v.GetDouble())];
        return values.Length == Times.Length ? values : throw new FormatException($"{values.Length} values of {name} for {Times.Length} timestamps");
    }
}
