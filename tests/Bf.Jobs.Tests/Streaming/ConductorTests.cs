using Bf.Core.Live;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Checkpoints;
using Bf.Jobs.Streaming.Combine;
using Bf.Jobs.Streaming.Log;
using Bf.Jobs.Streaming.Sinks;
using Bf.Jobs.Tests.Streaming.Replay;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>Results go on while what was put before is made safe, and sums are kept after that only.</summary>
public sealed class ConductorTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_sink_that_commits_for_long_holds_up_no_other_and_nothing_is_kept_before_it_has_ended()
    {
        var (counter, slow, quick) = (new PartitionCounter([Universe.All]), new Sink(), new Sink());
        var checkpoints = new Kept(slow);
        slow.Commits.Reset();
        using var log = new MemoryLog("quotes", partitions: 1);
        using var conductor = new Conductor(StreamRig.Plan(), log, 1, checkpoints, [slow, quick], "run", TimeProvider.System);
        Count(conductor, counter, 0, 10);
        Assert.True(SpinWait.SpinUntil(() => slow.IsSealed && conductor.Watermark == 9 * Timestamp.Day, Long));

        Count(conductor, counter, 10, 20);

        Assert.True(SpinWait.SpinUntil(() => quick.Last == 18 * Timestamp.Day, Long)); // the last day is open
        Assert.Equal((long.MinValue, 0), (conductor.Firm, checkpoints.Sums.Count));
        slow.Commits.Set();
        Assert.True(SpinWait.SpinUntil(() => conductor.Firm > long.MinValue, Long));
        conductor.Finish(close: true);
        Assert.All(checkpoints.Sums, kept => Assert.True(kept.Firm <= kept.Line));
        Assert.Equal((19 * Timestamp.Day, 17 * Timestamp.Day), (quick.Last, conductor.Firm));
    }

    [Fact]
    public void What_a_sink_could_not_make_safe_is_not_kept_and_said()
    {
        var broken = new Sink { Fails = true };
        var checkpoints = new Kept(broken);
        using var log = new MemoryLog("quotes", partitions: 1);
        using var conductor = new Conductor(StreamRig.Plan(), log, 1, checkpoints, [broken], "run", TimeProvider.System);
        Count(conductor, new PartitionCounter([Universe.All]), 0, 10);

        Assert.Throws<ServiceDownException>(() => conductor.Finish(close: true));

        Assert.Empty(checkpoints.Sums);
    }

    [Fact]
    public void Work_that_takes_long_rests_long_and_quick_work_begins_at_once()
    {
        var clock = new LeapClock();
        var pace = new Pace(clock);
        pace.Do(() => { });
        Assert.Equal(TimeSpan.Zero, pace.Rest);

        pace.Do(() => clock.Now += TimeSpan.FromMilliseconds(10));
        Assert.Equal(TimeSpan.FromMilliseconds(40), pace.Rest);
        clock.Now += TimeSpan.FromMilliseconds(40);
        Assert.Equal(TimeSpan.Zero, pace.Rest);

        pace.Do(() => clock.Now += TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMilliseconds(250), pace.Rest);
    }

    /// <summary>Two bars on each of some days.</summary>
    private static void Count(Conductor conductor, PartitionCounter counter, int from, int to)
    {
        for (var day = from; day < to; day++)
        {
            counter.Add("A"u8, day * Timestamp.Day, 10 + day, 100);
            counter.Add("B"u8, day * Timestamp.Day, 10, 100);
            conductor.Take(new(0, 1) { Next = 2 * (day + 1), Clock = counter.Clock, KeptHorizon = counter.Horizon, Tallies = counter.TakeChanged(), Whole = day == 0 });
        }
    }

    private sealed class Sink : IResultSink
    {
        private long _last = long.MinValue;
        private long _line = long.MinValue;
        private int _seals;

        public ManualResetEventSlim Commits { get; } = new(true);

        public bool Fails { get; init; }

        public bool IsSealed => Volatile.Read(ref _seals) > 0;

        /// <summary>The last time that was put.</summary>
        public long Last => Volatile.Read(ref _last);

        /// <summary>The last time that was put above the newest line.</summary>
        public long Line => Volatile.Read(ref _line);

        public string Name => "test";

        public bool TakesProvisional => false;

        public void Begin(long from)
        {
        }

        public void Put(ResultBatch batch) => Volatile.Write(ref _last, batch.Results.Panel.Ts[^1]);

        public void Flush()
        {
        }

        public Action Seal()
        {
            Volatile.Write(ref _line, _last);
            Interlocked.Increment(ref _seals);
            return () =>
            {
                Commits.Wait();
                if (Fails)
                {
                    throw new ServiceDownException("it is away");
                }
            };
        }

        public void Dispose()
        {
        }
    }

    private sealed class Kept(Sink sink) : ICheckpoints
    {
        /// <summary>What was kept, and the line above which the sink had everything.</summary>
        public List<(long Firm, long Line)> Sums { get; } = [];

        public IReadOnlyList<KeptPartition> Claim(IReadOnlyList<int> partitions) => [];

        public void Keep(IReadOnlyList<KeptPartition> partitions)
        {
        }

        public KeptSums LoadSums() => new(long.MinValue, null);

        public void KeepSums(long epoch, KeptSums sums) => Sums.Add((sums.Firm, sink.Line));
    }
}
