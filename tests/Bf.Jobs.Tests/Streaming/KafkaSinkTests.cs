using System.Text;
using System.Text.Json.Nodes;
using Bf.Core.Market;
using Bf.Jobs.Generate;
using Bf.Jobs.Signals;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Sinks;
using Confluent.Kafka;
using Timestamp = Bf.Core.Market.Timestamp;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>The topic of results, on the real broker: librdkafka's own brokers fence nobody, and show what was undone.</summary>
public sealed class KafkaSinkTests
{
    private const int Dates = 120;

    [Fact]
    public void Rows_come_once_however_often_they_are_put_and_again_where_they_changed()
    {
        var (kafka, topic, first, corrected) = Made();
        using (var sink = new KafkaSink(kafka, topic, TimeProvider.System, topic))
        {
            sink.Begin(long.MinValue, 1);
            sink.Put(Batch(first, 0, 100));
            sink.Put(Batch(first, 90, 100));
            sink.Flush();
        }

        var rows = Committed(kafka, topic);
        Assert.Equal(100, rows.Count);
        var row = JsonNode.Parse(rows[60].Value)!;
        Assert.Equal("all|1d", rows[60].Key);
        Assert.Equal("all", (string?)row["universe"]);
        Assert.True((bool?)row["final"]);
        Assert.Equal(Timestamp.ToMoment(first.Panel.Ts[60]), (DateTimeOffset)row["ts"]!);
        Assert.Equal(first.Panel.Tally[Core.Breadth.TallyColumn.Adv][60], (long)row["adv"]!);
        Assert.Equal("1d", Encoding.UTF8.GetString(rows[60].Message.Headers.GetLastBytes("granularity")));

        // a restart puts everything from its checkpoint on again, here with the last dates corrected
        using (var sink = new KafkaSink(kafka, topic, TimeProvider.System, topic))
        {
            sink.Begin(first.Panel.Ts[80], 1);
            sink.Put(Batch(corrected, 80, Dates));
            sink.Flush();
        }

        var after = Committed(kafka, topic);
        Assert.Equal(rows.Select(r => r.Value), after.Take(100).Select(r => r.Value));
        var again = after.Skip(100).Select(r => r.Ts).ToList();
        Assert.Equal([.. Changed(first, corrected, 80, 100), .. corrected.Panel.Ts[100..Dates]], again);
        Assert.NotEqual(Dates - 80, again.Count);
        var last = after.GroupBy(r => r.Ts).ToDictionary(g => g.Key, g => g.Last().Value);
        Assert.Equal(Dates, last.Count);
        Assert.All(SignalMessages.Of(Batch(corrected, 80, Dates)), m => Assert.Equal(Encoding.UTF8.GetString(m.Value), last[m.Ts]));

        // back to before the correction, from the very beginning: all that differs comes once more, and nothing else
        using (var sink = new KafkaSink(kafka, topic, TimeProvider.System, topic))
        {
            sink.Begin(long.MinValue, 1);
            sink.Put(Batch(first, 0, Dates));
            sink.Flush();
        }

        Assert.Equal(Changed(first, corrected, 80, Dates), Committed(kafka, topic).Skip(after.Count).Select(r => r.Ts));
    }

    [Fact]
    public void Values_of_open_times_are_marked_and_come_before_the_final_one()
    {
        var (kafka, topic, first, corrected) = Made();
        var at = first.Panel.Ts.Length - 1;
        using (var sink = new KafkaSink(kafka, topic, TimeProvider.System, topic))
        {
            Assert.True(sink.TakesProvisional);
            sink.Begin(long.MinValue, 1);
            sink.Put(Batch(first, at, at + 1, final: false));
            sink.Put(Batch(first, at, at + 1, final: false));
            sink.Flush();
            sink.Put(Batch(corrected, at, at + 1, final: false));
            sink.Put(Batch(corrected, at, at + 1));
            sink.Flush();
        }

        var rows = Committed(kafka, topic);
        Assert.Equal([first.Panel.Ts[at]], rows.Select(r => r.Ts).Distinct());
        Assert.True(rows[^1].IsFinal);
        Assert.Single(rows, r => r.IsFinal);
        Assert.InRange(rows.Count, 2, 3);

        // they are no rows that a restart could take for sent
        Assert.Equal(1, CommittedRows.Read(kafka, topic, 1, long.MinValue, TimeProvider.System).Count);
    }

