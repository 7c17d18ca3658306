using Bf.Core.Market;

namespace Bf.Core.Breadth;

/// <summary>The kernel's refusals. Validation keeps such bars out long before; these tell a caller what it got wrong.</summary>
internal static class KernelGuard
{
    public static void Lengths(string symbol, ReadOnlySpan<long> ts, ReadOnlySpan<double> adjClose, ReadOnlySpan<long> volume)
    {
        if (ts.Length != adjClose.Length || ts.Length != volume.Length)
        {
            throw new ArgumentException($"{symbol}: {ts.Length} times, {adjClose.Length} prices and {volume.Length} volumes");
        }
    }

    public static void State(string symbol, SymbolState before)
    {
        var sound = before.Bars > 0 && before.Ticks.Length == Math.Min(before.Bars, SymbolState.Window);
        foreach (var tick in before.Ticks)
        {
            sound &= tick is > 0 and <= Ticks.Max;
        }

        if (!sound)
        {
            throw new ArgumentException($"{symbol}: its state is not one after {before.Bars} bars");
        }
    }

    public static void Ascending(string symbol, long last, ReadOnlySpan<long> ts)
    {
        foreach (var next in ts)
        {
            if (next <= last)
            {
                throw new ArgumentException($"{symbol}: the bar of {Date(next)} comes after that of {Date(last)}");
            }

            last = next;
        }
    }

    public static ArgumentException Price(string symbol, ReadOnlySpan<long> ts, ReadOnlySpan<double> prices)
    {
        var at = 0;
        while (prices[at] <= Ticks.MaxPrice && Ticks.FromPrice(prices[at]) > 0)
        {
            at++;
        }

        return new($"{symbol}: the adjusted close of {Date(ts[at])} is {prices[at]}, not a price between a millionth and {Ticks.MaxPrice}");
    }

    public static ArgumentException Volume(string symbol, ReadOnlySpan<long> ts, ReadOnlySpan<long> volumes)
    {
        var at = volumes.IndexOfAnyInRange(long.MinValue, -1);
        return new($"{symbol}: the volume of {Date(ts[at])} is {volumes[at]}");
    }

    // Times come from outside and may lie outside what DateTime can say.
    public static string Date(long ts) =>
        Math.Abs((double)ts) < 6e16 ? DateTime.UnixEpoch.AddMicroseconds(ts).ToString("yyyy-MM-dd HH:mm:ss") : ts.ToString();
}
