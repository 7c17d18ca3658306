namespace Bf.Core.Statistics;

/// <summary>The forward returns over one horizon; returns are fractions, undefined is null.</summary>
/// <param name="Horizon">The horizon in dates.</param>
/// <param name="Returns">The forward return of each fire, in the order of the fires; null where the data end before, or the index is undefined.</param>
/// <param name="Events">The fires whose forward return is defined: those that mean, median, hit rate and worst are of.</param>
/// <param name="Apart">How many of them lie at least the horizon apart, taken from the first on: their windows do not overlap.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="MeanNext">The mean from the next close on, over the fires for which that is defined: a fire is known at the close, and the next one can be traded.</param>
/// <param name="Median">Their median; of an even number, the mean of the middle two.</param>
/// <param name="HitRate">The fraction of them above 0.</param>
/// <param name="Worst">The lowest of them.</param>
/// <param name="BaseDates">The dates, fires included, whose forward return is defined.</param>
/// <param name="BaseMean">The mean over all of these: what buying on just any date brought.</param>
/// <param name="BaseHitRate">The fraction of these above 0.</param>
public sealed record HorizonOutcome(
    int Horizon,
    IReadOnlyList<double?> Returns,
    int Events,
    int Apart,
    double? Mean,
    double? MeanNext,
    double? Median,
    double? HitRate,
    double? Worst,
    int BaseDates,
    double? BaseMean,
    double? BaseHitRate)
{
    /// <summary>The mean less that of all dates: what the fires added to being invested at all.</summary>
    public double? Lift => Mean - BaseMean;
}
