using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Live;
using Bf.Core.Market;
using Bf.Jobs.Generate;
using Bf.Jobs.Maintenance;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Sinks;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>What a stream does when what it rests on goes away, comes back, or has gone to another.</summary>
public sealed class StreamFaultTests
{
    private static List<Bar> Bars { get; } = [.. Market.Random(8, 60).OrderBy(b => b.Ts).ThenBy(b => b.Symbol, StringComparer.Ordinal)];

    [Fact]
    public void A_late_bar_that_takes_a_thrust_back_takes_its_row_away()
    {
        var (day, withdrawing, bars) = Thrust();
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add(bars.Except([withdrawing]));
        StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());
        Assert.Equal("1", live.Value($"SELECT count(*) FROM thrusts WHERE detector = 'upvol90' AND ts = '{Market.Date(day)}'"));
        topic.Add([withdrawing]);

        StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());

        Assert.Equal("0", live.Value($"SELECT count(*) FROM thrusts WHERE detector = 'upvol90' AND ts = '{Market.Date(day)}'"));
        using var batch = new TestLake();
        batch.Import(bars);
        batch.Generate();
        Assert.Equal(batch.Results(), live.Results());
    }

    [Fact]
    public void Who_was_stopped_for_a_while_writes_nothing_over_what_the_successor_wrote()
    {
        using var live = new TestLake();
        LakeSink zombie = new(live.Lake, [Universe.All], Interval.Day, "quotes"), successor = new(live.Lake, [Universe.All], Interval.Day, "quotes");
        zombie.Begin(long.MinValue, 1);
        zombie.Put(Batch(0, 20));
        zombie.Flush();
        zombie.Put(Batch(20, 30)); // gathered when it stops
        successor.Begin(Bars[20 * 8].Ts, 2);
        successor.Put(Batch(20, 60));
        successor.Flush();
        var written = live.Results();

        Assert.Throws<PartitionLostException>(zombie.Flush);
        Assert.Equal(written, live.Results());
    }

    [Fact]
    public void A_service_that_is_away_when_partitions_are_taken_over_is_waited_for_but_not_by_a_stream_that_begins()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add(Bars.Take(300));
        Assert.Throws<ServiceDownException>(() => StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll(), also: new AwaySink(1)));
        StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());
        topic.Add(Bars.Skip(300));
        var sink = new AwaySink(1);

        StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll(), also: sink);

        Assert.Equal(0, sink.Away);
        using var batch = new TestLake();
        batch.Import(Bars);
        batch.Generate();
        Assert.Equal(batch.Results(), live.Results());
    }

    [Fact]
    public void While_the_topic_cannot_be_reached_nothing_is_taken_for_its_end()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add(Bars.Take(200));
        var member = topic.Join().GiveAll();
        var (turns, began) = (0, TimeProvider.System.GetTimestamp());

        var figures = StreamRig.Run(live, StreamRig.Plan(), member, turn: () =>
        {
            turns++;
            member.IsAway = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds < 600; // four times as long as it waits when nothing comes
            if (!member.IsAway && topic.Count < Bars.Count)
            {
                topic.Add(Bars.Skip(200));
            }
        });

        Assert.True(turns > 1);
        Assert.Equal(Bars.Count, figures.Bars);
    }

    [Fact]
    public void A_partition_that_another_took_meanwhile_is_given_up_and_the_others_are_kept()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add(Bars);
        var plan = StreamRig.Plan() with { Checkpoint = TimeSpan.FromHours(1) };
        var turns = 0;

        StreamRig.Run(live, plan, topic.Join().GiveAll(), turn: () =>
        {
            if (++turns == 3)
            {
                new CheckpointTable(live.Lake, plan.Name, "other").Claim([1]);
            }
        });

        Assert.Equal(["0"], live.Query("SELECT partition FROM checkpoints WHERE partition >= 0"));
    }

    [Fact]
    public void Another_topic_of_the_same_name_or_with_other_partitions_is_recognized_and_a_restart_forgets_which_it_was()
    {
        using var live = new TestLake();
        var checkpoints = new CheckpointTable(live.Lake, "quotes", "run");

        Assert.True(checkpoints.Recognize("topic", 0)); // a broker that does not say
        Assert.True(checkpoints.Recognize("topic", 5));
        Assert.True(checkpoints.Recognize("topic", 0));
        Assert.True(checkpoints.Recognize("topic", 5));
        Assert.False(checkpoints.Recognize("topic", 6));
        checkpoints.Forget();
        Assert.True(checkpoints.Recognize("topic", 6));
    }

    [Fact]
    public void A_message_of_zero_bytes_and_one_of_a_megabyte_stand_in_quarantine_and_the_table_stays_whole()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 1);
        topic.Add(0, [], [0xff, 0, (byte)'\'', 0]);
        topic.Add(0, [], new byte[1_000_000]);
        topic.Add(Bars);

        StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());

        Assert.Equal(["0|4", "1|4096"], live.Query("SELECT line, length(raw) FROM quarantine ORDER BY line"));
        Assert.Empty(TableCheck.Run(live.Lake, ["quarantine"]).SelectMany(t => t.Findings));
    }

    /// <summary>Bars with a day of nine tenths of volume up, but for one bar.</summary>
    private static (long Day, Bar Withdrawing, List<Bar> Bars) Thrust()
    {
        var day = Bars.Select(b => b.Ts).Distinct().TakeLast(3).First();
        var before = Bars.Where(b => b.Ts < day).GroupBy(b => b.Symbol).ToDictionary(g => g.Key, g => g.Last());
        List<Bar> bars = [.. Bars.Select(b => b.Ts != day ? b : At(b, before[b.Symbol], b.Symbol == "S00" ? (0.98, 900_000_000) : (1.02, 1_000_000)))];
        return (day, bars.Single(b => b.Ts == day && b.Symbol == "S00"), bars);

        static Bar At(Bar bar, Bar before, (double Factor, long Volume) move)
        {
            var close = Math.Round(before.Close * move.Factor, 2);
            return bar with { Open = close, High = close, Low = close, Close = close, AdjClose = before.AdjClose * move.Factor, Volume = move.Volume };
        }
    }

    /// <summary>The results of some dates, from one on.</summary>
    private static ResultBatch Batch(int from, int end)
    {
        var counter = new PartitionCounter([Universe.All]);
        foreach (var bar in Bars)
        {
            counter.Add(Encoding.UTF8.GetBytes(bar.Symbol), bar.Ts, bar.AdjClose, bar.Volume);
        }

        var times = counter.Retained().Take(end).ToList();
        var tally = new BreadthTally([.. times.Select(t => t.Ts)], [.. Enumerable.Range(0, BreadthTally.ColumnCount).Select(c => times.Select(t => t.Counts[0][c]).ToArray())]);
        return new(UniverseResults.Of(Universe.All, tally, from, GenerateSettings.Usual), Interval.Day, GenerateSettings.Usual, "run", Final: true);
    }

    /// <summary>A sink that can't be reached the first times that it is prepared.</summary>
    private sealed class AwaySink(int times) : IResultSink
    {
        public string Name => "away";

        public bool TakesProvisional => false;

        public int Away { get; private set; } = times;

        public void Begin(long from, long epoch)
        {
            if (Away-- > 0)
            {
                throw new ServiceDownException("it is away");
            }

            Away = 0;
        }

        public void Put(ResultBatch batch)
        {
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
