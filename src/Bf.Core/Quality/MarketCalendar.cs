using Bf.Core.Breadth;

namespace Bf.Core.Quality;

/// <summary>
/// The universe's own calendar. A date is a session when at least half of the usual number of symbols has a bar: on a holiday with
/// stray bars nothing is missing.
/// </summary>
public sealed class MarketCalendar
{
    /// <summary>The share of the usual number of symbols that makes a date a session.</summary>
    public const double LeastShare = 0.5;

    /// <summary>The calendar of some dates.</summary>
    /// <param name="dates">The dates on which any symbol has a bar, ascending.</param>
    /// <param name="symbols">How many have one, an entry a date.</param>
    public MarketCalendar(long[] dates, long[] symbols)
    {
        var strays = Coverage.Thin(dates, symbols, LeastShare).Select(d => d.Ts).ToHashSet();
        Sessions = [.. dates.Where(d => !strays.Contains(d))];
        ThinDates = Coverage.Thin(dates, symbols, Coverage.Least);
        Dates = dates.Length;
    }

    /// <summary>Dates on which any symbol has a bar.</summary>
    public int Dates { get; }

    /// <summary>The sessions, ascending.</summary>
    public long[] Sessions { get; }

    /// <summary>The dates with less than <see cref="Coverage.Least"/> of the usual number of symbols.</summary>
    public IReadOnlyList<ThinDate> ThinDates { get; }

    /// <summary>The number of sessions before a time.</summary>
    public int SessionsBefore(long ts) => Array.BinarySearch(Sessions, ts) is >= 0 and var at ? at : ~Array.BinarySearch(Sessions, ts);
}
