using Bf.Core.Statistics;

namespace Bf.Sources.Synthetic;

/// <summary>What a stream of chance is for. Each is independent of the others, so that any symbol can be made alone.</summary>
internal enum Chance
{
    Market,
    Thrust,
    Traits,
    Path,
    Intraday,
}

/// <summary>Numbers by chance from a seed: SplitMix64 (Steele, Lea, Flood 2014), integers only, hence the same on any machine.</summary>
internal sealed class RandomStream
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>The stream of a seed, a purpose, and up to two indices.</summary>
    public RandomStream(long seed, Chance purpose, int index = 0, int second = 0) =>
        _state = Mix(Mix(Mix((ulong)seed + Step) + (ulong)purpose) + (ulong)index) + Mix((ulong)second * Step);

    /// <summary>A number above 0 and below 1.</summary>
    public double Share()
    {
        _state += Step;
        return ((Mix(_state) >> 12) + 0.5) * (1.0 / (1L << 52));
    }

    /// <summary>A number from low to high.</summary>
    public double Between(double low, double high) => low + ((high - low) * Share());

    /// <summary>A whole number from 0 to below a limit.</summary>
    public int Below(int limit) => (int)(Share() * limit);

    /// <summary>Whether something of a probability happens.</summary>
    public bool Happens(double probability) => Share() < probability;

    /// <summary>A standard normal deviate.</summary>
    public double Normal() => NormalDistribution.Quantile(Share());

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
