using Bf.Core.Breadth;
using Bf.Core.Live;
using Bf.Core.Market;
using Bf.Jobs.Streaming.Combine;

namespace Bf.Jobs.Tests.Streaming;

public sealed class CombinerTests
{
    [Fact]
    public void What_is_said_of_times_just_before_they_become_firm_leaves_no_gap_behind_them()
    {
        var combiner = Combiner();
        combiner.Take(Report(epoch: 1, [.. Enumerable.Range(1, 10).Select(d => Tally(d, 5))]));
        combiner.Advance();
        Assert.Equal(9, combiner.Tally(0).Count);

        combiner.Take(Report(epoch: 1, [Tally(3, 6)]));
        combiner.Settle(5 * Timestamp.Day);
        combiner.Advance();

        Assert.Equal(Enumerable.Range(1, 9).Select(d => d * Timestamp.Day), combiner.Tally(0).Ts);
    }

    [Fact]
    public void Who_takes_a_partition_over_and_says_the_same_changes_nothing()
    {
        var combiner = Combiner();
        combiner.Take(Report(epoch: 1, [.. Enumerable.Range(1, 10).Select(d => Tally(d, 5))]));
        combiner.Advance();

        combiner.Take(Report(epoch: 2, [.. Enumerable.Range(1, 10).Select(d => Tally(d, 5))]));
        Assert.Null(combiner.Advance());

        combiner.Take(Report(epoch: 2, [Tally(7, 4)]) with { Whole = false });
        Assert.Equal(7 * Timestamp.Day, combiner.Advance());
        Assert.Equal([5, 5, 5, 5, 5, 5, 4, 5, 5], combiner.Tally(0)[TallyColumn.Bars]);
    }

    [Fact]
    public void Who_has_lost_a_partition_is_not_listened_to()
    {
        var combiner = Combiner();
        combiner.Take(Report(epoch: 2, [Tally(1, 5), Tally(2, 5)]));
        combiner.Take(Report(epoch: 1, [Tally(1, 9)]));
        combiner.Advance(close: true);

        Assert.Equal([5, 5], combiner.Tally(0)[TallyColumn.Bars]);
    }

    private static Combiner Combiner() => new(1, TimeSpan.FromSeconds(5), long.MinValue, [new TallyHistory()]);

    private static PartitionReport Report(long epoch, PartialTally[] tallies) =>
        new(0, epoch) { Next = 100, Clock = 10 * Timestamp.Day, Tallies = tallies, Whole = true };

    private static PartialTally Tally(int day, long bars)
    {
        var counts = new long[BreadthTally.ColumnCount];
        counts[(int)TallyColumn.Bars] = bars;
        return new(day * Timestamp.Day, [counts]);
    }
}
