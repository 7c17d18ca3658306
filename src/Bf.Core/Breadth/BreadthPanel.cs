namespace Bf.Core.Breadth;

/// <summary>
/// One universe's breadth: dates and counts, an entry a date, dates ascending. Its series are the columns of <see cref="BreadthColumns"/>;
/// each is computed once, when it is first asked for, over all dates and in date order.
/// </summary>
public sealed class BreadthPanel
{
    private readonly Dictionary<BreadthColumn, Array> _columns = [];

    /// <summary>The panel of a tally.</summary>
    /// <param name="tally">The counts.</param>
    /// <param name="from">
    /// The first date that is asked for. What looks back over a year at each date (the rolling z-scores) is left undefined before it;
    /// every other value, and all from it on, are as in a whole panel.
    /// </param>
    public BreadthPanel(BreadthTally tally, int from = 0)
    {
        ArgumentNullException.ThrowIfNull(tally);
        (Tally, From) = (tally, from);
    }

    /// <summary>The counts.</summary>
    public BreadthTally Tally { get; }

    /// <summary>The first date that is asked for.</summary>
    public int From { get; }

    /// <summary>The dates, microseconds since 1970-01-01 UTC, strictly ascending.</summary>
    public long[] Ts => Tally.Ts;

    /// <summary>The number of dates.</summary>
    public int Count => Tally.Count;

    /// <summary>Computes every column now.</summary>
    /// <exception cref="OverflowException">A running sum does not fit 64 bits.</exception>
    public void Compute()
    {
        foreach (var column in BreadthColumns.All)
        {
            _ = column.Kind == ColumnKind.Integer ? (Array)column.Integers(this) : column.Reals(this);
        }
    }

    /// <summary>A column's values, computed when first asked for; any number of threads may ask.</summary>
    internal TValues Once<TValues>(BreadthColumn column, Func<BreadthPanel, TValues> compute)
        where TValues : class
    {
        lock (_columns)
        {
            if (_columns.TryGetValue(column, out var known))
            {
                return (TValues)(object)known;
            }

            var values = compute(this);
            _columns[column] = (Array)(object)values;
            return values;
        }
    }
}
