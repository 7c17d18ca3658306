using Bf.Core.Market;

namespace Bf.Bench;

/// <summary>A market of random walks in cents, the same in every run.</summary>
internal static class MadeMarket
{
    /// <summary>Makes it.</summary>
    /// <param name="symbols">How many symbols; their names are five bytes long.</param>
    /// <param name="times">How many times, all of which each symbol has.</param>
    /// <param name="first">The first time.</param>
    /// <param name="step">From one time to the next, in microseconds.</param>
    public static Market Of(int symbols, int times, long first = 0, long step = Timestamp.Day)
    {
        var random = new Random(20261122);
        long[] ts = [.. Enumerable.Range(0, times).Select(t => first + (t * step))];
        return new([.. Enumerable.Range(0, symbols).Select(s => new SymbolColumns($"S{s:0000}", ts, Walk(), Volumes()))]);

        double[] Walk()
        {
            var price = 20 + (80 * random.NextDouble());
            return [.. ts.Select(_ => Math.Round(price *= 1 + (0.04 * (random.NextDouble() - 0.499)), 2)).Select(p => Math.Clamp(p, 0.01, 1e6))];
        }

        long[] Volumes() => [.. ts.Select(_ => random.NextInt64(10_000_000))];
    }
}
