namespace Bf.Core.Market;

/// <summary>One bar of one symbol.</summary>
/// <param name="Symbol">The symbol, trimmed and in upper case.</param>
/// <param name="Ts">When the bar begins, microseconds since 1970-01-01 UTC; a daily bar's is its date at midnight.</param>
/// <param name="Open">First price, as quoted.</param>
/// <param name="High">Highest price, as quoted.</param>
/// <param name="Low">Lowest price, as quoted.</param>
/// <param name="Close">Last price, as quoted: not adjusted.</param>
/// <param name="AdjClose">Last price adjusted for splits and dividends.</param>
/// <param name="Volume">Shares traded.</param>
public readonly record struct Bar(string Symbol, long Ts, double Open, double High, double Low, double Close, double AdjClose, long Volume)
{
    /// <summary>The symbol as the lake keeps it: trimmed, in upper case; no suffix is cut.</summary>
    public static string Normalize(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        return symbol.Trim().ToUpperInvariant();
    }
}
