using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace Bf.Jobs.Streaming.Kafka;

/// <summary>
/// The final rows that stand at the end of the output topic, those of a time on, and what each says. Corrections and new starts put earlier rows
/// after later ones; so each message says in a header what the latest time before it was, and reading back ends where that lies before the time.
/// </summary>
internal sealed class CommittedRows
{
    /// <summary>The header that holds the latest time of all final rows before a message, microseconds since 1970-01-01 UTC.</summary>
    public const string LatestHeader = "latest";

    private const int FirstReach = 1000;

    private readonly Dictionary<(string Key, long Ts), UInt128> _prints = [];

    private CommittedRows()
    {
    }

    /// <summary>The latest time of all final rows of the topic; null where there are none.</summary>
    public long? Latest { get; private set; }

    /// <summary>How many rows are known.</summary>
    public int Count => _prints.Count;

    /// <summary>Reads the end of a topic.</summary>
    /// <param name="kafka">Where Kafka is.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="partitions">Its partitions.</param>
    /// <param name="from">The earliest time that is asked for.</param>
    /// <param name="clock">The clock of waits.</param>
    public static CommittedRows Read(KafkaSettings kafka, string topic, int partitions, long from, TimeProvider clock) => KafkaFault.Guard(kafka, () =>
    {
        var rows = new CommittedRows();
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig(kafka.Client())
        {
            GroupId = topic,
            EnableAutoCommit = false,
            EnablePartitionEof = true,
            IsolationLevel = IsolationLevel.ReadCommitted,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            FetchQueueBackoffMs = 10,
        }).SetLogHandler((_, m) => KafkaLog.Write(m)).SetErrorHandler((_, e) => KafkaLog.Write(e)).Build();
        for (var p = 0; p < partitions; p++)
        {
            rows.ReadBack(consumer, new(topic, p), from, clock);
        }

        return rows;
    });

    /// <summary>Whether a row was sent.</summary>
    public bool Has((string Key, long Ts) row) => _prints.ContainsKey(row);

    /// <summary>Notes what a row says from now on.</summary>
    /// <returns>False where it says that already.</returns>
    public bool Change(SignalMessage message)
    {
        var print = SignalMessage.Print(message.Value);
        if (_prints.TryGetValue(message.Row, out var known) && known == print)
        {
            return false;
        }

        _prints[message.Row] = print;
        Pass(message.Ts);
        return true;
    }

    private void Pass(long ts) => Latest = Latest is { } latest && latest >= ts ? latest : ts;

    private void ReadBack(IConsumer<byte[], byte[]> consumer, TopicPartition partition, long from, TimeProvider clock)
    {
        var ends = consumer.Ends(partition, clock);
        var (low, end) = (ends.Low.Value, ends.High.Value);
        for (long reach = FirstReach; end > low; reach *= 4)
        {
            var start = Math.Max(low, end - reach);
            if (ReadBetween(consumer, partition, start, end, from))
            {
                return;
            }

            end = start;
        }
    }

    /// <returns>Whether no row of a time asked for can lie before.</returns>
    private bool ReadBetween(IConsumer<byte[], byte[]> consumer, TopicPartition partition, long start, long end, long from)
    {
        var found = new Dictionary<(string Key, long Ts), UInt128>();
        var (first, isDone) = (true, false);
        consumer.Assign(new TopicPartitionOffset(partition, start));
        while (true)
        {
            var result = consumer.Consume(TimeSpan.FromSeconds(30)) ?? throw new KafkaException(ErrorCode.Local_TimedOut);
            if (result.IsPartitionEOF || result.Offset >= end)
            {
                break;
            }

            if (FinalTime(result.Message.Value) is not { } ts)
            {
                continue;
            }

            var before = Before(result.Message.Headers);
            if (first)
            {
                (first, isDone) = (false, before < from);
            }

            Pass(ts);
            if (before is { } latest)
            {
                Pass(latest);
            }

            if (ts >= from)
            {
                found[(Encoding.UTF8.GetString(result.Message.Key ?? []), ts)] = SignalMessage.Print(result.Message.Value);
            }
        }

        foreach (var (row, print) in found)
        {
            // what was read already came later
            _prints.TryAdd(row, print);
        }

        return isDone;
    }

    private static long? Before(Headers headers) =>
        headers.TryGetLastBytes(LatestHeader, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var ts) ? ts : null;

    /// <summary>The time of a final row; null of what is none.</summary>
    private static long? FinalTime(byte[]? value)
    {
        try
        {
            var json = new Utf8JsonReader(value);
            long? ts = null;
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                {
                    continue;
                }

                if (json.ValueTextEquals("ts"u8) && json.Read())
                {
                    ts = Core.Market.Timestamp.Of(json.GetDateTimeOffset());
                }
                else if (json.ValueTextEquals("final"u8) && json.Read())
                {
                    return json.GetBoolean() ? ts : null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // somebody else's
        }

        return null;
    }
}
