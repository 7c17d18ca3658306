using System.Collections.Concurrent;

namespace Bf.Sources.Tests.Fetch;

/// <summary>The real time, but for one wait: it is over when the server says that it keeps silent, and not before, however slow the machine is.</summary>
internal sealed class SilenceClock : TimeProvider
{
    private readonly ConcurrentQueue<ITimer> _held = new();
    private readonly TimeSpan _attempt;

    public SilenceClock(FakeServer server, TimeSpan attempt)
    {
        _attempt = attempt;
        server.Silent = () =>
        {
            while (_held.TryDequeue(out var timer))
            {
                timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        };
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Held(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Held(SilenceClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != clock._attempt)
            {
                return timer.Change(dueTime, period);
            }

            clock._held.Enqueue(timer);
            return true;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
