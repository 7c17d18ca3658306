using System.Buffers.Text;
using Bf.Core.Market;

namespace Bf.Core.Exchange;

/// <summary>
/// A bar as the value of a message: <c>{"ts":"2018-01-02T00:00:00Z","symbol":"AAPL","o":170.16,"h":172.3,"l":169.26,"c":172.26,"a":40.34,"v":25048048}</c>.
/// What is written here is read without allocation, and every double comes back bit for bit. Other forms are read too: <see cref="BarJsonReader"/>.
/// </summary>
public static class BarJson
{
    private const int Names = 64;
    private const int Times = 32;
    private const int LongestNumber = 32;
    private const long Exact = 1L << 53; // up to here a double holds every whole number
    private static readonly double[] PowersOfTen = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary>The most bytes that a bar takes.</summary>
    /// <param name="symbol">The bytes of its symbol.</param>
    public static int MaxLength(int symbol) => Names + Times + (6 * LongestNumber) + (6 * symbol);

    /// <summary>Writes a bar; a price that is not finite becomes null, which no reader takes for a price.</summary>
    /// <param name="to">Where, <see cref="MaxLength"/> bytes at least.</param>
    /// <param name="symbol">The symbol, as UTF-8.</param>
    /// <param name="bar">The bar; its own symbol is not looked at.</param>
    /// <returns>How many bytes.</returns>
    public static int Write(Span<byte> to, ReadOnlySpan<byte> symbol, in Bar bar)
    {
        var at = Put(to, 0, "{\"ts\":\""u8);
        at += MessageTime.Write(to[at..], bar.Ts);
        at = Put(to, at, "\",\"symbol\":\""u8);
        at = PutText(to, at, symbol);
        at = PutPrice(to, Put(to, at, "\",\"o\":"u8), bar.Open);
        at = PutPrice(to, Put(to, at, ",\"h\":"u8), bar.High);
        at = PutPrice(to, Put(to, at, ",\"l\":"u8), bar.Low);
        at = PutPrice(to, Put(to, at, ",\"c\":"u8), bar.Close);
        at = PutPrice(to, Put(to, at, ",\"a\":"u8), bar.AdjClose);
        at = Put(to, at, ",\"v\":"u8);
        Utf8Formatter.TryFormat(bar.Volume, to[at..], out var written);
        return Put(to, at + written, "}"u8);
    }

    /// <summary>Reads a bar.</summary>
    /// <param name="message">The message; the bar's symbol may lie in it.</param>
    /// <param name="bar">The bar.</param>
    /// <returns>Null, or the name of the rule (<see cref="BarRules.All"/>) that the message breaks. Whether the bar itself makes sense is for <see cref="BarRules.Broken"/>.</returns>
    public static string? Read(ReadOnlySpan<byte> message, out BarMessage bar) => TryReadOwn(message, out bar) ? null : BarJsonReader.Read(message, out bar);

    /// <summary>Reads exactly the form that is written here, of symbols that need no change.</summary>
    internal static bool TryReadOwn(ReadOnlySpan<byte> m, out BarMessage bar)
    {
        bar = default;
        if (!Take(ref m, "{\"ts\":\""u8) || !MessageTime.TryReadOwn(m, out var ts))
        {
            return false;
        }

        m = m[MessageTime.OwnLength..];
        if (!Take(ref m, "\",\"symbol\":\""u8))
        {
            return false;
        }

        var symbol = 0;
        while (symbol < m.Length && IsPlain(m[symbol]))
        {
            symbol++;
        }

        bar.Ts = ts;
        bar.Symbol = m[..symbol];
        m = m[symbol..];
        if (symbol == 0 || !Take(ref m, "\",\"o\":"u8) || !TakePrice(ref m, out var open) || !Take(ref m, ",\"h\":"u8) || !TakePrice(ref m, out var high)
            || !Take(ref m, ",\"l\":"u8) || !TakePrice(ref m, out var low) || !Take(ref m, ",\"c\":"u8) || !TakePrice(ref m, out var close)
            || !Take(ref m, ",\"a\":"u8) || !TakePrice(ref m, out var adjusted) || !Take(ref m, ",\"v\":"u8) || !TakeWhole(ref m, out var volume) || m.Length != 1 || m[0] != '}')
        {
            return false;
        }

        (bar.Open, bar.High, bar.Low, bar.Close, bar.AdjClose, bar.Volume) = (open, high, low, close, adjusted, volume);
        return true;
    }

