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

/// <summary>Numbers by chance from a seed, the same on any machine.</summary>
internal sealed class RandomStream
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private readonly SplitMix64 _random;

    /// <summary>The stream of a seed, a purpose, and up to two indices.</summary>
    public RandomStream(long seed, Chance purpose, int index = 0, int second = 0) =>
        _random = new(SplitMix64.Mix(SplitMix64.Mix(SplitMix64.Mix((ulong)seed + Step) + (ulong)purpose) + (ulong)index) + SplitMix64.Mix((ulong)second * Step));

    /// <summary>A number above 0 and below 1.</summary>
    public double Share() => _random.Share();

    /// <summary>A number from low to high.</summary>
    public double Between(double low, double high) => low + ((high - low) * Share());

    /// <summary>A whole number from 0 to below a limit.</summary>
    public int Below(int limit) => (int)(Share() * limit);

    /// <summary>Whether something of a probability happens.</summary>
    public bool Happens(double probability) => Share() < probability;

    /// <summary>A standard normal deviate.</summary>
    public double Normal() => NormalDistribution.Quantile(Share());
}
