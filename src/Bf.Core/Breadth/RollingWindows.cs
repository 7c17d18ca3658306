namespace Bf.Core.Breadth;

/// <summary>
/// The windows of four dates in a row, summed side by side: each sum adds its own values oldest to newest, as <see cref="RollingZ.At"/>
/// does, and gives the same bits; but the four wait for one another's additions instead of each for its own.
/// </summary>
internal readonly struct RollingWindows
{
    /// <summary>The dates that are done at once.</summary>
    public const int Together = 4;

    private const int Window = RollingZ.Window;
    private readonly double[] _values;
    private readonly double[] _defined;
    private readonly int[] _counts;
    private readonly int[] _changes;

    public RollingWindows(double[] values)
    {
        // an undefined value adds 0 to a sum, which changes no bit of it
        (_values, _defined) = (new double[values.Length], new double[values.Length]);
        (_counts, _changes) = (new int[values.Length + 1], new int[values.Length]);
        int last = -1, change = -1;
        for (var i = 0; i < values.Length; i++)
        {
            var known = !double.IsNaN(values[i]);
            if (known)
            {
                change = last >= 0 && values[i] != values[last] ? last : change;
                last = i;
                (_values[i], _defined[i]) = (values[i], 1.0);
            }

            _counts[i + 1] = _counts[i] + (known ? 1 : 0);
            _changes[i] = change;
        }
    }

    /// <summary>The z-scores of the dates <paramref name="at"/> to <paramref name="at"/> + 3, whose windows are whole; NaN where undefined.</summary>
    public void Score(int at, Span<double> scores)
    {
        var x = _values.AsSpan(at - Window + 1, Window + Together - 1);
        double sumA = 0, sumB = 0, sumC = 0, sumD = 0;
        for (var i = 0; i < x.Length - 3; i++)
        {
            sumA += x[i];
            sumB += x[i + 1];
            sumC += x[i + 2];
            sumD += x[i + 3];
        }

        var (meanA, meanB, meanC, meanD) = (sumA / Count(at), sumB / Count(at + 1), sumC / Count(at + 2), sumD / Count(at + 3));
        var has = _defined.AsSpan(at - Window + 1, x.Length);
        double squaresA = 0, squaresB = 0, squaresC = 0, squaresD = 0;
        for (var i = 0; i < x.Length - 3; i++)
        {
            squaresA += (x[i] - meanA) * (x[i] - meanA) * has[i];
            squaresB += (x[i + 1] - meanB) * (x[i + 1] - meanB) * has[i + 1];
            squaresC += (x[i + 2] - meanC) * (x[i + 2] - meanC) * has[i + 2];
            squaresD += (x[i + 3] - meanD) * (x[i + 3] - meanD) * has[i + 3];
        }

        scores[0] = Score(at, meanA, squaresA);
        scores[1] = Score(at + 1, meanB, squaresB);
        scores[2] = Score(at + 2, meanC, squaresC);
        scores[3] = Score(at + 3, meanD, squaresD);
    }

    private int Count(int at) => _counts[at + 1] - _counts[at + 1 - Window];

    private double Score(int at, double mean, double squares)
    {
        var constant = _changes[at] < at - Window + 1; // no value of the window is another than the one before it
        if (_defined[at] == 0 || Count(at) < RollingZ.Fewest || constant)
        {
            return double.NaN;
        }

        var deviation = Math.Sqrt(squares / Count(at));
        return deviation == 0 ? double.NaN : (_values[at] - mean) / deviation;
    }
}
