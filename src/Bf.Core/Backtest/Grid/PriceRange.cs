namespace Bf.Core.Backtest.Grid;

/// <summary>What a range of bars does to a holder.</summary>
/// <param name="Max">The highest close.</param>
/// <param name="Min">The lowest close.</param>
/// <param name="Depth">The deepest fall within the range, a fraction at most 0.</param>
/// <param name="Sum">The sum of the returns onto each of its bars, from the bar before.</param>
/// <param name="Squares">The sum of their squares.</param>
internal readonly record struct PriceRange(double Max, double Min, double Depth, double Sum, double Squares)
{
    /// <summary>Two ranges, one right after the other.</summary>
    public static PriceRange Join(in PriceRange left, in PriceRange right)
    {
        var depth = Math.Min(left.Depth, right.Depth);
        // a division only where it may matter
        depth = right.Min < left.Max * (1 + depth) ? Math.Min(depth, (right.Min / left.Max) - 1) : depth;
        return new(Math.Max(left.Max, right.Max), Math.Min(left.Min, right.Min), depth, left.Sum + right.Sum, left.Squares + right.Squares);
    }
}
