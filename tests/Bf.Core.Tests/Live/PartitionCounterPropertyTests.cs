using Bf.Core.Breadth;
using Bf.Core.Live;
using Bf.Core.Market;
using Bf.Core.Tests.Breadth;

namespace Bf.Core.Tests.Live;

public sealed class PartitionCounterPropertyTests
{
    [Fact]
    public void Partitions_add_up_to_what_the_kernel_counts_whatever_the_order_and_however_often_they_are_restored() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var (random, bars, universes) = (new Random(market.Seed), market.Bars, market.Universes);
            var dates = RandomFeed.Dates(bars);
            var jitter = random.Next(4) * 0.9999;
            var feeds = bars.GroupBy(_ => random.Next(4)).Select(part => RandomFeed.Of(part, dates, random, jitter)).ToArray();
            PartitionCounter[] counters = [.. feeds.Select(_ => new PartitionCounter(universes))];
            var at = new int[feeds.Length];
            var sums = new PartialSums();
            while (feeds.Where((f, p) => at[p] < f.Length).Any())
            {
                var p = random.Next(feeds.Length);
                for (var n = random.Next(1, 60); n > 0 && at[p] < feeds[p].Length; n--)
                {
                    Assert.NotEqual(BarOutcome.Late, feeds[p][at[p]++].AddTo(counters[p]));
                }

                if (random.Next(4) == 0)
                {
                    counters[p] = PartitionCounter.Restore(universes, counters[p].Snapshot().Encode());
                }

                if (random.Next(3) == 0)
                {
                    sums.Take(p, counters[p].TakeChanged());
                    counters[p].Forget(random.Next(2) == 0 ? counters[p].Horizon : long.MaxValue);
                }
            }

            for (var p = 0; p < feeds.Length; p++)
            {
                sums.Take(p, counters[p].TakeChanged());
            }

            Kernels.Equal(Kernels.Tallies(bars, universes), [.. universes.Select((_, u) => sums.Tally(u))]);
            Assert.Equal(bars.Length, counters.Sum(c => c.Symbols));
            Assert.Equal(bars.Sum(b => (long)b.Ts.Length), counters.Sum(c => c.Bars));
        }, 80);

    [Fact]
    public void All_that_is_retained_is_what_the_kernel_counts() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var bars = market.Bars;
            var counter = new PartitionCounter(market.Universes);
            foreach (var bar in RandomFeed.Of(bars, RandomFeed.Dates(bars), new(market.Seed), 2.9))
            {
                bar.AddTo(counter);
            }

            var sums = new PartialSums();
            sums.Take(0, counter.Retained());
            Kernels.Equal(Kernels.Tallies(bars, market.Universes), [.. market.Universes.Select((_, u) => sums.Tally(u))]);
        }, 40);

    [Fact]
    public void A_restored_counter_decides_and_counts_as_one_that_was_never_interrupted() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var (random, universes) = (new Random(market.Seed), market.Universes);
            PartitionCounter through = new(universes), again = new(universes);
            foreach (var bar in Disordered(market, random))
            {
                Assert.Equal(bar.AddTo(through), bar.AddTo(again));
                Assert.Equal((through.Clock, through.Horizon, through.Symbols, through.Bars), (again.Clock, again.Horizon, again.Symbols, again.Bars));
                switch (random.Next(100))
                {
                    case 0:
                        var bytes = again.Snapshot().Encode();
                        again = PartitionCounter.Restore(universes, bytes);
                        Assert.Equal(bytes, again.Snapshot().Encode());
                        break;
                    case 1:
                        Assert.Equivalent(through.TakeChanged(), again.TakeChanged(), strict: true);
                        break;
                    case 2:
                        through.RaiseHorizon(bar.Ts);
                        again.RaiseHorizon(bar.Ts);
                        break;
                    case 3:
                        through.Forget(bar.Ts);
                        again.Forget(bar.Ts);
                        break;
                }
            }

            Assert.Equal(through.Snapshot().Encode(), again.Snapshot().Encode());
        }, 40);

    [Fact]
    public void What_is_refused_changes_nothing() =>
        Properties.Hold(RandomMarket.Any, market =>
        {
            var (random, universes) = (new Random(market.Seed), market.Universes);
            PartitionCounter all = new(universes), taken = new(universes);
            foreach (var bar in Disordered(market, random))
            {
                var outcome = bar.AddTo(all);
                if (outcome is BarOutcome.Counted or BarOutcome.Corrected)
                {
                    Assert.Equal(outcome, bar.AddTo(taken));
                }
            }

            Assert.Equal(taken.Snapshot().Encode(), all.Snapshot().Encode());
        }, 40);

    /// <summary>Bars that are too late, far ahead, twice, of other values, in any mixture.</summary>
    private static IEnumerable<FeedBar> Disordered(RandomMarket market, Random random)
    {
        var bars = market.Bars;
        var feed = RandomFeed.Of(bars, RandomFeed.Dates(bars), random, random.Next(4) * 0.9999);
        var strays = random.Next(2) == 0 ? 0 : 30;
        for (var i = 0; i < feed.Length; i++)
        {
            yield return feed[i];
            if (random.Next(100) < strays)
            {
                var other = feed[random.Next(10) == 0 ? random.Next(feed.Length) : Math.Clamp(i + random.Next(-20, 5), 0, feed.Length - 1)];
                yield return other with { Price = random.Next(2) == 0 ? other.Price : Ticks.MaxPrice * random.NextDouble() + 1e-6 };
            }
        }
    }
}
