namespace Bf.Core.Statistics;

/// <summary>
/// The forward returns of one horizon as the resampling needs them: the dates whose return is defined, in order, in whole billionths so that
/// sums of them do not depend on their order; and of each detector the positions of its fires among these dates.
/// </summary>
internal sealed class EventReturns
{
    /// <summary>A return of 1.</summary>
    public const double Unit = 1e9;

    // Sums of 100,000 dates fit 63 bits; an index that grows more than ten-thousandfold within a horizon is bad data.
    private const double Most = 1e4;

    public EventReturns(double[] forward, IReadOnlyList<int[]> fires)
    {
        var position = new int[forward.Length];
        var values = new List<long>(forward.Length);
        for (var t = 0; t < forward.Length; t++)
        {
            position[t] = -1;
            if (double.IsFinite(forward[t]))
            {
                position[t] = values.Count;
                values.Add((long)Math.Round(Math.Min(forward[t], Most) * Unit));
            }
        }

        Values = [.. values];
        Events = [.. fires.Select(f => Array.FindAll(Array.ConvertAll(f, t => position[t]), p => p >= 0))];
    }

    /// <summary>The defined forward returns in billionths, in order of date.</summary>
    public long[] Values { get; }

    /// <summary>The positions in <see cref="Values"/> of each detector's fires, ascending.</summary>
    public int[][] Events { get; }
}
