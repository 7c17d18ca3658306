using System.Diagnostics;
using Bf.Jobs.Streaming.Bus;

namespace Bf.Bench.Stream;

/// <summary>A log between the loop and Kafka: notes when messages come, and hands everything on.</summary>
/// <param name="log">The log.</param>
/// <param name="expected">How many messages come.</param>
/// <param name="came">Called with each message's partition and value before it is counted; null for nothing.</param>
internal sealed class WatchedLog(IBarLog log, long expected, Action<int, ReadOnlySpan<byte>>? came = null) : IBarLog, IBarReceiver
{
    private IBarReceiver _receiver = null!;
    private long _began;
    private long _ended;

    public string Topic => log.Topic;

    public int Partitions => log.Partitions;

    /// <summary>Messages so far.</summary>
    public long Messages { get; private set; }

    /// <summary>From the first message handed over to the last counted.</summary>
    public TimeSpan Took => Stopwatch.GetElapsedTime(_began, _ended);

    /// <summary>From the first message handed over until now.</summary>
    public TimeSpan Since => Stopwatch.GetElapsedTime(_began);

    public void Poll(IBarReceiver receiver, TimeSpan wait)
    {
        _receiver = receiver;
        log.Poll(this, wait);
        if (_ended == 0 && Messages >= expected)
        {
            _ended = Stopwatch.GetTimestamp();
        }
    }

    public IReadOnlyList<long>? Ends() => log.Ends();

    public void Inform(int partition, long offset) => log.Inform(partition, offset);

    public long? Lag(int partition) => log.Lag(partition);

    public IReadOnlyList<long> Assigned(IReadOnlyList<int> partitions) => _receiver.Assigned(partitions);

    public void Revoked(IReadOnlyList<int> partitions, bool lost) => _receiver.Revoked(partitions, lost);

    public void Message(int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (Messages++ == 0)
        {
            _began = Stopwatch.GetTimestamp();
        }

        came?.Invoke(partition, value);
        _receiver.Message(partition, offset, key, value);
    }

    public void End(int partition, long next) => _receiver.End(partition, next);

    public void Dispose() => log.Dispose();
}
