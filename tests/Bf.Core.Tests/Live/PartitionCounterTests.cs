using System.Text;
using Bf.Core.Breadth;
using Bf.Core.Live;
using Bf.Core.Market;
using FsCheck.Fluent;

namespace Bf.Core.Tests.Live;

public sealed class PartitionCounterTests
{
    private readonly PartitionCounter _counter = new([Universe.All]);

    [Fact]
    public void The_clock_is_the_second_largest_time_so_that_one_stray_bar_moves_nothing()
    {
        Assert.Equal((long.MinValue, long.MinValue), (_counter.Clock, _counter.Horizon));
        Add("A", 10);
        Assert.Equal(long.MinValue, _counter.Clock);
        Add("B", 10);
        Assert.Equal(10, _counter.Clock);
        Add("A", 9_999);
        Assert.Equal(10, _counter.Clock);
        Add("A", 9_999, 7.0); // the same stray bar with another value
        Add("A", 9_999, 7.0); // and once more
        Assert.Equal(10, _counter.Clock);
        Add("B", 11);
        Assert.Equal((11, long.MinValue), (_counter.Clock, _counter.Horizon));
    }

    [Fact]
    public void The_horizon_is_the_second_time_before_the_clock()
    {
        foreach (var ts in new long[] { 10, 20, 30 })
        {
            Add("A", ts);
            Add("B", ts);
        }

        Assert.Equal((30, 10), (_counter.Clock, _counter.Horizon));
        Assert.Equal(BarOutcome.Corrected, Add("C", 25));
        Assert.Equal((30, 20), (_counter.Clock, _counter.Horizon));
        Assert.Equal(BarOutcome.Late, Add("A", 19, 3.0));
        Assert.Equal(BarOutcome.Corrected, Add("A", 20, 3.0));
        Assert.Equal(BarOutcome.Corrected, Add("D", 20));
        Assert.Equal((4, 8L), (_counter.Symbols, _counter.Bars));
    }

    [Fact]
    public void A_bar_is_counted_corrected_a_duplicate_or_late()
    {
        Assert.Equal(BarOutcome.Counted, Add("A", 10));
        Assert.Equal(BarOutcome.Duplicate, Add("A", 10));
        Assert.Equal(BarOutcome.Corrected, Add("A", 10, 1.5));
        Assert.Equal(BarOutcome.Corrected, Add("A", 10, 1.5, 7));
        Assert.Equal(BarOutcome.Counted, Add("A", 30));
        Assert.Equal(BarOutcome.Corrected, Add("A", 20)); // behind its symbol's last
        Assert.Equal(BarOutcome.Counted, Add("A", 40));
        Assert.Equal((30, 10), (_counter.Clock, _counter.Horizon));
        Assert.Equal(BarOutcome.Late, Add("A", 9));
        Assert.Equal(4, _counter.Bars);
    }

    [Fact]
    public void A_correction_is_carried_to_the_bars_after_it()
    {
        Add("A", 10, 1.0, 5);
        Add("A", 20, 2.0, 6);
        Add("A", 30, 3.0, 7);
        _counter.TakeChanged();
        Add("A", 20, 4.0, 60);

        var changed = _counter.TakeChanged();
        Assert.Equal([20L, 30L], changed.Select(t => t.Ts));
        Assert.Equal((1, 60), (changed[0].Counts[0][(int)TallyColumn.Adv], changed[0].Counts[0][(int)TallyColumn.UpVol]));
        Assert.Equal((1, 7), (changed[1].Counts[0][(int)TallyColumn.Dec], changed[1].Counts[0][(int)TallyColumn.DownVol]));
        Assert.Equal(-250_000_000, changed[1].Counts[0][(int)TallyColumn.ReturnSum]);
        Assert.Equal(0, changed[1].Counts[0][(int)TallyColumn.Adv]);
    }

    [Fact]
    public void A_bar_before_its_symbols_first_makes_that_the_second()
    {
        Add("A", 20, 2.0);
        Assert.Equal(BarOutcome.Corrected, Add("A", 10, 1.0));

        var told = _counter.TakeChanged();
        Assert.Equal([0L, 1L], told.Select(t => t.Counts[0][(int)TallyColumn.Issues]));
        Assert.Equal([0L, 1L], told.Select(t => t.Counts[0][(int)TallyColumn.Adv]));
    }

    [Fact]
    public void Symbols_are_taken_as_the_lake_spells_them()
    {
        Assert.Equal(BarOutcome.Counted, Add("BRK-B", 10));
        Assert.Equal(BarOutcome.Duplicate, Add(" brk-b\t", 10));
        Assert.Equal(BarOutcome.Counted, Add("ångström.längst", 10));
        Assert.Equal(BarOutcome.Duplicate, Add("ÅNGSTRÖM.LÄNGST", 10));
        Assert.Equal(BarOutcome.Counted, Add("ÅNGSTRÖM.LÄNGSTE", 10));
        Assert.Equal(BarOutcome.Counted, Add("EXACTLY8", 10));
        Assert.Equal(BarOutcome.Counted, Add("EXACTLY", 10));
        Assert.Equal(5, _counter.Symbols);
    }

