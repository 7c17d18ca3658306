namespace Bf.Core.Breadth;

/// <summary>
/// The arithmetic of market series: doubles in one fixed order of operations, NaN for undefined. Nothing is fused and
/// no sum is carried along, so that a value depends on its inputs alone.
/// </summary>
internal static class SeriesMath
{
    /// <summary>numerator / denominator, undefined when the denominator is 0.</summary>
    public static double[] Ratio(int count, Func<int, long> numerator, Func<int, long> denominator) =>
        Each(count, i => denominator(i) == 0 ? double.NaN : (double)numerator(i) / denominator(i));

    /// <summary>(scale x numerator) / denominator, undefined when the denominator is 0.</summary>
    public static double[] Ratio(int count, double scale, Func<int, long> numerator, Func<int, long> denominator) =>
        Each(count, i => denominator(i) == 0 ? double.NaN : scale * numerator(i) / denominator(i));

    /// <summary>
    /// The exponential mean, alpha = 2 / (n + 1). It starts at the first defined value; an undefined one leaves it as it was.
    /// </summary>
    public static double[] Ema(double[] values, int n)
    {
        var alpha = 2.0 / (n + 1.0);
        var mean = double.NaN;
        return Array.ConvertAll(values, x =>
            mean = double.IsNaN(x) ? mean : double.IsNaN(mean) ? x : (alpha * x) + ((1.0 - alpha) * mean));
    }

    /// <summary>The mean of the last <paramref name="n"/> values, added oldest to newest; undefined unless all are defined.</summary>
    public static double[] Sma(double[] values, int n) => Each(values.Length, i => i < n - 1 ? double.NaN : Mean(values, i - n + 1, n));

    /// <summary>a - b.</summary>
    public static double[] Difference(double[] a, double[] b) => Each(a.Length, i => a[i] - b[i]);

    /// <summary>The running sum of <paramref name="values"/> from 0 on, over the dates on which <paramref name="input"/> is defined.</summary>
    public static double[] RunningSum(double[] values, double[] input)
    {
        var sum = double.NaN;
        return Each(values.Length, i => sum = double.IsNaN(input[i]) ? sum : (double.IsNaN(sum) ? 0.0 : sum) + values[i]);
    }

    /// <summary>The running sum of integers from 0 on.</summary>
    /// <exception cref="OverflowException">A sum does not fit 64 bits.</exception>
    public static long[] RunningSum(int count, Func<int, long> value)
    {
        var sum = 0L;
        return Each(count, i => sum = checked(sum + value(i)));
    }

    /// <summary>Where both are known; null where both are everywhere.</summary>
    public static bool[]? Both(bool[]? a, bool[]? b) => a is null ? b : b is null ? a : Each(a.Length, i => a[i] && b[i]);

    /// <summary>Everywhere from the first date on that is known: a running sum passes over what is not.</summary>
    public static bool[]? FromFirst(bool[]? known)
    {
        var begun = false;
        return known is null ? null : Each(known.Length, i => begun |= known[i]);
    }

    /// <summary>One value a date, in date order.</summary>
    public static T[] Each<T>(int count, Func<int, T> value)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = value(i);
        }

        return values;
    }

    private static double Mean(double[] values, int from, int n)
    {
        var sum = 0.0;
        for (var i = from; i < from + n; i++)
        {
            sum += values[i];
        }

        return sum / n;
    }
}
