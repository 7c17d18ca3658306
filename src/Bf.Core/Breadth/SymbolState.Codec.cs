using MarketTicks = Bf.Core.Market.Ticks;

namespace Bf.Core.Breadth;

/// <content>
/// The bytes of a state's ticks: a version, their greatest common divisor (prices have two or four decimals, ticks have
/// six), their number, the first one and the changes from one to the next, all but the version as varints of 7 bits a byte,
/// low bits first; changes zigzag (0, -1, 1, -2, ...), so that small ones stay short.
/// </content>
public sealed partial record SymbolState
{
    private const byte CodecVersion = 1;

    /// <summary>Nine bytes hold 63 bits: more than any tick, or the zigzag of any change, needs.</summary>
    private const int LongestNumber = 9;

    /// <summary>The ticks as bytes, about two for each; time and number of bars are not among them.</summary>
    /// <exception cref="InvalidOperationException">The state holds more ticks than <see cref="Window"/>.</exception>
    public byte[] Encode()
    {
        return Ticks.Length <= Window ? Encode(Ticks) : throw new InvalidOperationException($"a state holds at most {Window} prices, not {Ticks.Length}");
    }

    internal static byte[] Encode(ReadOnlySpan<long> ticks)
    {
        var divisor = 0L;
        foreach (var tick in ticks)
        {
            divisor = GreatestCommonDivisor(tick, divisor);
        }

        divisor = Math.Max(divisor, 1);
        Span<byte> bytes = stackalloc byte[1 + ((2 + ticks.Length) * LongestNumber)];
        bytes[0] = CodecVersion;
        var length = 1;
        Write(bytes, ref length, (ulong)divisor);
        Write(bytes, ref length, (ulong)ticks.Length);
        var previous = 0L;
        foreach (var tick in ticks)
        {
            var change = (tick / divisor) - previous;
            Write(bytes, ref length, (ulong)((change << 1) ^ (change >> 63)));
            previous += change;
        }

        return bytes[..length].ToArray();
    }

    /// <summary>The state whose ticks were encoded.</summary>
    /// <param name="lastTs">The last bar's time, microseconds since 1970-01-01 UTC.</param>
    /// <param name="bars">The number of bars so far.</param>
    /// <param name="encoded">What <see cref="Encode()"/> gave.</param>
    /// <exception cref="FormatException">The bytes are not the ticks of a symbol with so many bars.</exception>
    public static SymbolState Decode(long lastTs, long bars, ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty || encoded[0] != CodecVersion)
        {
            throw new FormatException(encoded.IsEmpty ? "the state is empty" : $"the state has version {encoded[0]}, not {CodecVersion}");
        }

        var rest = encoded[1..];
        var divisor = Read(ref rest);
        var count = Read(ref rest);
        if (bars < 1 || count != (ulong)Math.Min(bars, Window) || divisor is 0 or > MarketTicks.Max)
        {
            throw new FormatException($"the state has {count} prices in units of {divisor}, which does not go with {bars} bars");
        }

        var ticks = new long[count];
        var quotient = 0L;
        for (var i = 0; i < ticks.Length; i++)
        {
            var zigzag = Read(ref rest);
            quotient = unchecked(quotient + ((long)(zigzag >> 1) ^ -(long)(zigzag & 1)));
            if (quotient < 1 || quotient > MarketTicks.Max / (long)divisor)
            {
                throw new FormatException($"price {i} of the state is out of range");
            }

            ticks[i] = quotient * (long)divisor;
        }

        return rest.IsEmpty ? new(lastTs, bars, ticks) : throw new FormatException($"{rest.Length} bytes follow the state");
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    private static void Write(Span<byte> bytes, ref int length, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
    }

    private static ulong Read(ref ReadOnlySpan<byte> bytes)
    {
        var value = 0UL;
        for (var i = 0; i < bytes.Length && i < LongestNumber; i++)
        {
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return value;
            }
        }

        throw new FormatException("the state ends within a number, or a number in it is too long");
    }
}
