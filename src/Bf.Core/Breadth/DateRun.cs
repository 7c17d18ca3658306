namespace Bf.Core.Breadth;

/// <summary>Consecutive bars of a symbol that lie on consecutive dates of the calendar.</summary>
/// <param name="Bar">Index of the first bar.</param>
/// <param name="Date">Index of its date in the calendar.</param>
/// <param name="Length">Number of bars and dates.</param>
internal readonly record struct DateRun(int Bar, int Date, int Length)
{
    /// <summary>The part of the run on dates of [<paramref name="from"/>, <paramref name="to"/>); its length may be 0 or negative.</summary>
    public DateRun OnDates(int from, int to)
    {
        var skip = Math.Max(0, from - Date);
        return new(Bar + skip, Date + skip, Math.Min(Date + Length, to) - Date - skip);
    }

    /// <summary>The part of the run from bar <paramref name="first"/> on; its length may be 0 or negative.</summary>
    public DateRun FromBar(int first)
    {
        var skip = Math.Max(0, first - Bar);
        return new(Bar + skip, Date + skip, Length - skip);
    }
}