    [Fact]
    public void Any_number_of_symbols_is_told_apart()
    {
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 3000; i++)
            {
                Assert.Equal(round == 0 ? BarOutcome.Counted : BarOutcome.Duplicate, Add(i % 2 == 0 ? $"S{i}" : $"LONGNAME-{i}", 10));
            }
        }

        Assert.Equal(3000, _counter.TakeChanged().Single().Counts[0][(int)TallyColumn.Bars]);
    }

    [Fact]
    public void What_belongs_to_no_universe_is_not_kept_and_what_belongs_at_times_fills_windows()
    {
        var counter = new PartitionCounter([Universe.Of("some", [("A", new Membership(20, 30)), ("A", new Membership(40, 50))]), Universe.Of("others", ["B"])]);
        Assert.Equal(BarOutcome.Foreign, Add("C", 10, counter: counter));
        Assert.Equal(BarOutcome.Counted, Add("A", 10, 1.0, counter: counter));
        Assert.Empty(counter.TakeChanged());
        Assert.Empty(counter.Retained());
        Assert.Equal(BarOutcome.Counted, Add("A", 20, 2.0, counter: counter));

        var counts = counter.TakeChanged().Single().Counts;
        Assert.Equal((1, 1), (counts[0][(int)TallyColumn.Bars], counts[0][(int)TallyColumn.Adv]));
        Assert.Equal(new long[BreadthTally.ColumnCount], counts[1]);
        Assert.Equal((1, 2L), (counter.Symbols, counter.Bars));
    }

    [Fact]
    public void However_wildly_bars_come_few_of_a_symbol_may_still_be_corrected() =>
        Properties.Hold(Gen.Choose(0, int.MaxValue), seed =>
        {
            var random = new Random(seed);
            var counter = new PartitionCounter([Universe.All]);
            for (var i = 0; i < 200; i++)
            {
                Add($"S{random.Next(2)}", random.Next(1, 1 << random.Next(1, 12)), counter: counter);
                if (random.Next(30) == 0)
                {
                    counter.RaiseHorizon(random.Next(100));
                    counter.Forget(random.Next(2000));
                }

                Assert.All(counter.Snapshot().States, s => Assert.InRange(s.Pending, 0, LiveSymbol.MostPending));
            }
        }, 100);

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(-1.0, 1)]
    [InlineData(1e-7, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(36_000_000_000.1, 1)]
    [InlineData(1.0, -1)]
    public void A_price_or_volume_out_of_range_is_refused_and_changes_nothing(double price, long volume)
    {
        Add("A", 10);
        var before = _counter.Snapshot().Encode();
        Assert.Throws<ArgumentException>(() => Add("A", 20, price, volume));
        Assert.Equal(before, _counter.Snapshot().Encode());
    }

    [Fact]
    public void Volumes_that_do_not_fit_are_refused_and_change_nothing()
    {
        Add("A", 10);
        Add("A", 20, 2.0, long.MaxValue - 5);
        Add("B", 20, 2.0, 5);
        var before = _counter.Snapshot().Encode();

        Assert.Throws<OverflowException>(() => Add("B", 20, 2.0, 6));
        Assert.Throws<OverflowException>(() => Add("A", 20, 2.0, long.MaxValue));
        Assert.Equal(before, _counter.Snapshot().Encode());
        Assert.Equal(BarOutcome.Corrected, Add("B", 20, 2.0, 4));
        Assert.Equal(BarOutcome.Counted, Add("C", 20, 2.0, 1));
    }

    [Fact]
    public void An_idle_partitions_horizon_can_be_raised_and_never_sinks()
    {
        Add("A", 10);
        _counter.RaiseHorizon(30);
        _counter.RaiseHorizon(20);
        Assert.Equal((30, long.MinValue), (_counter.Horizon, _counter.Clock));
        Assert.Equal(BarOutcome.Late, Add("A", 20));
        Assert.Equal(BarOutcome.Counted, Add("A", 30));
    }

    [Fact]
    public void What_was_told_is_the_callers_and_what_may_still_change_is_not_forgotten()
    {
        foreach (var ts in new long[] { 10, 20, 30, 40, 50 })
        {
            Add("A", ts);
        }

        _counter.Forget(long.MaxValue);
        Assert.Equal([10L, 20L, 30L, 40L, 50L], _counter.Retained().Select(t => t.Ts)); // not told yet
        var told = _counter.TakeChanged();
        Array.Clear(told[4].Counts[0]);
        Assert.Empty(_counter.TakeChanged());
        _counter.Forget(long.MaxValue);
        Assert.Equal([20L, 30L, 40L, 50L], _counter.Retained().Select(t => t.Ts));
        Assert.Equal(1, _counter.Retained()[^1].Counts[0][(int)TallyColumn.Bars]);
    }

    private BarOutcome Add(string symbol, long ts, double price = 1.0, long volume = 100, PartitionCounter? counter = null) =>
        (counter ?? _counter).Add(Encoding.UTF8.GetBytes(symbol), ts, price, volume);
}
