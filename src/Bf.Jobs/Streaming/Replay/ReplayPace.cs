using Bf.Core.Market;

namespace Bf.Jobs.Streaming.Replay;

/// <summary>
/// When the bars of a time are due: market time over speed. Closed hours are skipped: a gap longer than the interval counts as one interval,
/// and a daily bar stands for a session of six and a half hours.
/// </summary>
/// <param name="speed">Market time over wall time; null for as fast as possible.</param>
/// <param name="interval">The bars' length.</param>
/// <param name="from">What is before this time is due at once; null for nothing.</param>
internal sealed class ReplayPace(double? speed, Interval interval, long? from = null)
{
    private const long Session = 23_400_000_000;
    private long? _last;

    /// <summary>The most that passes between two times, microseconds of market time.</summary>
    public static long Step(Interval interval) => interval.IsDaily ? Session : interval.Seconds * 1_000_000L;

    /// <summary>When, after the beginning, the bars of the time that was gone to last are due.</summary>
    public TimeSpan Due { get; private set; }

    /// <summary>Goes on to a time. The first is due at once.</summary>
    /// <param name="ts">Microseconds since 1970-01-01 UTC; not before the last.</param>
    public void GoTo(long ts)
    {
        if (speed is { } s && _last is { } last && !(ts <= from))
        {
            Due += TimeSpan.FromMicroseconds(Math.Min(ts - last, Step(interval)) / s);
        }

        _last = ts;
    }
}
