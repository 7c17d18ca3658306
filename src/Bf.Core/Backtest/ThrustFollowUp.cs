namespace Bf.Core.Backtest;

/// <summary>
/// What the index did after a detector's fires, beside what it does after any date. The forward return of date t over h dates is
/// index[t + h] / index[t] - 1. Windows of fires that lie closer than h dates overlap, so the events are fewer than they look.
/// </summary>
public static class ThrustFollowUp
{
    /// <summary>The usual horizons in dates: a week, a month, a quarter, half a year, a year.</summary>
    public static IReadOnlyList<int> UsualHorizons { get; } = [5, 20, 60, 120, 250];

    /// <summary>The outcome for each horizon, in the order given.</summary>
    /// <param name="fires">Dates of the fires, indices into the index.</param>
    /// <param name="index">The universe's index, a value a date; NaN where undefined.</param>
    /// <param name="horizons">Horizons in dates, each at least 1; <see cref="UsualHorizons"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fire is outside the index, or a horizon below 1.</exception>
    public static IReadOnlyList<HorizonOutcome> Of(IReadOnlyList<int> fires, ReadOnlySpan<double> index, IReadOnlyList<int>? horizons = null)
    {
        ArgumentNullException.ThrowIfNull(fires);
        foreach (var fire in fires)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(fire, nameof(fires));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fire, index.Length, nameof(fires));
        }

        var outcomes = new List<HorizonOutcome>();
        foreach (var horizon in horizons ?? UsualHorizons)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1, nameof(horizons));
            var all = new double?[index.Length];
            for (var t = 0; t < all.Length; t++)
            {
                all[t] = Forward(index, t, horizon);
            }

            double?[] returns = [.. fires.Select(t => all[t])];
            double[] known = [.. returns.OfType<double>()];
            double[] other = [.. all.OfType<double>()];
            outcomes.Add(new(horizon, returns, known.Length, Mean(known), Median(known), HitRate(known), other.Length, Mean(other), HitRate(other)));
        }

        return outcomes;
    }

    private static double? Forward(ReadOnlySpan<double> index, int t, int horizon) =>
        index.Length - t > horizon && index[t] > 0 && (index[t + horizon] / index[t]) - 1 is var forward && double.IsFinite(forward) ? forward : null;

    private static double? Mean(double[] values) => values.Length == 0 ? null : values.Sum() / values.Length;

    private static double? HitRate(double[] values) => values.Length == 0 ? null : (double)values.Count(v => v > 0) / values.Length;

    private static double? Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        var n = sorted.Length;
        return n == 0 ? null : n % 2 == 1 ? sorted[n / 2] : (sorted[(n / 2) - 1] + sorted[n / 2]) / 2;
    }
}

/// <summary>The forward returns over one horizon; returns are fractions, undefined is null.</summary>
/// <param name="Horizon">The horizon in dates.</param>
/// <param name="Returns">The forward return of each fire, in the order of the fires; null where the data end before, or the index is undefined.</param>
/// <param name="Events">The fires whose forward return is defined: those that the next three figures are of.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Median">Their median; of an even number, the mean of the middle two.</param>
/// <param name="HitRate">The fraction of them above 0.</param>
/// <param name="BaseDates">The dates, fires included, whose forward return is defined.</param>
/// <param name="BaseMean">The mean over all of these: what buying on just any date brought.</param>
/// <param name="BaseHitRate">The fraction of these above 0.</param>
public sealed record HorizonOutcome(
    int Horizon,
    IReadOnlyList<double?> Returns,
    int Events,
    double? Mean,
    double? Median,
    double? HitRate,
    int BaseDates,
    double? BaseMean,
    double? BaseHitRate);
