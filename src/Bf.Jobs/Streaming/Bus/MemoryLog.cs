using Bf.Jobs.Streaming.Replay;

namespace Bf.Jobs.Streaming.Bus;

/// <summary>
/// A log within the process, for when there is no Kafka: one writer on a thread of its own, one reader, who gets all partitions. What is full makes the writer wait;
/// what was read is gone.
/// </summary>
/// <param name="topic">The topic's name.</param>
/// <param name="partitions">The number of partitions.</param>
internal sealed class MemoryLog(string topic, int partitions) : IBarLog, IReplayTarget
{
    private const int MostWaiting = 65_536;
    private static readonly TimeSpan Room = TimeSpan.FromMilliseconds(20);

    private readonly Queue<(byte[] Key, byte[] Value)>[] _messages = [.. Enumerable.Range(0, partitions).Select(_ => new Queue<(byte[], byte[])>())];
    private readonly long[] _next = new long[partitions];
    private readonly object _gate = new();
    private int _waiting;
    private bool _assigned;
    private bool _complete;

    public string Topic => topic;

    public int Partitions => partitions;

    public int Pending => 0;

    public bool TryPut(int partition, ReadOnlySpan<byte> symbol, ReadOnlySpan<byte> value, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            if (_waiting >= MostWaiting)
            {
                Monitor.Wait(_gate, Room);
            }

            if (_waiting >= MostWaiting)
            {
                return false;
            }

            _messages[partition].Enqueue((symbol.ToArray(), value.ToArray()));
            _waiting++;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    public void Tick()
    {
    }

    public void Hurry()
    {
    }

    /// <summary>Says that nothing more comes.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _complete = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Abandon()
    {
    }

    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _complete && _waiting == 0;
            }
        }
    }

    public void Poll(IBarReceiver receiver, TimeSpan wait)
    {
        if (!_assigned)
        {
            _assigned = true;
            receiver.Assigned([.. Enumerable.Range(0, partitions)]);
        }

        foreach (var (partition, messages) in Take(wait))
        {
            foreach (var (key, value) in messages)
            {
                receiver.Message(partition, _next[partition]++, key, value);
            }

            receiver.End(partition, _next[partition]);
        }
    }

    public IReadOnlyList<long>? Ends()
    {
        lock (_gate)
        {
            return [.. _messages.Select((m, p) => _next[p] + m.Count)];
        }
    }

    public void Inform(int partition, long offset)
    {
    }

    public long? Lag(int partition)
    {
        lock (_gate)
        {
            return _messages[partition].Count;
        }
    }

    public void Dispose()
    {
    }

    /// <summary>Everything that waits, by partition; after the wait nothing for each.</summary>
    private List<(int Partition, (byte[] Key, byte[] Value)[] Messages)> Take(TimeSpan wait)
    {
        lock (_gate)
        {
            if (_waiting == 0 && !_complete)
            {
                Monitor.Wait(_gate, wait);
            }

            List<(int, (byte[], byte[])[])> taken = [.. _messages.Select((m, p) => (p, m.ToArray()))];
            Array.ForEach(_messages, m => m.Clear());
            _waiting = 0;
            Monitor.PulseAll(_gate);
            return taken;
        }
    }
}
