using Bf.Core.Market;

namespace Bf.Core.Tests;

public sealed class TicksTests
{
    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(44.8648, 44_864_800)]
    [InlineData(0.0000005, 1)]
    [InlineData(0.0000004999999999999999, 0)]
    [InlineData(0.0000015, 2)]
    [InlineData(-0.0000015, -2)]
    [InlineData(4503599627.3704975, 4_503_599_627_370_498)]
    [InlineData(36_000_000_000, 36_000_000_000_000_000)]
    public void A_price_is_rounded_half_away_from_zero(double price, long ticks) => Assert.Equal(ticks, Ticks.FromPrice(price));

    [Fact]
    public void The_longest_window_of_the_largest_price_fits_63_bits() =>
        Assert.True(checked(252 * Ticks.FromPrice(Ticks.MaxPrice)) > 0);

    [Fact]
    public void Ticks_become_the_price_again() => Assert.Equal(44.8648, Ticks.ToPrice(44_864_800));
}