    private static int Put(Span<byte> to, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(to[at..]);
        return at + text.Length;
    }

    private static int PutText(Span<byte> to, int at, ReadOnlySpan<byte> text)
    {
        foreach (var c in text)
        {
            if (c is (byte)'"' or (byte)'\\')
            {
                to[at++] = (byte)'\\';
                to[at++] = c;
            }
            else if (c < ' ')
            {
                at = Put(to, at, "\\u00"u8);
                Utf8Formatter.TryFormat(c, to[at..], out var written, new('x', 2));
                at += written;
            }
            else
            {
                to[at++] = c;
            }
        }

        return at;
    }

    /// <summary>The shortest text that gives the same double.</summary>
    private static int PutPrice(Span<byte> to, int at, double price)
    {
        if (!double.IsFinite(price))
        {
            return Put(to, at, "null"u8);
        }

        // up to six decimals: whole ticks below 2^53, whose quotient by a million is the double next to the decimal number, as a reader's would be
        var ticks = Math.Abs(price) < Exact / (double)Ticks.PerUnit ? Ticks.FromPrice(price) : 0;
        if (ticks > 0 && (double)ticks / Ticks.PerUnit == price)
        {
            return PutTicks(to, at, (ulong)ticks);
        }

        price.TryFormat(to[at..], out var written, "R", System.Globalization.CultureInfo.InvariantCulture);
        return at + written;
    }

    private static int PutTicks(Span<byte> to, int at, ulong ticks)
    {
        var (whole, rest) = Math.DivRem(ticks, Ticks.PerUnit);
        Utf8Formatter.TryFormat(whole, to[at..], out var written);
        at += written;
        if (rest == 0)
        {
            return at;
        }

        to[at++] = (byte)'.';
        for (var unit = (uint)Ticks.PerUnit / 10; rest > 0; unit /= 10)
        {
            to[at++] = (byte)('0' + (rest / unit));
            rest %= unit;
        }

        return at;
    }

    private static bool Take(ref ReadOnlySpan<byte> m, ReadOnlySpan<byte> text)
    {
        if (!m.StartsWith(text))
        {
            return false;
        }

        m = m[text.Length..];
        return true;
    }

    private static bool TakeWhole(ref ReadOnlySpan<byte> m, out long number)
    {
        number = 0;
        var digits = 0;
        for (; digits < m.Length && digits < 18 && (uint)(m[digits] - '0') <= 9; digits++)
        {
            number = (number * 10) + (m[digits] - '0');
        }

        m = m[digits..];
        return digits > 0;
    }

    /// <summary>Takes 170.16 and the like: up to 15 digits are a whole number and a power of ten, both exact, and so is the rounding of their quotient.</summary>
    private static bool TakePrice(ref ReadOnlySpan<byte> m, out double price)
    {
        price = 0;
        long digits = 0;
        var (length, fraction) = (0, -1);
        for (; length < m.Length && length <= LongestNumber; length++)
        {
            var c = m[length];
            if ((uint)(c - '0') <= 9)
            {
                digits = length < 18 ? (digits * 10) + (c - '0') : long.MaxValue;
                fraction = fraction >= 0 ? fraction + 1 : fraction;
            }
            else if (c == '.' && fraction < 0 && length > 0)
            {
                fraction = 0;
            }
            else
            {
                break;
            }
        }

        var text = m[..length];
        if (length == 0 || fraction == 0)
        {
            return false;
        }

        m = m[length..];
        if (digits <= Exact)
        {
            price = fraction <= 0 ? digits : digits / PowersOfTen[fraction];
            return true;
        }

        return double.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out price);
    }

    // what Bar.Normalize leaves as it is, and JSON too
    private static bool IsPlain(byte c) => c is > (byte)' ' and < 127 and not ((byte)'"' or (byte)'\\') and not (>= (byte)'a' and <= (byte)'z');
}
