namespace Bf.Core.Breadth;

/// <summary>One universe's breadth: dates, counts and market series, an entry a date, dates ascending.</summary>
public sealed class BreadthPanel
{
    /// <summary>The panel of a tally; the series are computed here, in date order.</summary>
    /// <exception cref="OverflowException">A running sum does not fit 64 bits.</exception>
    public BreadthPanel(BreadthTally tally)
    {
        ArgumentNullException.ThrowIfNull(tally);
        Tally = tally;
        Series = new(tally);
    }

    /// <summary>The counts.</summary>
    public BreadthTally Tally { get; }

    /// <summary>The series computed from the counts.</summary>
    public MarketSeries Series { get; }

    /// <summary>The dates, microseconds since 1970-01-01 UTC, strictly ascending.</summary>
    public long[] Ts => Tally.Ts;

    /// <summary>The number of dates.</summary>
    public int Count => Tally.Count;
}
