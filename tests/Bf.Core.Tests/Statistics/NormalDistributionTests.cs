using Bf.Core.Statistics;

namespace Bf.Core.Tests.Statistics;

public sealed class NormalDistributionTests
{
    // 0.975 and so on: Wichura's paper and tables of the normal distribution
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-20, -9.262340089798408)]
    public void The_normal_quantile_is_that_of_the_tables(double share, double z) => Assert.Equal(z, NormalDistribution.Quantile(share), 1e-14 * Math.Max(1, Math.Abs(z)));

    // from erfc of a C library, right to its last digits
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.3, 0.6179114221889526)]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(1.96, 0.9750021048517795)]
    [InlineData(2.5, 0.9937903346742238)]
    [InlineData(-2.9, 0.0018658133003840384)]
    [InlineData(-3.1, 0.0009676032132183562)]
    [InlineData(3.5, 0.9997673709209645)]
    [InlineData(-5, 2.866515718791946e-07)]
    [InlineData(-10, 7.619853024160593e-24)]
    [InlineData(-20, 2.7536241186063314e-89)]
    [InlineData(-37, 5.725571222525139e-300)]
    public void The_share_below_a_deviate_is_right_in_the_middle_and_in_the_tail(double z, double share) => Assert.Equal(1, NormalDistribution.Cdf(z) / share, 4e-13);

    [Fact]
    public void Quantile_and_share_undo_each_other()
    {
        for (var share = 0.0005; share < 1; share += 0.0005)
        {
            Assert.Equal(share, NormalDistribution.Cdf(NormalDistribution.Quantile(share)), 2e-15);
        }
    }

    [Fact]
    public void Nothing_lies_below_minus_infinity_and_everything_below_infinity()
    {
        Assert.Equal((0.0, 1.0), (NormalDistribution.Cdf(double.NegativeInfinity), NormalDistribution.Cdf(double.PositiveInfinity)));
        Assert.True(double.IsNaN(NormalDistribution.Cdf(double.NaN)));
    }
}
