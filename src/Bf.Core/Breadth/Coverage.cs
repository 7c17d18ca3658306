namespace Bf.Core.Breadth;

/// <summary>A date that has too few of the universe's symbols: its figures stand on little.</summary>
/// <param name="Ts">The date, microseconds since 1970-01-01 UTC.</param>
/// <param name="Symbols">Symbols with a bar.</param>
/// <param name="Usual">How many were usual by then.</param>
public sealed record ThinDate(long Ts, long Symbols, long Usual);

/// <summary>
/// How many of the universe's symbols a date has, beside what is usual: the median of the dates before it, so that a universe that
/// grows is not taken for one with gaps, and nothing known after a date judges it.
/// </summary>
public static class Coverage
{
    /// <summary>The share of the usual number below which a date is thin.</summary>
    public const double Least = 0.8;

    /// <summary>The dates before a date whose median is usual.</summary>
    public const int Window = 60;

    /// <summary>The fewest dates that can say what is usual.</summary>
    public const int Fewest = 5;

    /// <summary>The thin dates of a tally, from an index on: by its bars; where those are not counted by its issues, or by what moved.</summary>
    public static IReadOnlyList<ThinDate> Thin(BreadthTally tally, int from = 0)
    {
        ArgumentNullException.ThrowIfNull(tally);
        var symbols = tally.Known(TallyColumn.Bars) is null ? tally[TallyColumn.Bars]
            : tally.Known(TallyColumn.Issues) is null ? tally[TallyColumn.Issues]
            : SeriesMath.Each(tally.Count, i => tally[TallyColumn.Adv][i] + tally[TallyColumn.Dec][i]);
        return Thin(tally.Ts, symbols, Least, from);
    }

    /// <summary>The dates from an index on with less than a share of the usual number of symbols.</summary>
    /// <param name="ts">The dates, ascending.</param>
    /// <param name="symbols">Symbols with a bar, an entry a date.</param>
    /// <param name="least">The share.</param>
    /// <param name="from">Index of the first date to judge.</param>
    public static IReadOnlyList<ThinDate> Thin(long[] ts, long[] symbols, double least, int from = 0)
    {
        ArgumentNullException.ThrowIfNull(ts);
        ArgumentNullException.ThrowIfNull(symbols);
        var thin = new List<ThinDate>();
        from = Math.Max(from, Fewest);
        var before = new SortedWindow(Window);
        var start = Math.Max(0, from - Window);
        for (var i = start; i < ts.Length; i++)
        {
            if (i >= from && symbols[i] < least * before.LowerMedian)
            {
                thin.Add(new(ts[i], symbols[i], before.LowerMedian));
            }

            if (i - Window >= start)
            {
                before.Remove(symbols[i - Window]);
            }

            before.Add(symbols[i]);
        }

        return thin;
    }
}
