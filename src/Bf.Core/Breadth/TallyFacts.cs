namespace Bf.Core.Breadth;

/// <summary>What a date of a tally says about itself.</summary>
internal static class TallyFacts
{
    /// <summary>Whether no symbol could be compared with its bar before.</summary>
    /// <remarks>Where issues are not known, those that moved say that there was a market.</remarks>
    public static bool NothingCompared(this BreadthTally tally, int at) =>
        tally[TallyColumn.Issues][at] == 0 && tally[TallyColumn.Adv][at] == 0 && tally[TallyColumn.Dec][at] == 0;

    /// <summary>On which dates both columns are known; null where both are on all.</summary>
    public static bool[]? Known(this BreadthTally tally, TallyColumn a, TallyColumn b) => SeriesMath.Both(tally.Known(a), tally.Known(b));
}
