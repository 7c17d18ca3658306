using Bf.Core.Market;

namespace Bf.Core.Exchange;

/// <summary>A bar as it was read from a message; its symbol lies in the message, or in a copy where it stood there in another form.</summary>
public ref struct BarMessage
{
    /// <summary>The symbol, trimmed and in upper case, as UTF-8.</summary>
    public ReadOnlySpan<byte> Symbol { get; internal set; }

    /// <summary>When the bar begins, microseconds since 1970-01-01 UTC.</summary>
    public long Ts { get; internal set; }

    /// <summary>First price.</summary>
    public double Open { get; internal set; }

    /// <summary>Highest price.</summary>
    public double High { get; internal set; }

    /// <summary>Lowest price.</summary>
    public double Low { get; internal set; }

    /// <summary>Last price.</summary>
    public double Close { get; internal set; }

    /// <summary>Last price adjusted for splits and dividends; the last price where the message has none.</summary>
    public double AdjClose { get; internal set; }

    /// <summary>Shares traded.</summary>
    public long Volume { get; internal set; }

    /// <summary>The bar, under its symbol as text, so that a reader who has met it before makes none.</summary>
    public readonly Bar ToBar(string symbol) => new(symbol, Ts, Open, High, Low, Close, AdjClose, Volume);
}
