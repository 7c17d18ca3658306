using Bf.Core.Statistics;

namespace Bf.Core.Tests.Statistics;

public sealed class ClusteredDatesTests
{
    [Fact]
    public void Draws_keep_the_gaps_and_turn_them_as_a_plain_rewrite_does()
    {
        var random = new Random(2);
        long[] returns = [.. Enumerable.Range(0, 60).Select(_ => random.NextInt64(-1000, 1000))];
        int[] events = [2, 3, 4, 30, 45];
        var chance = new SplitMix64(9);
        int[] gaps = [1, 1, 26, 15, 17]; // 45 to 60 and on to 2
        var count = 0;
        for (var draw = 0; draw < 500; draw++)
        {
            var dates = new List<int> { chance.Below(60) };
            for (var i = gaps.Length - 1; i >= 0; i--)
            {
                var other = chance.Below(i + 1);
                (gaps[i], gaps[other]) = (gaps[other], gaps[i]);
                dates.Add((dates[^1] + gaps[i]) % 60);
            }

            Assert.Equal(dates[0], dates[^1]); // once around
            Assert.Equal([1, 1, 15, 17, 26], gaps.Order());
            count += dates.SkipLast(1).Sum(t => returns[t]) >= events.Sum(t => returns[t]) ? 1 : 0;
        }

        Assert.Equal(count, new ClusteredDates(returns, events).AtLeastAsHigh(new SplitMix64(9), 500));
    }

    [Fact]
    public void One_event_is_compared_with_every_date()
    {
        long[] returns = [.. Enumerable.Range(1, 10)];

        Assert.Equal(5_000, new ClusteredDates(returns, [0]).AtLeastAsHigh(new SplitMix64(1), 5_000));
        Assert.Equal(0.3, new ClusteredDates(returns, [7]).AtLeastAsHigh(new SplitMix64(1), 5_000) / 5_000.0, 0.02); // 8, 9 and 10
    }

    [Fact]
    public void A_detector_that_fires_on_every_date_is_always_matched()
    {
        long[] returns = [5, -3, 2];

        Assert.Equal(100, new ClusteredDates(returns, [0, 1, 2]).AtLeastAsHigh(new SplitMix64(1), 100));
    }
}
