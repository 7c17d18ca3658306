namespace Bf.Core.Market;

/// <summary>A stay in a universe: from <paramref name="From"/> (inclusive) to <paramref name="To"/> (exclusive), microseconds since 1970-01-01 UTC.</summary>
public readonly record struct Membership(long From, long To)
{
    /// <summary>A stay without beginning or end.</summary>
    public static readonly Membership Always = new(long.MinValue, long.MaxValue);
}
