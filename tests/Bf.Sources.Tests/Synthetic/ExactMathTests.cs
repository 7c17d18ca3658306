using Bf.Sources.Synthetic;

namespace Bf.Sources.Tests.Synthetic;

public sealed class ExactMathTests
{
    // 0.975 and so on: Wichura's paper and tables of the normal distribution
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-20, -9.262340089798408)]
    public void The_normal_quantile_is_that_of_the_tables(double share, double z) => Assert.Equal(z, ExactMath.NormalQuantile(share), 1e-14 * Math.Max(1, Math.Abs(z)));

    [Fact]
    public void Exponential_and_logarithm_are_close_to_the_librarys()
    {
        for (var x = -600.0; x < 600; x += 0.37)
        {
            Assert.Equal(1, ExactMath.Exp(x) / Math.Exp(x), 1e-15 * (10 + Math.Abs(x)));
            Assert.Equal(x, ExactMath.Log(Math.Exp(x)), 1e-15 * (1 + Math.Abs(x)));
        }
    }

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
