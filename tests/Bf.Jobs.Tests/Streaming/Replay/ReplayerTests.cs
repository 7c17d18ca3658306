using Bf.Core.Market;
using Bf.Jobs.Streaming.Replay;

namespace Bf.Jobs.Tests.Streaming.Replay;

public sealed class ReplayerTests : IDisposable
{
    private const int Symbols = 5;
    private const int Days = 30; // from December 2022 into January 2023
    private readonly TestLake _lake = new();
    private readonly LeapClock _clock = new();
    private readonly ListTarget _target;

    public ReplayerTests()
    {
        _lake.Import(Market.Random(Symbols, Days));
        _target = new(_clock);
    }

    public void Dispose() => _lake.Dispose();

    [Fact]
    public void Bars_come_in_order_of_time_and_symbol_as_they_are_in_the_lake()
    {
        Replayer(null).Run();

        var expected = Market.Random(Symbols, Days).OrderBy(b => b.Ts).ThenBy(b => b.Symbol, StringComparer.Ordinal);
        Assert.Equal(expected, _target.Bars.Select(b => b.Bar));
        Assert.All(_target.Bars, b => Assert.Equal((b.Symbol, "import"), (b.Bar.Symbol, b.Source)));
        Assert.Equal(Symbols, _target.Bars.Select(b => (b.Symbol, b.Partition)).Distinct().Count());
    }

    [Fact]
    public void Each_day_waits_for_its_session()
    {
        Replayer(60).Run();

        var days = _target.Bars.GroupBy(b => b.Bar.Ts).Select(d => d.Min(b => b.At)).ToList();
        for (var d = 0; d < Days; d++)
        {
            Assert.InRange(days[d].TotalMinutes, 6.5 * d, (6.5 * d) + 0.01);
        }
    }

    [Fact]
    public void A_pause_moves_all_that_follows_and_nothing_is_caught_up()
    {
        var (from, to) = (TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(620));

        Replayer(60, () => _clock.Now >= from && _clock.Now < to).Run();

        var days = _target.Bars.GroupBy(b => b.Bar.Ts).Select(d => d.Min(b => b.At.TotalMinutes)).ToList();
        Assert.InRange(days[3], 19.5, 19.6);
        Assert.InRange(days[4], 626, 626.1);
        Assert.InRange(days[^1] - days[4], (6.5 * (Days - 5)) - 0.01, (6.5 * (Days - 5)) + 0.01);
    }

    [Fact]
    public void A_stopped_process_goes_on_without_a_burst()
    {
        var stopped = false;
        bool Stop()
        {
            if (!stopped && _clock.Now >= TimeSpan.FromMinutes(20))
            {
                (stopped, _clock.Now) = (true, _clock.Now + TimeSpan.FromHours(10));
            }

            return false;
        }

        Replayer(60, Stop).Run();

        var days = _target.Bars.GroupBy(b => b.Bar.Ts).Select(d => d.Min(b => b.At.TotalMinutes)).ToList();
        Assert.InRange(days[4], 625.9, 626.1);
        Assert.InRange(days[5] - days[4], 6.45, 6.55);
    }

    [Fact]
    public void A_target_that_is_full_is_waited_for_and_the_lag_is_told()
    {
        var worst = TimeSpan.Zero;
        _target.Takes = () => _clock.Now < TimeSpan.FromSeconds(1) || _clock.Now > TimeSpan.FromSeconds(90);

        var replayer = new Replayer(Bars(), new(6_000, Interval.Day), _target, _clock, default) { Progress = p => worst = p.Behind > worst ? p.Behind : worst };
        replayer.Run();

        Assert.Equal(Symbols * Days, _target.Bars.Count);
        Assert.InRange(worst.TotalSeconds, 80, 91);
    }

    [Fact]
    public void What_a_partition_has_is_not_sent_again()
    {
        Replayer(null).Run();
        var all = _target.Bars.ToList();
        var kept = all.Select((b, i) => (b, i)).Where(x => x.i < 10 + (x.b.Partition * 30)).Select(x => x.b).ToList(); // each partition is a different way
        var ends = Enumerable.Range(0, 4).Select(p => kept.FindLast(b => b.Partition == p) is { Symbol: { } symbol } last ? new TopicEnd(last.Bar.Ts, System.Text.Encoding.UTF8.GetBytes(symbol)) : null).ToList();
        _target.Bars.Clear();

        var again = new Replayer(Bars(), new(null, Interval.Day), _target, _clock, default) { Ends = ends };
        again.Run();

        Assert.Equal(kept.Count, again.Skipped);
        Assert.Equal(all.Select(b => (b.Bar.Ts, b.Symbol)).Order(), kept.Concat(_target.Bars).Select(b => (b.Bar.Ts, b.Symbol)).Order());
    }

    [Fact]
    public void Universe_and_dates_choose_the_bars()
    {
        var (from, to) = (Market.Weekdays(Days)[3], Market.Weekdays(Days)[25]);
        var bars = new ReplayBars(_lake.Lake, Universe.Of("two", ["S01", "S03"]), Interval.Day, from, to);
        new Replayer(bars, new(null, Interval.Day), _target, _clock, default).Run();

        Assert.Equal((2 * 23, from, to, TimeSpan.FromHours(6.5 * 22)), (bars.Count, bars.First, bars.Last, bars.MarketTime));
        Assert.Equal(bars.Count, _target.Bars.Count);
        Assert.All(_target.Bars, b => Assert.True(b.Symbol is "S01" or "S03" && b.Bar.Ts >= from && b.Bar.Ts <= to));
    }

    [Fact]
    public void Where_there_are_no_bars_the_error_says_what_to_do() =>
        Assert.Contains("bf data list", Assert.Throws<JobException>(() => new ReplayBars(_lake.Lake, Universe.Of("x", ["X"]), Interval.Day, null, null)).Message);

    private ReplayBars Bars() => new(_lake.Lake, Universe.All, Interval.Day, null, null);

    private Replayer Replayer(double? speed, Func<bool>? paused = null) =>
        new(Bars(), new(speed, Interval.Day), _target, _clock, default) { Paused = paused ?? (() => false) };
}
