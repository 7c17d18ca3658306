using Bf.Core.Breadth.Further;
using Bf.Core.Market;

namespace Bf.Core.Tests.Breadth.Further;

/// <summary>One symbol's bars with all prices.</summary>
internal sealed record FullBars(string Symbol, long[] Ts, double[] AdjClose, double[] Close, double[] High, double[] Low)
{
    private const long Day = 86_400_000_000;

    /// <summary>The bars of a random market, with splits and dividends in the past, and some bars that no rule would let in.</summary>
    public static FullBars[] Of(RandomMarket market)
    {
        var random = new Random(market.Seed + 7);
        return [.. market.Bars.Select(bars => Of(bars, random))];
    }

    /// <summary>Bars on dates 0, 1, 2, ... whose closes need no adjustment, and whose highs and lows are the closes unless given.</summary>
    public static FullBars Of(string symbol, double[] close, double[]? adjClose = null, double[]? high = null, double[]? low = null) =>
        new(symbol, [.. close.Select((_, i) => i * Day)], adjClose ?? close, close, high ?? close, low ?? close);

    public FullBars Before(long ts)
    {
        var n = Ts.Count(t => t < ts);
        return new(Symbol, Ts[..n], AdjClose[..n], Close[..n], High[..n], Low[..n]);
    }

    public static FurtherKernel Kernel(IEnumerable<FullBars> bars, Universe[] universes, FurtherSet set)
    {
        var kernel = new FurtherKernel(universes, set);
        foreach (var b in bars)
        {
            kernel.Add(b.Symbol, b.Ts, b.AdjClose, b.Close, b.High, b.Low);
        }

        return kernel;
    }

    public static long[] Dates(IEnumerable<FullBars> bars) => [.. bars.SelectMany(b => b.Ts).Distinct().Order()];

    private static FullBars Of(SymbolBars bars, Random random)
    {
        var n = bars.Ts.Length;
        var (close, high, low) = (new double[n], new double[n], new double[n]);
        var (factor, odd) = (1.0, random.Next(3) == 0);
        for (var i = n - 1; i >= 0; i--)
        {
            close[i] = Math.Clamp(Math.Round(bars.Prices[i] * factor, 4), 0.0001, Ticks.MaxPrice);
            high[i] = close[i] * (1 + (0.01 * random.Next(4)));
            low[i] = close[i] * (1 - (0.01 * random.Next(4)));
            factor *= random.Next(60) switch { 0 => 2, 1 => 1.01, 2 => 0.1, _ => 1 };
            if (odd && random.Next(8) == 0)
            {
                var prices = new[] { close, high, low }[random.Next(3)];
                prices[i] = new[] { 0, -1, double.NaN, double.PositiveInfinity, 5e10, 0.0000001, 77 }[random.Next(7)];
            }
        }

        return new(bars.Symbol, bars.Ts, bars.Prices, close, high, low);
    }
}
