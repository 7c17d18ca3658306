using Bf.Core.Market;

namespace Bf.Core.Backtest;

/// <summary>
/// What a backtest trades in: the market's dates, the universe, its symbols' prices and its index.
/// Checked once and never changed, so that many runs with different settings can share one, from many threads.
/// </summary>
public sealed class BacktestMarket
{
    /// <summary>A market; it takes the arrays over. Histories of symbols that are never members are left out.</summary>
    /// <param name="calendar">The market's dates, microseconds since 1970-01-01 UTC, strictly ascending. A bar at any other time is never traded at.</param>
    /// <param name="universe">Who may be bought when.</param>
    /// <param name="histories">One history a symbol, in any order.</param>
    /// <param name="index">The universe's equal-weight index, an entry a date; NaN where undefined.</param>
    /// <exception cref="ArgumentException">The calendar is empty or does not ascend, the index is not as long, or a symbol occurs twice.</exception>
    public BacktestMarket(long[] calendar, Universe universe, IEnumerable<PriceHistory> histories, double[] index)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(universe);
        ArgumentNullException.ThrowIfNull(histories);
        ArgumentNullException.ThrowIfNull(index);
        if (calendar.Length == 0)
        {
            throw new ArgumentException("the calendar has no dates", nameof(calendar));
        }

        for (var i = 1; i < calendar.Length; i++)
        {
            if (calendar[i] <= calendar[i - 1])
            {
                throw new ArgumentException($"the calendar does not ascend at date {i}", nameof(calendar));
            }
        }

        if (index.Length != calendar.Length)
        {
            throw new ArgumentException($"the index has {index.Length} values for {calendar.Length} dates", nameof(index));
        }

        // in ordinal order, so that no sum depends on the order in which the symbols came
        PriceHistory[] sorted = [.. histories.Where(h => !universe.StaysOf(h.Symbol).IsEmpty).OrderBy(h => h.Symbol, StringComparer.Ordinal)];
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Symbol == sorted[i - 1].Symbol)
            {
                throw new ArgumentException($"{sorted[i].Symbol} has two histories", nameof(histories));
            }
        }

        (Calendar, Universe, Histories, Index) = (calendar, universe, sorted, index);
    }

    /// <summary>The market's dates, microseconds since 1970-01-01 UTC, strictly ascending.</summary>
    public long[] Calendar { get; }

    /// <summary>Who may be bought when.</summary>
    public Universe Universe { get; }

    /// <summary>The histories of the symbols that are members at some time, in ordinal order of the symbol.</summary>
    public IReadOnlyList<PriceHistory> Histories { get; }

    /// <summary>The universe's equal-weight index, an entry a date; NaN where undefined.</summary>
    public double[] Index { get; }

    /// <summary>Whether a symbol is a member at a time.</summary>
    internal bool IsMember(string symbol, long ts)
    {
        foreach (var stay in Universe.StaysOf(symbol))
        {
            if (stay.From <= ts && ts < stay.To)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first and last date of the settings' span.</summary>
    /// <exception cref="ArgumentException">No date of the calendar lies in it.</exception>
    internal (int First, int Last) SpanOf(BacktestSettings settings)
    {
        var first = settings.From is { } from ? AtOrAfter(from) : 0;
        var last = settings.To is { } to ? (to == long.MaxValue ? Calendar.Length : AtOrAfter(to + 1)) - 1 : Calendar.Length - 1;
        return first <= last ? (first, last) : throw new ArgumentException("no date of the calendar lies between From and To", nameof(settings));
    }

    private int AtOrAfter(long ts)
    {
        var i = Array.BinarySearch(Calendar, ts);
        return i < 0 ? ~i : i;
    }
}
