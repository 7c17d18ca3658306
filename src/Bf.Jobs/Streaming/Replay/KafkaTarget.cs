using Bf.Jobs.Streaming.Kafka;

namespace Bf.Jobs.Streaming.Replay;

/// <summary>A topic of Kafka as the target of a replay. Kafka may go and come back: nothing is lost, doubled or out of order.</summary>
internal sealed class KafkaTarget : IReplayTarget
{
    private const int Moment = 20; // milliseconds
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private readonly BarProducer _producer;
    private readonly DeliveryWatch _watch;
    private readonly TimeProvider _clock;
    private long _put;

    public KafkaTarget(KafkaSettings settings, ReplayRequest request, int partitions, TimeProvider clock)
    {
        (Partitions, _clock) = (partitions, clock);
        _producer = new(settings, request.Topic, request.Compression, request.Interval.Name);
        _watch = new(clock, request.Patience, silence => KafkaFault.Down(settings, $"{silence}{(_producer.Complaint is { } why ? $"; {why}" : "")}"));
    }

    /// <inheritdoc/>
    public int Partitions { get; }

    /// <inheritdoc/>
    public int Pending => _producer.Pending;

    /// <inheritdoc/>
    public bool TryPut(int partition, ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> value, ReadOnlySpan<byte> source)
    {
        var taken = _producer.TryPut(partition, symbol, value, source);
        _put += taken ? 1 : 0;
        return taken;
    }

    /// <inheritdoc/>
    public void Trace(string? parent) => _producer.Trace(parent);

    /// <inheritdoc/>
    public void Tick()
    {
        _producer.Poll(0);
        if (_producer.Failure is { } failure)
        {
            throw new JobException($"{failure}. See what the topic has with Kafka's own tools, and go on after it with --resume");
        }

        var pending = _producer.Pending;
        _watch.Look(_put - pending, pending);
    }

    /// <inheritdoc/>
    public void Hurry() => _producer.Flush(Moment);

    /// <inheritdoc/>
    public void Abandon()
    {
        for (var begun = _clock.GetTimestamp(); _producer.Pending > 0 && _clock.GetElapsedTime(begun) < Farewell;)
        {
            _producer.Flush(Moment);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _producer.Dispose();
}
