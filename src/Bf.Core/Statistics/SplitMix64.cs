namespace Bf.Core.Statistics;

/// <summary>
/// Numbers by chance from a key: SplitMix64 (Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014). Integers only, hence
/// the same on any machine; a stream for each piece of work, keyed by what the piece is, hence the same on any number of threads.
/// </summary>
public sealed class SplitMix64
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private const ulong FowlerNollVoBasis = 0xCBF29CE484222325;
    private const ulong FowlerNollVoPrime = 0x100000001B3;
    private ulong _state;

    /// <summary>The stream of a key.</summary>
    public SplitMix64(ulong key) => _state = key;

    /// <summary>The stream of a seed, a purpose, and two numbers that tell the piece of work.</summary>
    public static SplitMix64 Of(long seed, string purpose, int first, int second)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var name = FowlerNollVoBasis;
        foreach (var letter in purpose)
        {
            name = (name ^ letter) * FowlerNollVoPrime;
        }

        return new(Mix(Mix(Mix(Mix((ulong)seed + Step) + name) + (ulong)first) + (ulong)second));
    }

    /// <summary>64 bits by chance.</summary>
    public ulong Next()
    {
        _state += Step;
        return Mix(_state);
    }

    /// <summary>A number above 0 and below 1.</summary>
    public double Share() => ((Next() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>
    /// A whole number from 0 to below a limit, each as likely as any other.
    /// Source: Lemire, Fast Random Integer Generation in an Interval, ACM TOMACS 29(1), 2019.
    /// </summary>
    public int Below(int limit)
    {
        var product = (Next() >> 32) * (ulong)limit;
        if ((uint)product < (uint)limit)
        {
            var unfair = (uint)-limit % (uint)limit;
            while ((uint)product < unfair)
            {
                product = (Next() >> 32) * (ulong)limit;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A number that tells nothing of the one that it was made from.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
