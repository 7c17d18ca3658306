using Bf.Core.Statistics;

namespace Bf.Core.Tests.Statistics;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_numbers_are_those_of_the_published_generator()
    {
        var random = new SplitMix64(1234567); // the figures that its reference implementation is checked with

        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821], Enumerable.Range(0, 5).Select(_ => random.Next()));
    }

    [Fact]
    public void Whole_numbers_below_a_limit_come_equally_often()
    {
        var random = new SplitMix64(5);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.Below(7)]++;
        }

        // the standard deviation of a count is 93
        Assert.All(counts, count => Assert.InRange(count, 9_600, 10_400));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(0, random.Below(1)));
    }

    [Fact]
    public void Streams_of_other_seeds_names_and_pieces_share_nothing()
    {
        static ulong[] First(long seed, string name, int first, int second)
        {
            var random = SplitMix64.Of(seed, name, first, second);
            return [random.Next(), random.Next(), random.Next()];
        }

        Assert.Equal(First(1, "zbt", 5, 0), First(1, "zbt", 5, 0));
        ulong[][] all = [First(1, "zbt", 5, 0), First(2, "zbt", 5, 0), First(1, "zbs", 5, 0), First(1, "zbt", 6, 0), First(1, "zbt", 5, 1), First(1, "", 5, 0), First(1, "zbt", 0, 5)];
        Assert.Equal(3 * all.Length, all.SelectMany(n => n).Distinct().Count());
    }

    [Fact]
    public void Shares_lie_strictly_between_0_and_1_and_in_the_middle_on_average()
    {
        var random = new SplitMix64(8);
        var shares = Enumerable.Range(0, 50_000).Select(_ => random.Share()).ToList();

        Assert.All(shares, s => Assert.True(s is > 0 and < 1));
        Assert.Equal(0.5, shares.Average(), 0.005);
        Assert.Equal(1 / 12.0, shares.Average(s => (s - 0.5) * (s - 0.5)), 0.002);
    }
}
