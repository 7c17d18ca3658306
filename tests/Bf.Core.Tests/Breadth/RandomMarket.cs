using Bf.Core.Breadth;
using Bf.Core.Market;
using FsCheck;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Breadth;

/// <summary>One symbol's bars.</summary>
internal sealed record SymbolBars(string Symbol, long[] Ts, double[] Prices, long[] Volumes)
{
    public SymbolBars Slice(int from, int to) => new(Symbol, Ts[from..to], Prices[from..to], Volumes[from..to]);

    public SymbolBars Before(long ts) => Slice(0, Ts.Count(t => t < ts));
}

/// <summary>A market made from a seed: what real ones have, and what breaks kernels, in every mixture.</summary>
internal sealed record RandomMarket(int Seed, int Symbols, int Dates)
{
    private const long Day = 86_400_000_000;

    public static Arbitrary<RandomMarket> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue)
        from symbols in Gen.Choose(1, 7)
        from dates in Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(190, 330), Gen.Choose(400, 600))
        select new RandomMarket(seed, symbols, dates),
        Smaller);

    public SymbolBars[] Bars
    {
        get
        {
            var random = new Random(Seed);
            return [.. Enumerable.Range(0, Symbols).Select(s => Symbol($"S{s}", random)).Where(s => s.Ts.Length > 0)];
        }
    }

    /// <summary>All symbols, some of them, and some of them some of the time.</summary>
    public Universe[] Universes
    {
        get
        {
            var random = new Random(Seed + 1);
            var stays = new List<(string, Membership)>();
            for (var s = 0; s < Symbols; s++)
            {
                var at = random.Next(Dates);
                for (var stay = random.Next(3); stay > 0 && at < Dates; stay--)
                {
                    var to = at + 1 + random.Next(Dates);
                    // Some boundaries lie between dates.
                    stays.Add(($"S{s}", new((at * Day) - random.Next(2), random.Next(5) == 0 ? long.MaxValue : (to * Day) - random.Next(2))));
                    at = stays[^1].Item2.To == long.MaxValue ? Dates : to + random.Next(20);
                }
            }

            return
            [
                Universe.All,
                Universe.Of("some", Enumerable.Range(0, Symbols).Where(_ => random.Next(2) == 0).Select(s => $"S{s}")),
                Universe.Of("sometimes", stays),
            ];
        }
    }

    private static IEnumerable<RandomMarket> Smaller(RandomMarket market)
    {
        if (market.Symbols > 1)
        {
            yield return market with { Symbols = market.Symbols - 1 };
        }

        if (market.Dates > 1)
        {
            yield return market with { Dates = market.Dates / 2 };
            yield return market with { Dates = market.Dates - 1 };
        }
    }

    private SymbolBars Symbol(string name, Random random)
    {
        var first = random.Next(3) == 0 ? random.Next(Dates) : 0;
        var end = random.Next(3) == 0 ? first + random.Next(Dates - first + 1) : Dates;
        var gaps = new[] { 0.0, 0.0, 0.02, 0.5 }[random.Next(4)];
        var dates = Enumerable.Range(first, end - first).Where(_ => random.NextDouble() >= gaps).ToArray();
        var price = Prices(random);
        return new(
            name,
            [.. dates.Select(d => d * Day)],
            [.. dates.Select(_ => price())],
            [.. dates.Select(_ => random.Next(10) == 0 ? 0 : random.NextInt64(2_000_000_000))]);
    }

    private static Func<double> Prices(Random random)
    {
        var kind = random.Next(9);
        var level = kind switch { 5 => 30_000.0, 6 => 1.5e9, 7 => 2e10, 8 => 0.00002, _ => 80.0 };
        var cents = kind is 4 or 5 ? 2 : 4;
        return () =>
        {
            var step = (random.NextDouble() - 0.5) * 0.06;
            level *= kind == 3 && random.Next(40) == 0 ? (random.Next(2) == 0 ? 4.5 : 0.2) : 1 + step;
            level = Math.Clamp(level, 0.000002, 3e10);
            return kind switch
            {
                0 => 10 + (0.01 * random.Next(3)),
                1 => 55.5,
                2 => level,
                8 => Math.Max(1e-6, Math.Round(level, 6)),
                6 or 7 => level,
                _ => Math.Max(0.0001, Math.Round(level, cents)),
            };
        };
    }
}
