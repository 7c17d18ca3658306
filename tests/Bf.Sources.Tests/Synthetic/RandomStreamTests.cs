using Bf.Sources.Synthetic;

namespace Bf.Sources.Tests.Synthetic;

public sealed class RandomStreamTests
{
    [Fact]
    public void The_same_stream_gives_the_same_numbers_and_another_one_others()
    {
        double[] First(long seed, Chance purpose, int index, int second = 0)
        {
            var random = new RandomStream(seed, purpose, index, second);
            return [random.Share(), random.Share(), random.Share()];
        }

        var one = First(1, Chance.Path, 7);
        Assert.Equal(one, First(1, Chance.Path, 7));
        double[][] others = [First(2, Chance.Path, 7), First(1, Chance.Traits, 7), First(1, Chance.Path, 8), First(1, Chance.Path, 7, 1)];
        Assert.All(others, other => Assert.Empty(one.Intersect(other)));
    }

    [Fact]
    public void Shares_and_normal_deviates_have_the_moments_that_they_should()
    {
        var random = new RandomStream(3, Chance.Market);
        double share = 0, mean = 0, square = 0, fourth = 0;
        const int Count = 200_000;
        for (var i = 0; i < Count; i++)
        {
            share += random.Share();
            var z = random.Normal();
            mean += z;
            square += z * z;
            fourth += z * z * z * z;
        }

        Assert.Equal(0.5, share / Count, 0.003);
        Assert.Equal(0, mean / Count, 0.01);
        Assert.Equal(1, square / Count, 0.015);
        Assert.Equal(3, fourth / Count, 0.1);
    }
}
