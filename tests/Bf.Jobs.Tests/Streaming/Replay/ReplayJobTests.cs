using System.Text;
using Bf.Core.Exchange;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Streaming.Kafka;
using Bf.Jobs.Streaming.Bus;
using Bf.Jobs.Streaming.Replay;
using Confluent.Kafka;

namespace Bf.Jobs.Tests.Streaming.Replay;

public sealed class ReplayJobTests : IDisposable
{
    private const int Symbols = 20;
    private const int Days = 300;
    private const int Partitions = 3;
    private const short Produce = 0;
    private const string Topic = "quotes";
    private static readonly List<Bar> Bars = Market.Random(Symbols, Days);
    private static readonly ReplayRequest Request = new(Universe.All, Interval.Day, null, null, null) { Topic = Topic, Partitions = Partitions };
    private readonly TestLake _lake = new();

    public ReplayJobTests() => _lake.Import(Bars);

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void Each_bar_of_the_lake_stands_in_the_topic_once()
    {
        using var kafka = new MockKafka().Topic(Topic, Partitions);

        var result = Run(kafka.Settings);

        Assert.Equal((Bars.Count, 0, Partitions, false), (result.Bars, result.Skipped, result.Partitions, result.Created));
        AssertWhole(kafka.Read(Topic, Partitions));
        Assert.Equal($"data replay|{Bars.Count}|done", _lake.Value("SELECT concat_ws('|', command, rows, outcome) FROM runs WHERE command = 'data replay'"));
    }

    [Fact]
    public void An_interrupted_replay_is_resumed_without_a_gap_or_a_double()
    {
        using var kafka = new MockKafka().Topic(Topic, Partitions);
        using var interrupt = new CancellationTokenSource();
        var looks = 0;

        Assert.Throws<OperationCanceledException>(() => { Run(kafka.Settings, paused: () => Interrupt(), cancel: interrupt.Token); });
        var before = kafka.Read(Topic, Partitions).Sum(p => p.Count);
        var result = Run(kafka.Settings, Request with { Resume = true });

        Assert.InRange(before, 1, Bars.Count - 1);
        Assert.Equal((before, Bars.Count - before), (result.Skipped, result.Bars));
        AssertWhole(kafka.Read(Topic, Partitions));
        Assert.Equal(0, Run(kafka.Settings, Request with { Resume = true }).Bars);

        bool Interrupt()
        {
            if (++looks == 20)
            {
                interrupt.Cancel();
            }

            return false;
        }
    }

    [Fact]
    public void A_broker_that_errs_and_goes_and_comes_back_loses_and_doubles_nothing()
    {
        using var kafka = new MockKafka().Topic(Topic, Partitions);
        var looks = 0;
        kafka.Fail(Produce, ErrorCode.NotLeaderForPartition, ErrorCode.RequestTimedOut, ErrorCode.NotEnoughReplicas);

        Run(kafka.Settings, paused: GoAndComeBack);

        AssertWhole(kafka.Read(Topic, Partitions));

        bool GoAndComeBack()
        {
            looks++;
            if (looks == 100)
            {
                kafka.Down();
            }
            else if (looks == 120)
            {
                kafka.Up();
            }

            return looks is > 100 and < 125; // paused while it is gone: a look is 50 ms
        }
    }

    [Fact]
    public void A_broker_that_stays_away_ends_the_replay()
    {
        using var kafka = new MockKafka().Topic(Topic, Partitions);
        var looks = 0;

        var error = Assert.Throws<ServiceDownException>(() =>
        {
            Run(kafka.Settings, Request with { Patience = TimeSpan.FromSeconds(1) }, () =>
            {
                if (++looks == 100)
                {
                    kafka.Down();
                }

                return false;
            });
        });

        Assert.Contains("nothing arrived for 1 s", error.Message);
        Assert.StartsWith("failed: Kafka can't be reached", _lake.Value("SELECT outcome FROM runs WHERE command = 'data replay'"));
    }

    [Fact]
    public void A_bar_that_is_refused_ends_the_replay()
    {
        using var kafka = new MockKafka().Topic(Topic, Partitions);
        kafka.Fail(Produce, ErrorCode.TopicAuthorizationFailed, ErrorCode.TopicAuthorizationFailed, ErrorCode.TopicAuthorizationFailed);

        var error = Assert.Throws<JobException>(() => { Run(kafka.Settings); });

        Assert.Contains("could not be delivered", error.Message);
        Assert.Contains("authorization", error.Message);
    }

    [Fact]
    public void What_is_no_bar_at_the_end_of_a_topic_cannot_be_resumed_after()
    {
        using var kafka = new MockKafka().Topic(Topic, 1);
        using (var producer = new BarProducer(kafka.Settings, Topic, "none", "1d"))
        {
            Assert.True(producer.TryPut(0, "A"u8, "hello"u8, ""u8));
            Assert.True(producer.Flush(5_000));
        }

        Assert.Contains("is no bar", Assert.Throws<JobException>(() => { Run(kafka.Settings, Request with { Resume = true }); }).Message);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("snappy")]
    public void Messages_may_be_packed_in_another_way(string compression)
    {
        using var kafka = new MockKafka().Topic(Topic, Partitions);

        Run(kafka.Settings, Request with { Compression = compression });

        AssertWhole(kafka.Read(Topic, Partitions));
    }

    [Fact]
    public void The_real_broker_makes_the_topic_and_takes_the_bars_in_two_goes()
    {
        var kafka = new KafkaSettings(Stack.Shared("kafka").Settings["KAFKA_BOOTSTRAP_SERVERS"]);
        MockKafka.Library();
        var request = Request with { Topic = "replay-in-two-goes", Resume = true };

        var early = Run(kafka, request with { To = Bars[Bars.Count / 2].Ts });
        var rest = Run(kafka, request);

        Assert.True(early.Created && !rest.Created);
        Assert.Equal((early.Bars, Bars.Count), (rest.Skipped, early.Bars + rest.Bars));
        AssertWhole(KafkaReading.All(kafka, request.Topic, Partitions));
    }

    private ReplayResult Run(KafkaSettings settings, ReplayRequest? request = null, Func<bool>? paused = null, CancellationToken cancel = default) =>
        ReplayJob.Run(DataLakeOf(_lake), settings, request ?? Request, "test", paused, cancel: cancel);

    // the lake's own clock stands still
    private static DataLake DataLakeOf(TestLake lake) => DataLake.Open(lake.At("lake"));

    /// <summary>Every bar once, in its symbol's partition, in order, with its headers.</summary>
    private static void AssertWhole(List<Message<byte[], byte[]>>[] partitions)
    {
        var expected = Bars.OrderBy(b => b.Ts).ThenBy(b => b.Symbol, StringComparer.Ordinal).ToLookup(b => KeyPartition.Of(Encoding.UTF8.GetBytes(b.Symbol), Partitions));
        for (var p = 0; p < partitions.Length; p++)
        {
            Assert.Equal(expected[p], partitions[p].Select(Read));
        }

        var headers = partitions.First(p => p.Count > 0)[0].Headers.Select(h => $"{h.Key}={Encoding.UTF8.GetString(h.GetValueBytes())}");
        Assert.Equal(["source=import", "granularity=1d"], headers);
    }

    private static Bar Read(Message<byte[], byte[]> message)
    {
        Assert.Null(BarJson.Read(message.Value, out var bar));
        Assert.True(bar.Symbol.SequenceEqual(message.Key));
        return bar.ToBar(Encoding.UTF8.GetString(bar.Symbol));
    }
}