    [Fact]
    public void A_time_that_was_told_as_final_is_not_told_as_open_after_a_restart()
    {
        var (kafka, topic, first, corrected) = Made();
        using (var sink = new KafkaSink(kafka, topic, TimeProvider.System, topic))
        {
            sink.Begin(long.MinValue, 1);
            sink.Put(Batch(first, 90, 100));
            sink.Flush();
        }

        // the first partition that is read again says less than all of them had said
        using (var sink = new KafkaSink(kafka, topic, TimeProvider.System, topic))
        {
            sink.Begin(first.Panel.Ts[95], 1);
            sink.Put(Batch(corrected, 95, 96, final: false));
            sink.Put(Batch(first, 100, 101, final: false));
            sink.Flush();
            sink.Put(Batch(first, 95, 100));
            sink.Put(Batch(first, 101, 102));
            sink.Flush();
        }

        var rows = Committed(kafka, topic);
        Assert.All(rows.Where(r => r.Ts < first.Panel.Ts[100]), r => Assert.True(r.IsFinal));
        Assert.Contains(rows, r => r.Ts == first.Panel.Ts[100] && !r.IsFinal);
    }

    [Fact]
    public void Who_was_taken_over_from_sends_no_more()
    {
        var (kafka, topic, first, corrected) = Made();
        using var zombie = new KafkaSink(kafka, topic, TimeProvider.System, topic);
        zombie.Begin(long.MinValue, 1);
        zombie.Put(Batch(first, 0, 10));
        zombie.Flush();

        using var successor = new KafkaSink(kafka, topic, TimeProvider.System, topic);
        successor.Begin(first.Panel.Ts[5], 1);
        zombie.Put(Batch(first, 10, 20));
        Assert.Throws<OutputTakenException>(zombie.Flush);
        Assert.Throws<OutputTakenException>(() => zombie.Put(Batch(first, 20, 30)));

        successor.Put(Batch(first, 5, 15));
        successor.Flush();
        Assert.Equal(first.Panel.Ts[..15], Committed(kafka, topic).Select(r => r.Ts));
    }

    [Fact]
    public void A_transaction_that_died_is_neither_seen_nor_taken_for_sent()
    {
        var (kafka, topic, first, _) = Made();
        using var dead = new ProducerBuilder<byte[], byte[]>(new ProducerConfig(kafka.Client()) { TransactionalId = $"bf-{topic}-{topic}" }).Build();
        dead.InitTransactions(TimeSpan.FromSeconds(30));
        dead.BeginTransaction();
        foreach (var message in SignalMessages.Of(Batch(first, 0, 10)))
        {
            dead.Produce(topic, new() { Key = message.Key, Value = message.Value });
        }

        dead.Flush(TimeSpan.FromSeconds(30));

        using var sink = new KafkaSink(kafka, topic, TimeProvider.System, topic);
        sink.Begin(long.MinValue, 1);
        sink.Put(Batch(first, 0, 12));
        sink.Flush();

        Assert.Equal(first.Panel.Ts[..12], Committed(kafka, topic).Select(r => r.Ts));
    }

    private static ResultBatch Batch(UniverseResults results, int from, int end, bool final = true) =>
        new(results with { From = from, End = end }, Interval.Day, GenerateSettings.Usual, $"run-{Guid.NewGuid():N}", final);

    private static List<long> Changed(UniverseResults one, UniverseResults other, int from, int end) =>
        [.. SignalMessages.Of(Batch(one, from, end)).Zip(SignalMessages.Of(Batch(other, from, end))).Where(p => !p.First.Value.SequenceEqual(p.Second.Value)).Select(p => p.First.Ts)];

    /// <summary>A market, and the same after some late bars of its 95th date, and a topic for it.</summary>
    private static (KafkaSettings Kafka, string Topic, UniverseResults First, UniverseResults Corrected) Made()
    {
        var kafka = KafkaGroupTests.Kafka(out var topic, partitions: 1);
        using var lake = new TestLake();
        var bars = Market.Random(12, Dates);
        lake.Import(bars);
        lake.Generate();
        var first = Results(lake);
        var day = first.Panel.Ts[95];
        lake.Import([.. bars.Where(b => b.Ts == day).Select(b => b with { Close = b.Low, AdjClose = b.Low * 0.97 })]);
        lake.Generate();
        return (kafka, topic, first, Results(lake));
    }

    private static UniverseResults Results(TestLake lake)
    {
        var signals = SignalReader.Read(lake.Lake, Universe.All, Interval.Day);
        return new(Universe.All, signals.Panel, signals.Score, signals.Memory, 0, signals.Panel.Count);
    }

    private static List<(string Key, string Value, long Ts, bool IsFinal, Message<byte[], byte[]> Message)> Committed(KafkaSettings kafka, string topic) =>
        [.. KafkaReading.All(kafka, topic, 1)[0].Select(m =>
        {
            var json = JsonNode.Parse(m.Value)!;
            return (Encoding.UTF8.GetString(m.Key), Encoding.UTF8.GetString(m.Value), Timestamp.Of((DateTimeOffset)json["ts"]!), (bool)json["final"]!, m);
        })];
}
