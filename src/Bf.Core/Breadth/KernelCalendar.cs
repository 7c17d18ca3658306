namespace Bf.Core.Breadth;

/// <summary>The distinct dates that a kernel has seen, ascending; it grows as symbols bring new ones.</summary>
internal sealed class KernelCalendar
{
    private long[] _dates = [];

    public int Count => _dates.Length;

    public long this[int date] => _dates[date];

    /// <summary>
    /// Splits a symbol's bars into runs of consecutive dates. Positions only move forward, so success also proves that
    /// the bars are strictly ascending.
    /// </summary>
    /// <returns>False when a bar has a date that the calendar lacks, or that does not ascend.</returns>
    public bool TryMap(ReadOnlySpan<long> ts, DateRuns runs)
    {
        runs.Clear();
        ReadOnlySpan<long> dates = _dates;
        int bar = 0, date = 0;
        while (bar < ts.Length)
        {
            date = Find(dates, date, ts[bar]);
            if (date < 0)
            {
                return false;
            }

            var rest = ts[bar..];
            // Most symbols are one run, and comparing all of it is twice as fast as looking for the first difference.
            var length = rest.Length <= dates.Length - date && rest.SequenceEqual(dates.Slice(date, rest.Length))
                ? rest.Length
                : rest.CommonPrefixLength(dates[date..]);
            runs.Add(new(bar, date, length));
            bar += length;
            date += length;
        }

        return true;
    }

    /// <summary>Adds the dates that are new.</summary>
    /// <param name="ts">Dates, strictly ascending.</param>
    /// <returns>The new index of each old date.</returns>
    public int[] Extend(ReadOnlySpan<long> ts)
    {
        var merged = new List<long>(_dates.Length + ts.Length);
        var moved = new int[_dates.Length];
        var next = 0;
        for (var old = 0; old < _dates.Length; old++)
        {
            for (; next < ts.Length && ts[next] < _dates[old]; next++)
            {
                merged.Add(ts[next]);
            }

            next += next < ts.Length && ts[next] == _dates[old] ? 1 : 0;
            moved[old] = merged.Count;
            merged.Add(_dates[old]);
        }

        merged.AddRange(ts[next..]);
        _dates = [.. merged];
        return moved;
    }

    /// <summary>The index of the first date not before <paramref name="ts"/>.</summary>
    public int FirstFrom(long ts)
    {
        var found = Array.BinarySearch(_dates, ts);
        return found >= 0 ? found : ~found;
    }

    /// <summary>The index of a date at or after <paramref name="from"/>, or a negative number.</summary>
    private static int Find(ReadOnlySpan<long> dates, int from, long ts)
    {
        // A gap is mostly a few dates long.
        var near = Math.Min(from + 8, dates.Length);
        for (; from < near; from++)
        {
            if (dates[from] >= ts)
            {
                return dates[from] == ts ? from : -1;
            }
        }

        var found = dates[from..].BinarySearch(ts);
        return found < 0 ? found : from + found;
    }
}
