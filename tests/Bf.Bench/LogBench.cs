using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Bus;
using Confluent.Kafka;

namespace Bf.Bench;

/// <summary>How fast a topic that is there already is read, by what <c>bf stream run</c> reads it with; each time in a new group, from the beginning to the end.</summary>
internal static class LogBench
{
    public static void Write(TextWriter output, string servers, string topic, long rows)
    {
        var kafka = new KafkaSettings(servers);
        Fill(kafka, topic, rows);
        foreach (var parse in (ReadOnlySpan<bool>)[false, true])
        {
            var what = parse ? "parsed, key hashed" : "handed over";
            var receiver = new Reader(parse);
            using (var log = new KafkaBarLog(kafka, topic, $"bench-{Guid.NewGuid():N}", TimeProvider.System))
            {
                while (receiver.Ended < log.Partitions)
                {
                    log.Poll(receiver, TimeSpan.FromMilliseconds(100));
                }
            }

            Line(output, what, receiver);
        }
    }

    /// <summary>A number such as 2.5M.</summary>
    public static long Count(string text) => (long)((text[^1] switch { 'M' => 1e6, 'k' => 1e3, _ => 1 }) * double.Parse(text.TrimEnd('M', 'k'), CultureInfo.InvariantCulture));

    private static void Fill(KafkaSettings kafka, string topic, long rows)
    {
        using var topics = new KafkaTopics(kafka);
        if (!topics.Ensure(topic, 4).Created)
        {
            return;
        }

        const int Symbols = 5000;
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig(kafka.Client()) { EnableIdempotence = true, CompressionType = CompressionType.Lz4, LingerMs = 5, QueueBufferingMaxMessages = 100_000 }).Build();
        var chance = new Random(1);
        var room = new byte[512];
        for (var i = 0L; i < rows; i++)
        {
            var symbol = Encoding.UTF8.GetBytes($"S{i % Symbols}");
            var price = Math.Round(10 + (90 * chance.NextDouble()), 2);
            var length = BarJson.Write(room, symbol, new Bar { Ts = i / Symbols * Bf.Core.Market.Timestamp.Day, Open = price, High = price + 1, Low = price - 1, Close = price, AdjClose = price, Volume = chance.Next(10_000_000) });
            while (true)
            {
                try
                {
                    producer.Produce(topic, new() { Key = symbol, Value = room[..length] });
                    break;
                }
                catch (ProduceException<byte[], byte[]> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
                {
                    producer.Flush(TimeSpan.FromMilliseconds(50));
                }
            }
        }

        producer.Flush(TimeSpan.FromMinutes(1));
    }

    private static void Line(TextWriter output, string name, Reader read) => output.WriteLine($"{name,-20} {read.Messages,12:N0} {read.Messages / read.Seconds / 1000,8:N0} k/s {read.Bytes / read.Seconds / 1e6,8:N0} MB/s");

    private sealed class Reader(bool parse) : IBarReceiver
    {
        private long _began;
        private long _ended;

        public long Messages { get; private set; }

        public long Bytes { get; private set; }

        public long Sum { get; private set; }

        public int Ended { get; private set; }

        public double Seconds => Stopwatch.GetElapsedTime(_began, _ended).TotalSeconds;

        public IReadOnlyList<long> Assigned(IReadOnlyList<int> partitions) => new long[partitions.Count];

        public void Revoked(IReadOnlyList<int> partitions, bool lost)
        {
        }

        public void Message(int partition, long offset, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
        {
            if (Messages++ == 0)
            {
                _began = Stopwatch.GetTimestamp();
            }

            Bytes += value.Length;
            if (parse && BarJson.Read(value, out var bar) is null)
            {
                var hash = new HashCode();
                hash.AddBytes(key);
                Sum += hash.ToHashCode() + bar.Ts + bar.Volume;
            }
        }

        public void End(int partition, long next)
        {
            Ended++;
            _ended = Stopwatch.GetTimestamp();
        }
    }
}
