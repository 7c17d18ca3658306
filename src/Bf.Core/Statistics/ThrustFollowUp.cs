namespace Bf.Core.Statistics;

/// <summary>
/// What the index did after a detector's fires, beside what it does after any date.
/// Windows of fires that lie closer than the horizon overlap, so the events are fewer than they look.
/// </summary>
public static class ThrustFollowUp
{
    /// <summary>The usual horizons in dates: a day, a week, two, a month, a quarter, half a year, a year.</summary>
    public static IReadOnlyList<int> UsualHorizons { get; } = [1, 5, 10, 20, 60, 120, 250];

    /// <summary>The outcome for each horizon, in the order given.</summary>
    /// <param name="fires">Dates of the fires, ascending, indices into the dates of the forward returns.</param>
    /// <param name="forward">The index's forward returns.</param>
    /// <param name="horizons">Horizons in dates, each at least 1; <see cref="UsualHorizons"/> when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A fire is outside the dates, or a horizon below 1.</exception>
    public static IReadOnlyList<HorizonOutcome> Of(IReadOnlyList<int> fires, ForwardReturns forward, IReadOnlyList<int>? horizons = null)
    {
        ArgumentNullException.ThrowIfNull(fires);
        ArgumentNullException.ThrowIfNull(forward);
        foreach (var fire in fires)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(fire, nameof(fires));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fire, forward.Dates, nameof(fires));
        }

        return [.. (horizons ?? UsualHorizons).Select(horizon => Over(horizon, fires, forward.Over(horizon), forward.Over(horizon, delay: 1)))];
    }

    /// <summary>The outcome over one horizon, from the forward returns of every date.</summary>
    internal static HorizonOutcome Over(int horizon, IReadOnlyList<int> fires, double[] forward, double[] next)
    {
        double[] returns = [.. fires.Select(t => forward[t])];
        double[] known = [.. returns.Where(double.IsFinite)];
        double[] tradable = [.. fires.Select(t => next[t]).Where(double.IsFinite)];
        double[] all = [.. forward.Where(double.IsFinite)];
        return new(
            horizon, Array.ConvertAll(returns, r => double.IsFinite(r) ? r : (double?)null), known.Length, Apart(horizon, fires, forward),
            Mean(known), Mean(tradable), Median(known), HitRate(known), known.Length == 0 ? null : known.Min(), all.Length, Mean(all), HitRate(all));
    }

    private static int Apart(int horizon, IReadOnlyList<int> fires, double[] forward)
    {
        int apart = 0, last = 0;
        foreach (var t in fires)
        {
            if (double.IsFinite(forward[t]) && (apart == 0 || t - last >= horizon))
            {
                (apart, last) = (apart + 1, t);
            }
        }

        return apart;
    }

    private static double? Mean(double[] values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return values.Length == 0 ? null : sum / values.Length;
    }

    private static double? HitRate(double[] values) => values.Length == 0 ? null : (double)values.Count(v => v > 0) / values.Length;

    private static double? Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        var n = sorted.Length;
        return n == 0 ? null : n % 2 == 1 ? sorted[n / 2] : (sorted[(n / 2) - 1] + sorted[n / 2]) / 2;
    }
}
