using Bf.Core.Market;

namespace Bf.Core.Breadth.Further;

/// <summary>
/// Counts what a <see cref="FurtherSet"/> asks for beyond the usual counts, one symbol's whole history at a time, for each of some
/// universes; membership is treated as by <see cref="BreadthKernel"/>.
/// Not for concurrent use: one kernel a thread, and then <see cref="Merge"/>; the sums do not depend on order.
/// </summary>
public sealed class FurtherKernel
{
    private readonly KernelCalendar _calendar = new();
    private readonly DateRuns _runs = new();
    private readonly FurtherBars _bars = new();
    private readonly FurtherSet _set;
    private readonly FurtherMeasure[] _measures;
    private readonly FurtherCounter[] _universes;
    private long[] _adds = [];

    /// <summary>A kernel that has seen no bar yet.</summary>
    /// <param name="universes">The universes to count; <see cref="Counts"/> takes an index into this list.</param>
    /// <param name="set">What to count.</param>
    public FurtherKernel(IReadOnlyList<Universe> universes, FurtherSet set)
    {
        ArgumentNullException.ThrowIfNull(universes);
        ArgumentNullException.ThrowIfNull(set);
        _set = set;
        _measures = [.. set.Measures];
        _universes = [.. universes.Select(u => new FurtherCounter(u, _calendar, _measures.Length))];
    }

    /// <summary>
    /// Adds one symbol's whole history; a symbol is added once. Columns that <see cref="FurtherSet.Reads"/> does not name may be empty.
    /// After an exception the counts are undefined.
    /// </summary>
    /// <param name="symbol">The symbol, as the universes know it.</param>
    /// <param name="ts">The bars' times, microseconds since 1970-01-01 UTC, strictly ascending.</param>
    /// <param name="adjClose">Adjusted closes, in units of currency, above 0 and at most <see cref="Ticks.MaxPrice"/>.</param>
    /// <param name="close">Closes as quoted; one that is no price counts as the adjusted close.</param>
    /// <param name="high">Highest prices as quoted; where they are none, or below the low, high and low count as the close.</param>
    /// <param name="low">Lowest prices as quoted.</param>
    /// <exception cref="ArgumentException">An input breaks these rules; the message names symbol and time.</exception>
    /// <exception cref="OverflowException">The points of a date do not fit 64 bits.</exception>
    public void Add(
        string symbol, ReadOnlySpan<long> ts, ReadOnlySpan<double> adjClose, ReadOnlySpan<double> close, ReadOnlySpan<double> high, ReadOnlySpan<double> low)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        if (ts.IsEmpty)
        {
            return;
        }

        MapDates(symbol, ts);
        Take(symbol, ts, adjClose, close, high, low);
        var counted = false;
        foreach (var universe in _universes)
        {
            counted |= universe.Begin(symbol, _runs);
        }

        if (counted)
        {
            Count(ts.Length);
        }
    }

    /// <summary>Adds what another kernel of the same universes and set has counted.</summary>
    /// <exception cref="ArgumentException">Its universes or its set are others.</exception>
    /// <exception cref="OverflowException">The points of a date do not fit 64 bits.</exception>
    public void Merge(FurtherKernel other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._set.Text != _set.Text || !other._universes.Select(u => u.Universe.Name).SequenceEqual(_universes.Select(u => u.Universe.Name)))
        {
            throw new ArgumentException("kernels merge only where both count the same for the same universes");
        }

        long[] theirs = [.. Enumerable.Range(0, other._calendar.Count).Select(d => other._calendar[d])];
        Extend(theirs);
        var dates = Array.ConvertAll(theirs, _calendar.FirstFrom);
        for (var u = 0; u < _universes.Length; u++)
        {
            _universes[u].Add(other._universes[u], dates, _measures);
        }
    }

    /// <summary>The counts of all that was added so far, by the names of <see cref="FurtherSet.Counts"/>, an entry a date.</summary>
    /// <param name="universe">Index of the universe in the list that the kernel was made with.</param>
    /// <param name="dates">The dates, as a tally has them; one without bars has counts of 0.</param>
    public FurtherCount[] Counts(int universe, IReadOnlyList<long> dates)
    {
        ArgumentNullException.ThrowIfNull(dates);
        var at = new int[dates.Count];
        for (var i = 0; i < at.Length; i++)
        {
            var found = _calendar.FirstFrom(dates[i]);
            at[i] = found < _calendar.Count && _calendar[found] == dates[i] ? found : -1;
        }

        var counter = _universes[universe];
        return [.. _measures.Select((m, c) => new FurtherCount(m.Name, Array.ConvertAll(at, d => d < 0 ? 0 : counter[c][d])))];
    }

    private void Count(int bars)
    {
        if (_adds.Length < bars)
        {
            _adds = new long[Math.Max(bars, 2 * _adds.Length)];
        }

        for (var c = 0; c < _measures.Length; c++)
        {
            if (_measures[c].FirstBar < bars)
            {
                _measures[c].Measure(_bars, _adds);
                foreach (var universe in _universes)
                {
                    universe.Add(c, _measures[c], _adds);
                }
            }
        }
    }

    private void Take(
        string symbol, ReadOnlySpan<long> ts, ReadOnlySpan<double> adjClose, ReadOnlySpan<double> close, ReadOnlySpan<double> high, ReadOnlySpan<double> low)
    {
        var (closes, ranges) = (_set.Reads.HasFlag(BarColumns.Close), _set.Reads.HasFlag(BarColumns.High));
        if (adjClose.Length != ts.Length || (closes && close.Length != ts.Length) || (ranges && (high.Length != ts.Length || low.Length != ts.Length)))
        {
            throw new ArgumentException($"{symbol}: {ts.Length} times, {adjClose.Length} adjusted closes, {close.Length} closes, {high.Length} highs and {low.Length} lows; {_set.Text} reads {_set.Reads}");
        }

        if (!_bars.TryTake(adjClose))
        {
            throw KernelGuard.Price(symbol, ts, adjClose);
        }

        if (closes)
        {
            _bars.TakeCloses(close);
        }

        if (ranges)
        {
            _bars.TakeRanges(adjClose, close, high, low);
        }
    }

    private void MapDates(string symbol, ReadOnlySpan<long> ts)
    {
        if (!_calendar.TryMap(ts, _runs))
        {
            KernelGuard.Ascending(symbol, long.MinValue, ts);
            Extend(ts);
            _calendar.TryMap(ts, _runs);
        }
    }

    private void Extend(ReadOnlySpan<long> ts)
    {
        var moved = _calendar.Extend(ts);
        foreach (var universe in _universes)
        {
            universe.Spread(moved, _calendar.Count);
        }
    }
}
