using System.Runtime.InteropServices;
using Bf.Jobs.Streaming.Kafka;
using Confluent.Kafka;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>
/// Brokers inside this process: librdkafka's mock cluster. It knows topics, partitions, groups and faults; it fences no producer and
/// keeps 5 MB a partition, so it says nothing about exactly-once. A test that asks for it is skipped where librdkafka can't be built.
/// </summary>
internal sealed unsafe class MockKafka : IDisposable
{
    private readonly nint _library;
    private readonly nint _client;
    private readonly nint _cluster;

    /// <param name="brokers">How many.</param>
    public MockKafka(int brokers = 1)
    {
        _library = Library();
        var error = stackalloc byte[512];
        const int Producer = 0;
        var conf = ((delegate* unmanaged<nint>)Function("rd_kafka_conf_new"))();
        fixed (byte* name = "log_level\0"u8, value = "0\0"u8) // it warns that it has no broker, since it is one
        {
            ((delegate* unmanaged<nint, byte*, byte*, byte*, nuint, int>)Function("rd_kafka_conf_set"))(conf, name, value, error, 512);
        }

        _client = ((delegate* unmanaged<int, nint, byte*, nuint, nint>)Function("rd_kafka_new"))(Producer, conf, error, 512);
        _cluster = ((delegate* unmanaged<nint, int, nint>)Function("rd_kafka_mock_cluster_new"))(_client, brokers);
        // a group need not wait for more members
        ((delegate* unmanaged<nint, int, void>)Function("rd_kafka_mock_group_initial_rebalance_delay_ms"))(_cluster, 0);
        Settings = new(Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<nint, byte*>)Function("rd_kafka_mock_cluster_bootstraps"))(_cluster))!);
    }

    /// <summary>How it is reached.</summary>
    public KafkaSettings Settings { get; }

    /// <summary>librdkafka; the test is skipped where it can't be built. Call it on the test's own thread.</summary>
    public static nint Library()
    {
        try
        {
            return KafkaLibrary.Ensure(Environment.GetEnvironmentVariable("BF_LIBRDKAFKA"));
        }
        catch (JobException e)
        {
            Assert.Skip($"librdkafka is not here: {e.Message}");
            throw;
        }
    }

    /// <summary>Creates a topic. One that is only asked for is created with four partitions.</summary>
    public MockKafka Topic(string name, int partitions)
    {
        var text = Marshal.StringToCoTaskMemUTF8(name);
        ((delegate* unmanaged<nint, nint, int, int, int>)Function("rd_kafka_mock_topic_create"))(_cluster, text, partitions, 1);
        Marshal.FreeCoTaskMem(text);
        return this;
    }

    /// <summary>Takes a broker away; its connections break.</summary>
    public void Down(int broker = 1) => ((delegate* unmanaged<nint, int, int>)Function("rd_kafka_mock_broker_set_down"))(_cluster, broker);

    /// <summary>Brings a broker back.</summary>
    public void Up(int broker = 1) => ((delegate* unmanaged<nint, int, int>)Function("rd_kafka_mock_broker_set_up"))(_cluster, broker);

    /// <summary>Answers the next requests of a kind with errors, in this order.</summary>
    /// <param name="api">The request's number in the protocol: 0 Produce, 1 Fetch, 3 Metadata, ...</param>
    /// <param name="errors">The errors; NoError lets a request pass.</param>
    public void Fail(short api, params ErrorCode[] errors)
    {
        fixed (int* codes = Array.ConvertAll(errors, e => (int)e))
        {
            ((delegate* unmanaged<nint, short, nuint, int*, void>)Function("rd_kafka_mock_push_request_errors_array"))(_cluster, api, (nuint)errors.Length, codes);
        }
    }

    /// <summary>All messages of a topic by partition, in order of offset.</summary>
    public List<Message<byte[], byte[]>>[] Read(string topic, int partitions) => KafkaReading.All(Settings, topic, partitions);

    /// <inheritdoc/>
    public void Dispose()
    {
        ((delegate* unmanaged<nint, void>)Function("rd_kafka_mock_cluster_destroy"))(_cluster);
        ((delegate* unmanaged<nint, void>)Function("rd_kafka_destroy"))(_client);
    }

    private nint Function(string name) => NativeLibrary.GetExport(_library, name);
}
