namespace Bf.Core.Statistics;

/// <summary>
/// What an index did after each date: over h dates from date t on, index[t + h] / index[t] - 1. The one definition of a forward return.
/// NaN where the data end before t + h, or the index is undefined or not above 0 at either end.
/// </summary>
public sealed class ForwardReturns
{
    private readonly double[] _index;
    private readonly int[]? _at;

    /// <summary>The forward returns of an index on its own dates.</summary>
    /// <param name="index">A value a date, NaN where undefined.</param>
    public ForwardReturns(double[] index)
    {
        ArgumentNullException.ThrowIfNull(index);
        _index = index;
    }

    private ForwardReturns(double[] index, int[] at) => (_index, _at) = (index, at);

    /// <summary>
    /// The forward returns of an index on the dates of another calendar: h counts dates of the index. A date that the index does not have
    /// has no forward return.
    /// </summary>
    /// <param name="dates">The dates asked for, ascending.</param>
    /// <param name="indexDates">The dates of the index, ascending.</param>
    /// <param name="index">The index, a value for each of its dates.</param>
    public static ForwardReturns On(long[] dates, long[] indexDates, double[] index) =>
        new(index, Array.ConvertAll(dates, date => Math.Max(-1, Array.BinarySearch(indexDates, date))));

    /// <summary>The dates that forward returns are asked for.</summary>
    public int Dates => _at?.Length ?? _index.Length;

    /// <summary>Whether the index has a date.</summary>
    public bool Has(int date) => _at is null || _at[date] >= 0;

    /// <summary>The forward return of every date.</summary>
    /// <param name="horizon">h, at least 1.</param>
    /// <param name="delay">Dates that pass before the index is bought: 1 for the next close, which can be traded on what a close showed.</param>
    public double[] Over(int horizon, int delay = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(delay);
        var returns = new double[Dates];
        for (var t = 0; t < returns.Length; t++)
        {
            returns[t] = Has(t) ? Return((_at?[t] ?? t) + (long)delay, horizon) : double.NaN;
        }

        return returns;
    }

    private double Return(long from, long horizon)
    {
        if (from + horizon >= _index.Length || !(_index[from] > 0))
        {
            return double.NaN;
        }

        var forward = (_index[from + horizon] / _index[from]) - 1;
        return forward > -1 && double.IsFinite(forward) ? forward : double.NaN;
    }
}
