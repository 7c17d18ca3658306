using Bf.Core.Market;
using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming.Replay;

/// <summary>
/// The spans of a replay: one for each time, which its bars name in a header, each the beginning of a trace that goes on wherever they are read.
/// One for each bar would cost more than the bar; one for all would be a trace that nobody can look at.
/// </summary>
/// <param name="target">Where the bars go.</param>
internal sealed class ReplayTrace(IReplayTarget target)
{
    private Span? _span;
    private long _bars;

    /// <summary>Begins a time, and ends the one before.</summary>
    public void Begin(string? topic, long ts)
    {
        End();
        if (topic is not null && Span.IsOn)
        {
            _span = Span.Continue($"send {topic}", SpanRole.Producer, null, [Span.CurrentParent() ?? ""])
                ?.Set("messaging.system", "kafka").Set("messaging.operation.type", "send").Set("messaging.destination.name", topic).Set("bf.ts", Timestamp.Format(ts));
            target.Trace(_span?.TraceParent);
        }
    }

    /// <summary>A bar was sent.</summary>
    public void Sent() => _bars++;

    /// <summary>Ends the time.</summary>
    public void End()
    {
        _span?.Set("messaging.batch.message_count", _bars).Dispose();
        (_span, _bars) = (null, 0);
    }
}
