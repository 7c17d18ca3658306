namespace Bf.Jobs.Streaming.Replay;

/// <summary>
/// The time that a replay has run. It stands still while paused, and while the process was stopped or asleep: a gap between two looks counts as one second
/// at most, so that nothing is caught up in a burst.
/// </summary>
internal sealed class ReplayClock(TimeProvider clock)
{
    private static readonly TimeSpan MostBetween = TimeSpan.FromSeconds(1);
    private long _last = clock.GetTimestamp();

    /// <summary>The time so far.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The time so far as a watch on the wall has it; only pauses are left out.</summary>
    public TimeSpan Wall { get; private set; }

    /// <summary>Looks at the clock.</summary>
    /// <param name="paused">Whether the time since the last look is left out.</param>
    public void Look(bool paused = false)
    {
        var now = clock.GetTimestamp();
        var passed = clock.GetElapsedTime(_last, now);
        _last = now;
        if (!paused)
        {
            Wall += passed;
            Elapsed += passed < MostBetween ? passed : MostBetween;
        }
    }
}
