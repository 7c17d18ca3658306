using System.Globalization;
using System.Text;
using Bf.Core.Market;

namespace Bf.Core.Exchange;

/// <summary>
/// Reads bars of others: fields in any order, with white space and fields that are not known, numbers as text, a symbol in any case, no adjusted close.
/// It never throws: what can't be read breaks a rule.
/// </summary>
internal static class BarJsonReader
{
    /// <inheritdoc cref="BarJson.Read"/>
    public static string? Read(ReadOnlySpan<byte> message, out BarMessage bar)
    {
        bar = default;
        var json = new JsonCursor(message);
        ReadOnlySpan<byte> ts = default, symbol = default, open = default, high = default, low = default, close = default, adjusted = default, volume = default;
        if (!json.Open())
        {
            return BarRules.UnreadableMessage;
        }

        while (json.NextField(out var name))
        {
            var read = name switch
            {
                _ when name.SequenceEqual("ts"u8) => json.TryScalar(out ts),
                _ when name.SequenceEqual("symbol"u8) => json.TryScalar(out symbol),
                _ when name.SequenceEqual("o"u8) => json.TryScalar(out open),
                _ when name.SequenceEqual("h"u8) => json.TryScalar(out high),
                _ when name.SequenceEqual("l"u8) => json.TryScalar(out low),
                _ when name.SequenceEqual("c"u8) => json.TryScalar(out close),
                _ when name.SequenceEqual("a"u8) => json.TryScalar(out adjusted),
                _ when name.SequenceEqual("v"u8) => json.TryScalar(out volume),
                _ => json.TrySkip(),
            };
            if (!read)
            {
                return BarRules.UnreadableMessage;
            }
        }

        return !json.IsWhole ? BarRules.UnreadableMessage
            : Symbol(symbol, ref bar) ?? (MessageTime.TryRead(ts, out var time) ? Numbers(time, open, high, low, close, adjusted.IsEmpty ? close : adjusted, volume, ref bar) : BarRules.UnreadableDate);
    }

    private static string? Symbol(ReadOnlySpan<byte> bytes, ref BarMessage bar)
    {
        var given = Encoding.UTF8.GetString(bytes);
        var symbol = Bar.Normalize(given);
        bar.Symbol = symbol == given ? bytes : Encoding.UTF8.GetBytes(symbol);
        return BarRules.BrokenSymbol(symbol);
    }

    private static string? Numbers(long ts, ReadOnlySpan<byte> open, ReadOnlySpan<byte> high, ReadOnlySpan<byte> low, ReadOnlySpan<byte> close, ReadOnlySpan<byte> adjusted, ReadOnlySpan<byte> volume, ref BarMessage bar)
    {
        if (!TryPrice(open, out var o) || !TryPrice(high, out var h) || !TryPrice(low, out var l) || !TryPrice(close, out var c) || !TryPrice(adjusted, out var a) || !Volumes.TryParse(volume, out var v))
        {
            return BarRules.UnreadableNumber;
        }

        (bar.Ts, bar.Open, bar.High, bar.Low, bar.Close, bar.AdjClose, bar.Volume) = (ts, o, h, l, c, a, v);
        return null;
    }

    private static bool TryPrice(ReadOnlySpan<byte> text, out double price) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out price);
}
