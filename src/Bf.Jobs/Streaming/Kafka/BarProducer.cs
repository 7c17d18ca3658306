using System.Runtime.InteropServices;
using Bf.Jobs.Streaming.Traces;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// Puts messages into one topic: idempotent, acknowledged by all replicas, in order within a partition, sent again for as long as Kafka is gone.
/// Its queue is bounded. Only failures are reported, the first is kept, and no later message passes for delivered. One thread at a time.
/// </summary>
internal sealed unsafe class BarProducer : IDisposable
{
    private const int QueueFull = -184;
    private const int Producer = 0;
    private const int Copy = 2;
    private const int PurgeAll = 1 | 2; // what waits in the queue and what is under way
    private readonly Rdkafka _kafka;
    private readonly nint _client;
    private readonly nint _topic;
    private readonly byte[] _granularity;
    private GCHandle _self;
    private int _failures;
    private byte[]? _trace;

    /// <param name="settings">How Kafka is reached.</param>
    /// <param name="topic">Where messages go.</param>
    /// <param name="compression">lz4, zstd, snappy, gzip or none.</param>
    /// <param name="granularity">The header of that name.</param>
    /// <exception cref="JobException">The library does not know the compression.</exception>
    public BarProducer(KafkaSettings settings, string topic, string compression, string granularity)
    {
        var client = settings.Client();
        _kafka = new(KafkaLibrary.Ensure(settings.Library));
        _granularity = System.Text.Encoding.UTF8.GetBytes(granularity);
        var conf = _kafka.ConfNew();
        foreach (var (name, value) in client)
        {
            Set(conf, name, value);
        }

        Set(conf, "enable.idempotence", "true");
        Set(conf, "acks", "all");
        Set(conf, "compression.type", compression);
        Set(conf, "linger.ms", "5");
        Set(conf, "message.timeout.ms", "0"); // how long is waited is decided by who sends, on a clock that stops with the process
        Set(conf, "queue.buffering.max.messages", "100000");
        Set(conf, "queue.buffering.max.kbytes", "65536");
        Set(conf, "delivery.report.only.error", "true");
        _self = GCHandle.Alloc(this);
        _kafka.ConfSetOpaque(conf, GCHandle.ToIntPtr(_self));
        _kafka.ConfSetReport(conf, &Report);
        _kafka.ConfSetLog(conf, &Say);
        _kafka.ConfSetError(conf, &Fail);
        var error = stackalloc byte[512];
        _client = _kafka.New(Producer, conf, error, 512);
        if (_client == 0)
        {
            _kafka.ConfDestroy(conf);
            _self.Free();
            throw new JobException($"Kafka's client could not be made: {Rdkafka.Text(error)}");
        }

        var name0 = Marshal.StringToCoTaskMemUTF8(topic);
        _topic = _kafka.TopicNew(_client, name0, 0);
        Marshal.FreeCoTaskMem(name0);
    }

    /// <summary>How many messages are not acknowledged yet.</summary>
    public int Pending => _kafka.Pending(_client);

    /// <summary>Why messages were given up, and how many so far; null when none was.</summary>
    public string? Failure { get; private set; }

    /// <summary>What Kafka's client last complained of.</summary>
    public string? Complaint { get; private set; }

    /// <summary>The span that the messages which follow are to name; null for none.</summary>
    public void Trace(string? parent) => _trace = parent is null ? null : TraceHeader.Write(parent);

    /// <summary>Takes a message.</summary>
    /// <returns>False while the queue is full.</returns>
    /// <exception cref="JobException">It can't be sent at all.</exception>
    public bool TryPut(int partition, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ReadOnlySpan<byte> source)
    {
        var parts = stackalloc Rdkafka.Part[8];
        fixed (byte* keyBytes = key, valueBytes = value, sourceBytes = source, granularity = _granularity, sourceName = "source\0"u8, granularityName = "granularity\0"u8, trace = _trace, traceName = "traceparent\0"u8)
        {
            parts[0] = new() { Kind = Rdkafka.PartKind.Topic, Handle = _topic };
            parts[1] = new() { Kind = Rdkafka.PartKind.Partition, Number = partition };
            parts[2] = new() { Kind = Rdkafka.PartKind.Flags, Number = Copy };
            parts[3] = new() { Kind = Rdkafka.PartKind.Key, Bytes = keyBytes, Length = key.Length };
            parts[4] = new() { Kind = Rdkafka.PartKind.Value, Bytes = valueBytes, Length = value.Length };
            parts[5] = new() { Kind = Rdkafka.PartKind.Header, Name = sourceName, HeaderBytes = sourceBytes, HeaderLength = source.Length };
            parts[6] = new() { Kind = Rdkafka.PartKind.Header, Name = granularityName, HeaderBytes = granularity, HeaderLength = _granularity.Length };
            parts[7] = new() { Kind = Rdkafka.PartKind.Header, Name = traceName, HeaderBytes = trace, HeaderLength = _trace?.Length ?? 0 };
            var error = _kafka.Produce(_client, parts, _trace is null ? 7u : 8u);
            if (error == 0)
            {
                return true;
            }

            var (code, text) = (_kafka.ErrorCode(error), Rdkafka.Text(_kafka.ErrorText(error)));
            _kafka.ErrorDestroy(error);
            return code == QueueFull ? false : throw new JobException($"Kafka's client refuses a message: {text}");
        }
    }

    /// <summary>Hears of failures; waits for something to hear for at most so long.</summary>
    public void Poll(int milliseconds) => _kafka.Poll(_client, milliseconds);

    /// <summary>Sends what waits; waits for acknowledgements for at most so long.</summary>
    /// <returns>Whether all have come.</returns>
    public bool Flush(int milliseconds) => _kafka.Flush(_client, milliseconds) == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        // what nobody waits for any more would hold up the end
        _kafka.Purge(_client, PurgeAll);
        _kafka.TopicDestroy(_topic);
        _kafka.Destroy(_client);
        _self.Free();
    }

    private void Set(nint conf, string name, string value)
    {
        var error = stackalloc byte[512];
        var (n, v) = (Marshal.StringToCoTaskMemUTF8(name), Marshal.StringToCoTaskMemUTF8(value));
        var answer = _kafka.ConfSet(conf, n, v, error, 512);
        Marshal.FreeCoTaskMem(n);
        Marshal.FreeCoTaskMem(v);
        if (answer != 0)
        {
            _kafka.ConfDestroy(conf);
            throw new JobException($"Kafka's client: {Rdkafka.Text(error)}");
        }
    }

    private void Failed(int code)
    {
        _failures++;
        Failure = $"{_failures} messages could not be delivered: {Rdkafka.Text(_kafka.CodeText(code))}";
    }

    private static BarProducer Self(nint opaque) => (BarProducer)GCHandle.FromIntPtr(opaque).Target!;

    [UnmanagedCallersOnly]
    private static void Report(nint client, Rdkafka.Message* message, nint opaque)
    {
        if (message->Error != 0)
        {
            Self(opaque).Failed(message->Error);
        }
    }

    [UnmanagedCallersOnly]
    private static void Fail(nint client, int code, byte* reason, nint opaque)
    {
        var text = Rdkafka.Text(reason);
        Self(opaque).Complaint = text;
        Log.Debug($"librdkafka: {text}");
    }

    [UnmanagedCallersOnly]
    private static void Say(nint client, int level, byte* facility, byte* text) => Log.Debug($"librdkafka: {Rdkafka.Text(text)}");
}
