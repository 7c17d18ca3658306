namespace Bf.Core.Breadth;

/// <summary>What a date of a tally says about itself.</summary>
internal static class TallyFacts
{
    /// <summary>Whether no symbol could be compared with its bar before.</summary>
    /// <remarks>Where issues are not known, those that moved say that there was a market.</remarks>
    public static bool NothingCompared(this BreadthTally tally, int at) =>
        tally[TallyColumn.Issues][at] == 0 && tally[TallyColumn.Adv][at] == 0 && tally[TallyColumn.Dec][at] == 0;

    /// <summary>Advances and declines of some dates together; false where there are fewer, or on one of them nothing could be compared.</summary>
    public static bool TryMoved(this BreadthTally tally, int at, int dates, out long adv, out long dec)
    {
        (adv, dec) = (0, 0);
        for (var i = at - dates + 1; i <= at; i++)
        {
            if (i < 0 || tally.NothingCompared(i))
            {
                return false;
            }

            adv += tally[TallyColumn.Adv][i];
            dec += tally[TallyColumn.Dec][i];
        }

        return true;
    }

    /// <summary>On which dates both columns are known; null where both are on all.</summary>
    public static bool[]? Known(this BreadthTally tally, TallyColumn a, TallyColumn b) => SeriesMath.Both(tally.Known(a), tally.Known(b));
}
