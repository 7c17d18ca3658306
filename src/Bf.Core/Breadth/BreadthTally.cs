namespace Bf.Core.Breadth;

/// <summary>
/// Integer counts, volumes and return sums of one universe by date. Tallies add: the tally of the union of two disjoint sets of
/// symbols is the sum of their tallies, so threads, executors, increments and streams give one result, bit for bit.
/// Shape: one column of <see cref="long"/> for each <see cref="TallyColumn"/>, one entry a date, dates ascending.
/// Dates on which no member has a bar are left out.
/// </summary>
public sealed class BreadthTally
{
    /// <summary>The number of columns.</summary>
    public static readonly int ColumnCount = Enum.GetValues<TallyColumn>().Length;

    private readonly long[][] _columns;
    private readonly bool[]?[]? _known;
    private readonly FurtherCount[] _further;

    /// <summary>A tally of the given dates and columns, which it takes over.</summary>
    /// <param name="ts">The dates, microseconds since 1970-01-01 UTC, strictly ascending.</param>
    /// <param name="columns">The columns, 0 where a count is not known.</param>
    /// <param name="known">For each column on which dates it is known, or null where it is on all; null when all columns are.</param>
    /// <param name="further">Counts beyond the usual ones that were asked for, by name; each as long as the dates.</param>
    public BreadthTally(long[] ts, long[][] columns, bool[]?[]? known = null, FurtherCount[]? further = null)
    {
        ArgumentNullException.ThrowIfNull(ts);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Length != ColumnCount || columns.Any(c => c.Length != ts.Length) || (known is not null && (known.Length != ColumnCount || known.Any(k => k is not null && k.Length != ts.Length))))
        {
            throw new ArgumentException("a tally needs every column, and each as long as its dates");
        }

        if (further is not null && Array.Exists(further, f => f.Values.Length != ts.Length))
        {
            throw new ArgumentException("a count beyond the usual ones is not as long as the dates");
        }

        Ts = ts;
        _columns = columns;
        _known = known;
        _further = further ?? [];
    }

    /// <summary>The empty tally, the neutral element of <see cref="Add"/>.</summary>
    public static BreadthTally Empty { get; } = new([], [.. Enumerable.Range(0, ColumnCount).Select(_ => Array.Empty<long>())]);

    /// <summary>The dates, microseconds since 1970-01-01 UTC, strictly ascending.</summary>
    public long[] Ts { get; }

    /// <summary>The number of dates.</summary>
    public int Count => Ts.Length;

    /// <summary>One column, an entry a date.</summary>
    public long[] this[TallyColumn column] => _columns[(int)column];

    /// <summary>On which dates a column is known; null where it is on all, as everything that was counted from bars is.</summary>
    public bool[]? Known(TallyColumn column) => _known?[(int)column];

    /// <summary>The names of the counts beyond the usual ones that were asked for.</summary>
    public IEnumerable<string> FurtherNames => _further.Select(f => f.Name);

    /// <summary>A count beyond the usual ones, an entry a date; null where it was not asked for.</summary>
    public long[]? Further(string name) => Array.Find(_further, f => f.Name == name)?.Values;

    /// <summary>The same tally with counts beyond the usual ones.</summary>
    public BreadthTally With(FurtherCount[] further) => new(Ts, _columns, _known, further);

    /// <summary>The sum of two tallies: the union of their dates, entries of a common date added.</summary>
    /// <exception cref="OverflowException">A sum does not fit 64 bits.</exception>
    /// <exception cref="ArgumentException">Both have dates, and one of them has counts that are not known: the sum would not be either; or one has counts beyond the usual ones that the other has not.</exception>
    public static BreadthTally Add(BreadthTally a, BreadthTally b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Count == 0)
        {
            return b;
        }

        if (b.Count == 0)
        {
            return a;
        }

        if (a._known is not null || b._known is not null)
        {
            throw new ArgumentException("counts that are not all known do not add");
        }

        if (!a.FurtherNames.SequenceEqual(b.FurtherNames))
        {
            throw new ArgumentException("tallies add only where both have the same counts beyond the usual ones");
        }

        var ts = a.Ts.AsSpan().SequenceEqual(b.Ts) ? a.Ts : Union(a.Ts, b.Ts);
        var columns = new long[ColumnCount + a._further.Length][];
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = new long[ts.Length];
        }

        a.AddTo(ts, columns);
        b.AddTo(ts, columns);
        return new(ts, columns[..ColumnCount], further: [.. a._further.Select((f, i) => new FurtherCount(f.Name, columns[ColumnCount + i]))]);
    }

    /// <summary>The dates of either, ascending.</summary>
    private static long[] Union(long[] a, long[] b)
    {
        var all = new long[a.Length + b.Length];
        var count = 0;
        for (int i = 0, j = 0; i < a.Length || j < b.Length; count++)
        {
            var next = j == b.Length || (i < a.Length && a[i] <= b[j]) ? a[i] : b[j];
            i += i < a.Length && a[i] == next ? 1 : 0;
            j += j < b.Length && b[j] == next ? 1 : 0;
            all[count] = next;
        }

        Array.Resize(ref all, count);
        return all;
    }

    private void AddTo(long[] ts, long[][] columns)
    {
        for (int i = 0, at = 0; i < Count; i++, at++)
        {
            while (ts[at] != Ts[i])
            {
                at++;
            }

            for (var c = 0; c < columns.Length; c++)
            {
                var own = c < ColumnCount ? _columns[c] : _further[c - ColumnCount].Values;
                columns[c][at] = checked(columns[c][at] + own[i]);
            }
        }
    }
}
