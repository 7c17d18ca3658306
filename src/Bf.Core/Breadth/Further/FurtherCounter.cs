using System.Numerics;
using Bf.Core.Market;

namespace Bf.Core.Breadth.Further;

/// <summary>Adds up one universe's counts by date.</summary>
internal sealed class FurtherCounter(Universe universe, KernelCalendar calendar, int counts)
{
    private readonly DateRuns _member = new();
    private readonly long[][] _sums = [.. Enumerable.Range(0, counts).Select(_ => Array.Empty<long>())];

    public Universe Universe => universe;

    /// <summary>The sums of a count, an entry a date of the calendar.</summary>
    public long[] this[int count] => _sums[count];

    /// <summary>Begins with a symbol: finds out on which of its bars it is a member.</summary>
    /// <returns>Whether it is on any.</returns>
    public bool Begin(string symbol, DateRuns runs)
    {
        _member.Clear();
        foreach (var stay in universe.StaysOf(symbol))
        {
            var from = stay.From == long.MinValue ? 0 : calendar.FirstFrom(stay.From);
            var to = stay.To == long.MaxValue ? calendar.Count : calendar.FirstFrom(stay.To);
            foreach (var run in runs.All)
            {
                var member = run.OnDates(from, to);
                if (member.Length > 0)
                {
                    _member.Add(member);
                }
            }
        }

        return _member.Count > 0;
    }

    /// <summary>Adds what the symbol's bars add to a count, on the bars on which it is a member.</summary>
    public void Add(int count, FurtherMeasure measure, ReadOnlySpan<long> adds)
    {
        foreach (var run in _member.All)
        {
            var counted = run.FromBar(measure.FirstBar);
            if (counted.Length > 0)
            {
                var sums = _sums[count].AsSpan(counted.Date, counted.Length);
                if (measure.IsAmount)
                {
                    AddAmounts(measure.Name, sums, adds.Slice(counted.Bar, counted.Length), counted.Date);
                }
                else
                {
                    AddFlags(sums, adds.Slice(counted.Bar, counted.Length));
                }
            }
        }
    }

    /// <summary>Adds the sums of the same universe in another kernel.</summary>
    /// <param name="other">The other's counter.</param>
    /// <param name="dates">The index here of each of its dates.</param>
    /// <param name="measures">The counts.</param>
    public void Add(FurtherCounter other, int[] dates, FurtherMeasure[] measures)
    {
        for (var c = 0; c < counts; c++)
        {
            for (var d = 0; d < dates.Length; d++)
            {
                _sums[c][dates[d]] = Sum(measures[c].Name, _sums[c][dates[d]], other._sums[c][d], dates[d]);
            }
        }
    }

    /// <summary>Follows the calendar's growth.</summary>
    public void Spread(int[] moved, int count)
    {
        for (var c = 0; c < counts; c++)
        {
            _sums[c] = DateSums.Spread(_sums[c], moved, count);
        }
    }

    private static void AddFlags(Span<long> sums, ReadOnlySpan<long> adds)
    {
        var i = 0;
        for (; i <= sums.Length - Vector<long>.Count; i += Vector<long>.Count)
        {
            (new Vector<long>(sums[i..]) + new Vector<long>(adds[i..])).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += adds[i];
        }
    }

    private void AddAmounts(string name, Span<long> sums, ReadOnlySpan<long> adds, int date)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = Sum(name, sums[i], adds[i], date + i);
        }
    }

    // Neither is ever negative.
    private long Sum(string name, long a, long b, int date) =>
        a + b is >= 0 and var sum ? sum : throw new OverflowException($"{name} of {DateTime.UnixEpoch.AddMicroseconds(calendar[date]):yyyy-MM-dd HH:mm:ss} does not fit 64 bits");
}
