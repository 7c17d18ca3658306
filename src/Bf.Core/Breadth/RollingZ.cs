namespace Bf.Core.Breadth;

/// <summary>
/// How unusual a value is among those of the last year: its distance from their mean in standard deviations.
/// Mean and deviation are computed anew at each date from the window's values alone, oldest to newest, so that the value
/// at t is the same in a full history and in one cut at t, or begun later.
/// </summary>
internal static class RollingZ
{
    /// <summary>The dates of the window, the present one included.</summary>
    public const int Window = 252;

    /// <summary>The fewest defined values that make a window.</summary>
    public const int Fewest = 60;

    /// <summary>Standard deviations at which a score is cut off, on either side.</summary>
    public const double Cut = 3;

    /// <summary>The scores of a series, cut off at <see cref="Cut"/>; NaN where undefined, and on dates before <paramref name="from"/>.</summary>
    public static double[] Scores(double[] values, int from)
    {
        var scores = new double[values.Length];
        for (var i = 0; i < Math.Min(from, scores.Length); i++)
        {
            scores[i] = double.NaN;
        }

        var windows = new RollingWindows(values);
        for (var at = from; at < scores.Length;)
        {
            if (at >= Window - 1 && at + RollingWindows.Together <= scores.Length)
            {
                windows.Score(at, scores.AsSpan(at, RollingWindows.Together));
                at += RollingWindows.Together;
            }
            else
            {
                scores[at] = At(values, at).Z;
                at++;
            }
        }

        for (var i = from; i < scores.Length; i++)
        {
            scores[i] = Math.Clamp(scores[i], -Cut, Cut);
        }

        return scores;
    }

    /// <summary>Mean, population standard deviation and z-score at <paramref name="at"/>; all NaN when the value or the window is not enough.</summary>
    public static ZScore At(double[] values, int at)
    {
        if (double.IsNaN(values[at]))
        {
            return ZScore.Undefined;
        }

        var window = values.AsSpan(Math.Max(0, at - Window + 1)..(at + 1));
        var (count, sum) = (0, 0.0);
        foreach (var x in window)
        {
            if (!double.IsNaN(x))
            {
                count++;
                sum += x;
            }
        }

        if (count < Fewest)
        {
            return ZScore.Undefined;
        }

        var mean = sum / count;
        var squares = 0.0;
        var constant = true;
        foreach (var x in window)
        {
            if (!double.IsNaN(x))
            {
                squares += (x - mean) * (x - mean);
                constant &= x == values[at];
            }
        }

        // The mean of equal values may be off by a rounding, which would make a deviation of their noise.
        var deviation = constant ? 0.0 : Math.Sqrt(squares / count);
        return new(mean, deviation, count, deviation == 0 ? double.NaN : (values[at] - mean) / deviation);
    }
}

/// <summary>A value's place in its window.</summary>
/// <param name="Mean">The window's mean.</param>
/// <param name="Deviation">The window's population standard deviation.</param>
/// <param name="Count">The defined values in the window.</param>
/// <param name="Z">The distance from the mean in deviations; NaN when the deviation is 0.</param>
internal readonly record struct ZScore(double Mean, double Deviation, int Count, double Z)
{
    public static readonly ZScore Undefined = new(double.NaN, double.NaN, 0, double.NaN);
}
