using System.Text;
using Bf.Core.Live;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Live;

/// <summary>One message of a feed.</summary>
internal sealed record FeedBar(string Symbol, long Ts, double Price, long Volume)
{
    public BarOutcome AddTo(PartitionCounter counter) => counter.Add(Encoding.UTF8.GetBytes(Symbol), Ts, Price, Volume);
}

/// <summary>A market as it comes through a topic: by time within each partition, more or less; some bars twice, some wrong at first.</summary>
internal static class RandomFeed
{
    /// <summary>The bars of some symbols in the order of a partition: none comes so late that it would not be counted.</summary>
    /// <param name="bars">The final bars.</param>
    /// <param name="dates">All times of the market, ascending.</param>
    /// <param name="random">Chance.</param>
    /// <param name="jitter">By how many times a bar may be behind, below 3: with two later ones counted its time is the horizon.</param>
    public static FeedBar[] Of(IEnumerable<SymbolBars> bars, long[] dates, Random random, double jitter)
    {
        var feed = new List<(double At, FeedBar Bar)>();
        foreach (var symbol in bars)
        {
            for (var i = 0; i < symbol.Ts.Length; i++)
            {
                var bar = new FeedBar(Spelled(symbol.Symbol, random), symbol.Ts[i], symbol.Prices[i], symbol.Volumes[i]);
                var date = Array.BinarySearch(dates, bar.Ts);
                var at = date + (jitter * random.NextDouble());
                feed.Add((at, bar));
                if (jitter > 0 && random.Next(12) == 0)
                {
                    var before = date + ((at - date) * random.NextDouble());
                    feed.Add((before, bar with { Price = bar.Price * (0.5 + random.NextDouble()), Volume = random.Next(1000) }));
                }

                if (jitter > 0 && random.Next(12) == 0)
                {
                    feed.Add((at + ((date + jitter - at) * random.NextDouble()), bar));
                }
            }
        }

        return [.. feed.OrderBy(f => f.At).Select(f => f.Bar with { Price = Math.Clamp(f.Bar.Price, 1e-6, 3.6e10) })];
    }

    public static long[] Dates(IEnumerable<SymbolBars> bars) => [.. bars.SelectMany(b => b.Ts).Distinct().Order()];

    private static string Spelled(string symbol, Random random) => random.Next(20) switch
    {
        0 => symbol.ToLowerInvariant(),
        1 => $" {symbol}\t",
        _ => symbol,
    };
}
