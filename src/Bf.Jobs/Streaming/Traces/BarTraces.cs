using Bf.Core.Market;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming.Traces;

/// <summary>
/// From which spans the bars of a time came, until its rows are made: they go on in the trace of the last of the times that are made together, and
/// are linked to those of the others. Times whose rows are never made are forgotten, the oldest first.
/// </summary>
/// <param name="topic">The topic.</param>
/// <param name="clock">The time.</param>
internal sealed class BarTraces(string topic, TimeProvider clock)
{
    private const int MostTimes = 4096;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, (string Parent, long At, long Bars)> _times = [];
    private string? _coming;

    /// <summary>The messages that follow were sent by this span; null for none that is known.</summary>
    public void Comes(string? parent) => _coming = parent;

    /// <summary>A bar of a time came.</summary>
    /// <param name="ts">The bar's time.</param>
    /// <param name="now">The present, as the clock's timestamp.</param>
    public void Note(long ts, long now)
    {
        if (_coming is not { } parent)
        {
            return;
        }

        lock (_gate)
        {
            _times[ts] = _times.TryGetValue(ts, out var known) ? known with { Bars = known.Bars + 1 } : (parent, now, 1);
            if (_times.Count > MostTimes)
            {
                _times.Remove(_times.First().Key);
            }
        }
    }

    /// <summary>Begins the spans of rows that are made now: what took the bars in, and within it what makes the rows.</summary>
    /// <param name="from">The first time.</param>
    /// <param name="to">The time after the last.</param>
    public RowsSpan Make(long from, long to)
    {
        List<KeyValuePair<long, (string Parent, long At, long Bars)>> times;
        lock (_gate)
        {
            times = [.. _times.Where(t => t.Key >= from && t.Key < to)];
            foreach (var past in _times.Keys.TakeWhile(t => t < to).ToList())
            {
                _times.Remove(past);
            }
        }

        if (times.Count == 0)
        {
            return new(null, Span.Continue("make rows", SpanRole.Internal, null));
        }

        var (ts, last) = times[^1];
        var taken = Span.Continue($"process {topic}", SpanRole.Consumer, last.Parent, [.. times.SkipLast(1).Select(t => t.Value.Parent)], clock.GetElapsedTime(last.At))
            ?.Set("messaging.system", "kafka").Set("messaging.operation.type", "process").Set("messaging.destination.name", topic)
            .Set("messaging.batch.message_count", times.Sum(t => t.Value.Bars)).Set("bf.ts", Timestamp.Format(ts));
        return new(taken, Span.Begin("make rows"));
    }
}

/// <summary>The spans of rows that are made.</summary>
internal sealed class RowsSpan(Span? taken, Span? made) : IDisposable
{
    /// <summary>So many were made.</summary>
    public void Made(int rows) => made?.Set("bf.rows", rows);

    /// <inheritdoc/>
    public void Dispose()
    {
        made?.Dispose();
        taken?.Dispose();
    }
}
