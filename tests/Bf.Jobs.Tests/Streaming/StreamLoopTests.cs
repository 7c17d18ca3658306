using System.Text;
using Bf.Core.Market;

namespace Bf.Jobs.Tests.Streaming;

/// <summary>A stream gives the tables that a batch gives, whatever happens to it on the way.</summary>
public sealed class StreamLoopTests
{
    private static List<Bar> Bars { get; } = [.. Market.Random(12, 120).OrderBy(b => b.Ts).ThenBy(b => b.Symbol, StringComparer.Ordinal)];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_topic_in_order_gives_the_tables_of_the_batch(int partitions)
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", partitions);
        topic.Add(Bars);

        var figures = StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());

        Assert.Equal((Bars.Count, 0L, 0L), ((int)figures.Bars, figures.Late, figures.Bad));
        AssertEqualToBatch(live, Bars);
    }

    [Fact]
    public void What_is_before_the_first_date_asked_for_fills_the_windows_and_is_not_given_out()
    {
        var from = Bars[700].Ts;
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add(Bars);

        StreamRig.Run(live, StreamRig.Plan() with { From = from }, topic.Join().GiveAll());

        using var batch = new TestLake();
        batch.Import(Bars);
        batch.Generate(from: from);
        Assert.Equal(batch.Results(), live.Results());
    }

    [Fact]
    public void Whenever_it_dies_it_goes_on_to_the_same_tables()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 3);
        topic.Add(Bars);

        for (var death = 1; death <= 12; death++)
        {
            StreamRig.Run(live, StreamRig.Plan(), topic.Join(death).GiveAll(), dies: death);
        }

        StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());

        AssertEqualToBatch(live, Bars);
    }

    [Fact]
    public void Several_universes_with_memberships_share_the_stream()
    {
        var mine = Universe.Of("mine", [("S01", Membership.Always), ("S02", new Membership(Bars[0].Ts, Bars[^200].Ts)), ("S07", Membership.Always)]);
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add(Bars);

        StreamRig.Run(live, StreamRig.Plan(Universe.All, mine), topic.Join().GiveAll());

        using var batch = new TestLake();
        batch.Import(Bars);
        batch.Generate();
        batch.Generate(mine);
        Assert.Equal(batch.Results("all"), live.Results("all"));
        Assert.Equal(batch.Results("mine"), live.Results("mine"));
    }

    [Fact]
    public void Late_bars_within_two_windows_correct_what_is_there_and_later_ones_are_put_aside()
    {
        var last = Bars.Select(b => b.Ts).Distinct().TakeLast(4).ToList();
        var (twoBack, threeBack) = (Bars.First(b => b.Ts == last[1]), Bars.First(b => b.Ts == last[0]));
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 1);
        topic.Add(Bars.Except([twoBack, threeBack]));
        StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll()); // everything is final
        topic.Add([threeBack, twoBack]);

        var figures = StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());

        Assert.Equal((1L, 1L), (figures.Corrections, figures.Late));
        AssertEqualToBatch(live, Bars.Except([threeBack]));
        Assert.Equal($"quotes/0|{Bars.Count - 2}|late", live.Value("SELECT file || '|' || line || '|' || rule FROM quarantine"));
    }

    [Fact]
    public void A_day_that_is_sent_again_and_bars_that_come_twice_change_nothing()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add(Bars.SelectMany(b => Enumerable.Repeat(b, 2)));
        topic.Add(Bars.Where(b => b.Ts == Bars[^1].Ts));

        var figures = StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());

        Assert.Equal((Bars.Count, Bars.Count + 12), (figures.Bars, figures.Duplicates));
        AssertEqualToBatch(live, Bars);
        Assert.Equal("0", live.Value("SELECT count(*) FROM quarantine"));
    }

    [Fact]
    public void A_bar_from_far_ahead_makes_the_others_not_late()
    {
        var ahead = Bars[300] with { Symbol = "AHEAD", Ts = Bars[^1].Ts };
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add([.. Bars.Take(300), ahead, .. Bars.Skip(300)]);

        var figures = StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll());

        Assert.Equal(0, figures.Late);
        AssertEqualToBatch(live, [.. Bars, ahead]);
    }

    [Fact]
    public void What_is_no_bar_goes_to_quarantine_with_its_offset_and_the_rest_goes_on()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        topic.Add(Bars.Take(500));
        for (var i = 0; i < 50; i++)
        {
            topic.Add(1, "X"u8.ToArray(), Encoding.UTF8.GetBytes($"{{\"nonsense\":{i}"));
        }

        topic.Add(1, "S00"u8.ToArray(), Encoding.UTF8.GetBytes("""{"ts":"2023-01-02","symbol":"S01","o":1,"h":1,"l":1,"c":1,"v":1}"""));
        topic.Add(Bars.Skip(500));

        var figures = StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll(), dies: 9);
        figures = StreamRig.Run(live, StreamRig.Plan(), topic.Join(2).GiveAll());

        AssertEqualToBatch(live, Bars);
        Assert.Equal(["50", "1"], live.Query("SELECT count(DISTINCT line) FROM quarantine WHERE file = 'quotes/1' GROUP BY rule ORDER BY 1 DESC"));
        Assert.Equal("51", live.Value("SELECT count(*) FROM quarantine"));
    }

    [Fact]
    public void A_topic_that_can_not_be_reached_is_not_at_its_end()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2) { Answers = false };
        topic.Add(Bars);
        var started = live.Clock.GetTimestamp();

        StreamRig.Run(live, StreamRig.Plan(), topic.Join().GiveAll(), turn: () => topic.Answers = live.Clock.GetElapsedTime(started) > TimeSpan.FromSeconds(1));

        Assert.True(topic.Answers);
        AssertEqualToBatch(live, Bars);
    }

    [Fact]
    public void A_partition_whose_broker_hangs_is_quiet_but_not_moved_on_so_that_nothing_of_it_is_late()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 2);
        var member = topic.Join().GiveAll();
        topic.Add(Bars.Take(300));
        var started = live.Clock.GetTimestamp();
        var added = false;

        var figures = StreamRig.Run(live, StreamRig.Plan() with { UntilIdle = TimeSpan.FromMilliseconds(700) }, member, turn: () =>
        {
            var passed = live.Clock.GetElapsedTime(started).TotalMilliseconds;
            if (passed > 300 && !added)
            {
                (added, member.Hangs) = (true, 1); // it was read to its end, and there is more in it now
                topic.Add(Bars.Skip(300));
            }

            member.Hangs = passed > 600 ? null : member.Hangs;
        });

        Assert.Equal(0, figures.Late);
        AssertEqualToBatch(live, Bars);
    }

    [Fact]
    public void Two_members_share_the_work_and_one_takes_over_when_the_other_dies()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 4);
        topic.Add(Bars);
        var plan = StreamRig.Plan();
        var (first, second) = (topic.Join(1).Give(0, 1), topic.Join(2).Give(2, 3));
        var others = new Thread(() => StreamRig.Run(live, plan, second, broadcast: topic.Broadcast()));
        others.Start();
        StreamRig.Run(live, plan, first, dies: 6, broadcast: topic.Broadcast()); // it added up
        second.Give(0, 1);
        others.Join();

        AssertEqualToBatch(live, Bars);
    }

    [Fact]
    public void A_member_that_comes_later_gets_partitions_and_nothing_is_counted_twice()
    {
        using var live = new TestLake();
        var topic = new TestTopic("quotes", 4);
        topic.Add(Bars);
        var plan = StreamRig.Plan();
        var (first, second) = (topic.Join(1).GiveAll(), topic.Join(2));
        var others = new Thread(() => StreamRig.Run(live, plan, second, broadcast: topic.Broadcast()));
        var turns = 0;
        StreamRig.Run(live, plan, first, broadcast: topic.Broadcast(), turn: () =>
        {
            switch (++turns)
            {
                case 5:
                    first.Take(lost: false, 2, 3);
                    break;
                case 7:
                    second.Give(2, 3);
                    others.Start();
                    break;
            }
        });
        others.Join();

        AssertEqualToBatch(live, Bars);
    }

    private static void AssertEqualToBatch(TestLake live, IEnumerable<Bar> bars)
    {
        using var batch = new TestLake();
        batch.Import(bars);
        batch.Generate();
        Assert.Equal(batch.Results(), live.Results());
    }
}
