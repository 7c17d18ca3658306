using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Bf.Core.Market;

namespace Bf.Core.Tests.Breadth.Further;

/// <summary>What each count says it counts, by its name, every window looked through anew: slow, and hard to get wrong.</summary>
internal static partial class FurtherDefinition
{
    public static long[] Count(string name, IEnumerable<FullBars> bars, Universe universe, long[] dates)
    {
        var sums = new long[dates.Length];
        foreach (var symbol in bars)
        {
            var of = OfBar(name, symbol);
            var stays = universe.StaysOf(symbol.Symbol).ToArray();
            for (var i = 0; i < symbol.Ts.Length; i++)
            {
                var ts = symbol.Ts[i];
                if (Array.Exists(stays, s => s.From <= ts && ts < s.To))
                {
                    sums[Array.BinarySearch(dates, ts)] += of(i);
                }
            }
        }

        return sums;
    }

    private static Func<int, long> OfBar(string name, FullBars bars)
    {
        var adj = Array.ConvertAll(bars.AdjClose, Tick);
        var match = NameAndLength().Match(name);
        var n = match.Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 0;
        return (match.Success ? match.Groups[1].Value + match.Groups[3].Value : name) switch
        {
            "elig" or "elig_sma" or "elig_ema" => i => i + 1 >= n ? 1 : 0,
            "above_sma" => i => AboveMean(adj, i, n) ? 1 : 0,
            "above20_200" => i => AboveMean(adj, i, 20) && AboveMean(adj, i, 200) ? 1 : 0,
            "above_ema" => i => AboveExponential(adj, i, n) ? 1 : 0,
            "nh" => i => Extreme(adj, i, n, 1) ? 1 : 0,
            "nl" => i => Extreme(adj, i, n, -1) ? 1 : 0,
            "nh_hl" => Adjusted(bars, adj, bars.High) is var highs ? i => Extreme(highs, i, n, 1) ? 1 : 0 : null!,
            "nl_hl" => Adjusted(bars, adj, bars.Low) is var lows ? i => Extreme(lows, i, n, -1) ? 1 : 0 : null!,
            "points_up" => i => i > 0 && adj[i] > adj[i - 1] ? Points(bars.Close[i], adj[i], adj[i - 1]) : 0,
            "points_down" => i => i > 0 && adj[i] < adj[i - 1] ? Points(bars.Close[i], adj[i], adj[i - 1]) : 0,
            _ => throw new InvalidOperationException($"no definition of {name} in the tests"),
        };
    }

    private static bool AboveMean(long[] ticks, int i, int n)
    {
        Int128 sum = 0;
        for (var j = i - n + 1; j <= i && i + 1 >= n; j++)
        {
            sum += ticks[j];
        }

        return i + 1 >= n && (Int128)n * ticks[i] > sum;
    }

    private static bool AboveExponential(long[] ticks, int i, int n)
    {
        double mean = ticks[0];
        for (var j = 1; j <= i; j++)
        {
            mean += 2.0 / (n + 1.0) * (ticks[j] - mean);
        }

        return i + 1 >= n && ticks[i] > mean;
    }

    private static bool Extreme(long[] prices, int i, int n, int sign)
    {
        for (var j = i - n + 1; j < i && i + 1 >= n; j++)
        {
            if (sign * prices[j] > sign * prices[i])
            {
                return false;
            }
        }

        return i + 1 >= n;
    }

    private static long[] Adjusted(FullBars bars, long[] adj, double[] prices) =>
    [
        .. prices.Select((p, i) =>
            IsPrice(bars.Close[i]) && IsPrice(bars.High[i]) && IsPrice(bars.Low[i]) && bars.High[i] >= bars.Low[i] ? Tick(p * bars.AdjClose[i] / bars.Close[i]) : adj[i]),
    ];

    private static long Points(double close, long adj, long before)
    {
        var price = close <= Ticks.MaxPrice && Tick(close) > 0 ? Tick(close) : adj;
        var (points, rest) = BigInteger.DivRem((BigInteger)price * Math.Abs(adj - before), adj);
        return (long)BigInteger.Min(Ticks.Max, rest * 2 >= adj ? points + 1 : points);
    }

    private static bool IsPrice(double price) => price is > 0 and <= Ticks.MaxPrice;

    private static long Tick(double price) => (long)Math.Round(price * 1e6, MidpointRounding.AwayFromZero);

    [GeneratedRegex("^(elig|elig_sma|elig_ema|above_sma|above_ema|nh|nl)([0-9]+)(_hl)?$")]
    private static partial Regex NameAndLength();
}
