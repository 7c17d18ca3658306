using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// The messages of some partitions of a consumer, many at a time and where librdkafka has them. Confluent's <c>Consume</c> makes four objects
/// of every message and shows its bytes to a deserializer that is not told the offset; group, assignments and events stay with it.
/// Events wait in the consumer's own queue, so that no partition is taken away between two messages of a batch.
/// </summary>
internal sealed unsafe class MessageQueue : IDisposable
{
    private readonly nint _library;
    private readonly SafeHandle _client;
    private readonly nint _queue;
    private readonly delegate* unmanaged<nint, int, nint*, nint, nint> _take;
    private readonly delegate* unmanaged<nint, void> _free;
    private readonly nint[] _batch;
    private int _held;

    /// <summary>Makes the queue; it has to go before the consumer does.</summary>
    /// <param name="library">librdkafka, as it was loaded.</param>
    /// <param name="consumer">The consumer's handle.</param>
    /// <param name="most">The most messages at a time.</param>
    public MessageQueue(nint library, Handle consumer, int most)
    {
        _library = library;
        _client = (SafeHandle)Native(consumer);
        _batch = new nint[most];
        _take = (delegate* unmanaged<nint, int, nint*, nint, nint>)Entry("rd_kafka_consume_batch_queue");
        _free = (delegate* unmanaged<nint, void>)Entry("rd_kafka_message_destroy");
        _queue = ((delegate* unmanaged<nint, nint>)Entry("rd_kafka_queue_new"))(_client.DangerousGetHandle());
    }

    /// <summary>Leads the messages of a partition here, from its assignment on: to be called before it is assigned.</summary>
    public void Lead(TopicPartition partition)
    {
        var topic = Marshal.StringToCoTaskMemUTF8(partition.Topic);
        var queue = ((delegate* unmanaged<nint, nint, int, nint>)Entry("rd_kafka_queue_get_partition"))(_client.DangerousGetHandle(), topic, partition.Partition.Value);
        Marshal.FreeCoTaskMem(topic);
        ((delegate* unmanaged<nint, nint, void>)Entry("rd_kafka_queue_forward"))(queue, _queue);
        Destroy(queue);
    }

    /// <summary>The next messages; those before them are gone. When there are none, waits for the first that comes.</summary>
    public ReadOnlySpan<nint> Next(TimeSpan wait)
    {
        Free();
        // a batch waits until it is full or the time is over: so none waits, but for its first message
        _held = Take(0, _batch.Length);
        if (_held == 0 && wait > TimeSpan.Zero)
        {
            _held = Take((int)wait.TotalMilliseconds, 1);
        }

        return _batch.AsSpan(0, _held);
    }

    /// <summary>A message of the last batch.</summary>
    public static ref readonly Message At(nint message) => ref Unsafe.AsRef<Message>((void*)message);

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        Destroy(_queue);
    }

    private void Free()
    {
        for (var i = 0; i < _held; i++)
        {
            _free(_batch[i]);
        }

        _held = 0;
    }

    private int Take(int milliseconds, int most)
    {
        fixed (nint* batch = _batch)
        {
            return (int)_take(_queue, milliseconds, batch, most);
        }
    }

    private void Destroy(nint queue) => ((delegate* unmanaged<nint, void>)Entry("rd_kafka_queue_destroy"))(queue);

    private nint Entry(string name) => NativeLibrary.GetExport(_library, name);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_LibrdkafkaHandle")]
    [return: UnsafeAccessorType("Confluent.Kafka.Impl.SafeKafkaHandle, Confluent.Kafka")]
    private static extern object Native(Handle handle);

    /// <summary><c>rd_kafka_message_t</c> of rdkafka.h; an event of a partition (its end, an error) where <see cref="Error"/> is not 0.</summary>
    [StructLayout(LayoutKind.Sequential)]
    [SuppressMessage("Performance", "CA1823:Avoid unused private fields", Justification = "librdkafka's layout")]
    public readonly struct Message
    {
        public readonly ErrorCode Error;
        private readonly nint _topic;
        public readonly int Partition;
        private readonly byte* _value;
        private readonly nint _valueLength;
        private readonly byte* _key;
        private readonly nint _keyLength;
        public readonly long Offset;

        public ReadOnlySpan<byte> Value => new(_value, (int)_valueLength);

        public ReadOnlySpan<byte> Key => new(_key, (int)_keyLength);
    }
}
