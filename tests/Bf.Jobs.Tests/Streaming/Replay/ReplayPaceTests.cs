using Bf.Core.Market;
using Bf.Jobs.Streaming.Replay;

namespace Bf.Jobs.Tests.Streaming.Replay;

public sealed class ReplayPaceTests
{
    private const long Minute = 60_000_000;
    private static readonly Interval FiveMinutes = Interval.Parse("5m");

    [Fact]
    public void A_month_of_five_minute_bars_takes_less_than_ten_minutes_at_900x()
    {
        var pace = new ReplayPace(900, FiveMinutes);
        foreach (var day in Market.Weekdays(21))
        {
            for (var bar = 0; bar < 78; bar++)
            {
                pace.GoTo(day + (14 * 60 * Minute) + (30 * Minute) + (bar * 5 * Minute));
            }
        }

        Assert.InRange(pace.Due.TotalMinutes, 9, 10);
    }

    [Fact]
    public void Closed_hours_count_as_one_interval_and_a_gap_within_the_interval_as_it_is()
    {
        var pace = new ReplayPace(60, FiveMinutes);

        Assert.Equal(TimeSpan.Zero, Due(0));
        Assert.Equal(TimeSpan.FromSeconds(5), Due(5 * Minute));
        Assert.Equal(TimeSpan.FromSeconds(6), Due(6 * Minute));
        Assert.Equal(TimeSpan.FromSeconds(11), Due(3 * Timestamp.Day));

        TimeSpan Due(long ts)
        {
            pace.GoTo(ts);
            return pace.Due;
        }
    }

    [Fact]
    public void A_daily_bar_stands_for_a_session()
    {
        var pace = new ReplayPace(60, Interval.Day);
        pace.GoTo(0);
        pace.GoTo(3 * Timestamp.Day);

        Assert.Equal(TimeSpan.FromMinutes(6.5), pace.Due);
    }

    [Fact]
    public void At_full_speed_everything_is_due_at_once()
    {
        var pace = new ReplayPace(null, Interval.Day);
        pace.GoTo(0);
        pace.GoTo(Timestamp.Day);

        Assert.Equal(TimeSpan.Zero, pace.Due);
    }

    [Fact]
    public void The_clock_stands_still_while_paused_and_while_the_process_was_stopped()
    {
        var time = new LeapClock();
        var clock = new ReplayClock(time);

        time.Now += TimeSpan.FromMilliseconds(100);
        clock.Look();
        time.Now += TimeSpan.FromHours(1);
        clock.Look(paused: true);
        Assert.Equal(TimeSpan.FromMilliseconds(100), clock.Elapsed);

        time.Now += TimeSpan.FromHours(1);
        clock.Look();
        Assert.Equal(TimeSpan.FromMilliseconds(1_100), clock.Elapsed);
        Assert.Equal(TimeSpan.FromHours(1) + TimeSpan.FromMilliseconds(100), clock.Wall);
    }

    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    [InlineData("abc", 479470107)]
    public void A_symbol_goes_where_Javas_clients_put_it(string key, int hash) => // the cases of Kafka's own UtilsTest.testMurmur2
        Assert.Equal((hash & 0x7FFFFFFF) % 4_999, Bf.Jobs.Streaming.Bus.KeyPartition.Of(System.Text.Encoding.UTF8.GetBytes(key), 4_999));

    [Fact]
    public void A_partition_that_ends_within_a_time_goes_on_with_the_next_symbol()
    {
        var end = new TopicEnd(Timestamp.Day, "B"u8.ToArray());

        Assert.False(end.IsBefore(0, "C"u8));
        Assert.False(end.IsBefore(Timestamp.Day, "B"u8));
        Assert.True(end.IsBefore(Timestamp.Day, "BA"u8));
        Assert.True(end.IsBefore(2 * Timestamp.Day, "A"u8));
    }

    [Fact]
    public void Nothing_arriving_is_borne_for_a_while_and_a_stopped_process_does_not_count()
    {
        var time = new LeapClock();
        var watch = new DeliveryWatch(time, TimeSpan.FromSeconds(10), why => new(why));

        watch.Look(0, pending: 5);
        time.Now += TimeSpan.FromHours(1); // stopped
        watch.Look(0, pending: 5);
        Wait(8, arrived: 0);
        watch.Look(3, pending: 2);
        Wait(9.5, arrived: 3);

        Assert.Contains("10 s", Assert.Throws<ServiceDownException>(() => Wait(1, arrived: 3)).Message);

        void Wait(double seconds, long arrived)
        {
            for (var end = time.Now + TimeSpan.FromSeconds(seconds); time.Now < end;)
            {
                time.Now += TimeSpan.FromSeconds(0.5);
                watch.Look(arrived, pending: 2);
            }
        }
    }
}
