using Bf.Core.Market;

namespace Bf.Jobs.Fetch;

/// <summary>
/// The range that a source is to be asked for, so that a symbol's bars become one span without a hole.
/// </summary>
/// <param name="From">The first moment, microseconds; null for as far back as the source goes.</param>
/// <param name="To">The first moment that is not wanted.</param>
/// <param name="Whole">Whether it takes in every bar that the lake has of the symbol.</param>
internal sealed record Missing(long? From, long To, bool Whole)
{
    /// <summary>
    /// What is missing of a range, or null when nothing is. It reaches some days into what is there,
    /// so that a changed past (a split, a dividend) shows where both meet.
    /// </summary>
    /// <param name="held">What the lake has, or null.</param>
    /// <param name="asked">What was asked before, or null.</param>
    /// <param name="from">The first moment wanted; null to go on from the last bar, or for all when there is none.</param>
    /// <param name="to">The first moment that is not wanted.</param>
    /// <param name="now">The present time.</param>
    /// <param name="interval">The bars' length.</param>
    public static Missing? Of(Held? held, Asked? asked, long? from, long to, long now, Interval interval)
    {
        if (held is null && asked is null)
        {
            return new(from, to, true);
        }

        var overlap = (interval.IsDaily ? 10 : 4) * Timestamp.Day;
        var begins = Math.Min(held?.FirstTs ?? long.MaxValue, asked?.From ?? long.MaxValue);
        var earlier = from < begins;
        var later = asked is null ? to > held!.LastTs : to > asked.To && now >= asked.Next;
        var joinsAt = Math.Min(held?.LastTs ?? long.MaxValue, asked?.To ?? long.MaxValue) - overlap;
        return (earlier, later) switch
        {
            (false, false) => null,
            (false, true) => Reach(Math.Max(joinsAt, begins), to, held),
            (true, false) => Reach(from, (held?.FirstTs ?? begins) + overlap, held),
            (true, true) => Reach(from, to, held),
        };
    }

    /// <summary>The same range, widened to every bar that the lake has.</summary>
    public Missing WithAll(Held held) => new(From is null ? null : Math.Min(From.Value, held.FirstTs), Math.Max(To, held.LastTs + 1), true);

    private static Missing Reach(long? from, long to, Held? held) => new(from, to, held is null || (!(from > held.FirstTs) && to > held.LastTs));
}
