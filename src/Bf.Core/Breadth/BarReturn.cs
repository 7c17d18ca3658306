namespace Bf.Core.Breadth;

/// <summary>A bar's return in units of 1e-9, an integer, so that sums of returns do not depend on their order.</summary>
internal static class BarReturn
{
    public const double Unit = 1e9;

    /// <summary>Above +300 % or below -75 % a return is left out: more often a split that the source missed than a price.</summary>
    public const long Highest = 3_000_000_000;

    /// <inheritdoc cref="Highest"/>
    public const long Lowest = -750_000_000;

    /// <summary>The return from <paramref name="previous"/> to <paramref name="tick"/>, rounded half away from zero.</summary>
    public static double Of(long previous, long tick) =>
        Math.Round((double)(tick - previous) / previous * Unit, MidpointRounding.AwayFromZero);
}
