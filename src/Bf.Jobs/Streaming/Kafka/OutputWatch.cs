using Bf.Jobs.Telemetry;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>What is told of a transaction of results: a span in the trace of the last row, and figures. There is none while nobody listens.</summary>
internal sealed class OutputWatch : IDisposable
{
    private const string Sink = "kafka";
    private readonly List<SignalMessage> _messages;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Span? _span;

    private OutputWatch(string topic, List<SignalMessage> messages, TimeProvider clock)
    {
        (_messages, _clock, _began) = (messages, clock, clock.GetTimestamp());
        if (Span.IsOn)
        {
            List<string> origins = [.. messages.Select(m => m.Origin).OfType<string>().Distinct()];
            _span = Span.Continue($"send {topic}", SpanRole.Producer, origins.LastOrDefault(), [.. origins.SkipLast(1)])
                ?.Set("messaging.system", "kafka").Set("messaging.operation.type", "send").Set("messaging.destination.name", topic).Set("messaging.batch.message_count", messages.Count);
        }
    }

    /// <summary>Begins, where somebody listens.</summary>
    public static OutputWatch? Begin(string topic, List<SignalMessage> messages, TimeProvider clock) => Span.IsOn || Meters.IsOn ? new(topic, messages, clock) : null;

    /// <summary>They are committed.</summary>
    public void Done()
    {
        Instruments.SinkDocuments.Record(_messages.Count, Sink, "written");
        Instruments.SinkRequestDuration.Record(_clock.GetElapsedTime(_began).TotalSeconds, Sink);
        SinkLatency.Record(Sink, _messages.Select(m => m.Since), _clock);
    }

    /// <inheritdoc/>
    public void Dispose() => _span?.Dispose();
}
