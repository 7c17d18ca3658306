namespace Bf.Core.Statistics;

/// <summary>
/// Random dates as many and as clustered as a detector's fires: the gaps between the fires, that from the last around to the first included, are
/// shuffled, and the whole is turned by a random number of dates. What remains of the fires is their rhythm; what is lost is what they knew.
/// </summary>
internal sealed class ClusteredDates
{
    private readonly long[] _returns;
    private readonly int[] _gaps;
    private readonly long _observed;

    public ClusteredDates(long[] returns, int[] events)
    {
        (_returns, _gaps) = (returns, new int[events.Length]);
        for (var i = 0; i < events.Length; i++)
        {
            _gaps[i] = i + 1 < events.Length ? events[i + 1] - events[i] : events[0] + returns.Length - events[i];
            _observed += returns[events[i]];
        }
    }

    /// <summary>How many of some draws have a mean forward return at least as high as the fires'. All have as many dates, so sums are compared: exactly.</summary>
    public int AtLeastAsHigh(SplitMix64 random, int draws)
    {
        var gaps = (int[])_gaps.Clone();
        var count = 0;
        for (var draw = 0; draw < draws; draw++)
        {
            var at = random.Below(_returns.Length);
            var sum = 0L;
            for (var i = gaps.Length - 1; i >= 0; i--)
            {
                sum += _returns[at];
                var other = random.Below(i + 1);
                (gaps[i], gaps[other]) = (gaps[other], gaps[i]);
                at += gaps[i];
                at -= at >= _returns.Length ? _returns.Length : 0;
            }

            count += sum >= _observed ? 1 : 0;
        }

        return count;
    }
}
