using Bf.Core.Market;

namespace Bf.Sources.Tests;

public sealed class BarRulesTests
{
    private const long Now = 1_704_200_000_000_000;

    public static TheoryData<double, double, double, double, double, long, string?> Bars() => new()
    {
        // open, high, low, close, adjusted, volume
        { 10, 12, 9, 11, 10.5, 1000, null },
        { 10, 10, 10, 10, 10, 0, null },
        { 0.000001, 0.000001, 0.000001, 0.000001, 0.000001, 1, null },
        { 0.0000009, 0.000001, 0.0000009, 0.000001, 0.000001, 1, "price_not_positive" },
        { 10, 12, 9, 11, 0.0000009, 1, "price_not_positive" },
        { 10, 12, 9, 11, 0.000001, 1, null },
        { 0, 12, 9, 11, 11, 1, "price_not_positive" },
        { -10, 12, 9, 11, 11, 1, "price_not_positive" },
        { 10, 12, 0, 11, 11, 1, "price_not_positive" },
        { Ticks.MaxPrice, Ticks.MaxPrice, 9, 11, 11, 1, null },
        { 10, Math.BitIncrement(Ticks.MaxPrice), 9, 11, 11, 1, "price_too_large" },
        { 10, 12, 9, 11, 37e9, 1, "price_too_large" },
        { double.NaN, 12, 9, 11, 11, 1, "price_not_finite" },
        { 10, double.PositiveInfinity, 9, 11, 11, 1, "price_not_finite" },
        { 10, 12, double.NegativeInfinity, 11, 11, 1, "price_not_finite" },
        { 10, 12, 9, double.NaN, 11, 1, "price_not_finite" },
        { 10, 12, 9, 11, double.NaN, 1, "price_not_finite" },
        { 10, 9, 12, 10, 10, 1, "high_below_low" },
        { 10, 10, Math.BitIncrement(10), 10, 10, 1, "high_below_low" },
        // vendors round: a ten-thousandth outside is allowed, more is not
        { 10000.9, 10000, 9000, 9500, 9500, 1, null },
        { 10001.1, 10000, 9000, 9500, 9500, 1, "open_outside_range" },
        { 9999.1, 11000, 10000, 10500, 10500, 1, null },
        { 9998.9, 11000, 10000, 10500, 10500, 1, "open_outside_range" },
        { 9500, 10000, 9000, 10000.9, 9500, 1, null },
        { 9500, 10000, 9000, 10001.1, 9500, 1, "close_outside_range" },
        { 10500, 11000, 10000, 9999.1, 10500, 1, null },
        { 10500, 11000, 10000, 9998.9, 10500, 1, "close_outside_range" },
        // adjusted closes have nothing to do with the day's range
        { 10, 12, 9, 11, 500, 1, null },
        { 10, 12, 9, 11, 11, -1, "volume_negative" },
        { 10, 12, 9, 11, 11, long.MaxValue, null },
    };

    [Theory]
    [MemberData(nameof(Bars))]
    public void A_bar_keeps_the_rules_up_to_their_bounds(double open, double high, double low, double close, double adjusted, long volume, string? rule) =>
        Assert.Equal(rule, BarRules.Broken(new("A", 0, open, high, low, close, adjusted, volume), Now));

    [Theory]
    [InlineData(Now - 1, null)]
    [InlineData(Now, null)]
    [InlineData(Now + 1, "future_date")]
    [InlineData(long.MaxValue, "future_date")]
    [InlineData(-Timestamp.Day, null)]
    public void A_bar_is_not_of_the_future(long ts, string? rule) =>
        Assert.Equal(rule, BarRules.Broken(new("A", ts, 1, 1, 1, 1, 1, 1), Now));

    [Fact]
    public void Every_rule_that_is_named_says_what_it_asks()
    {
        foreach (var row in Bars())
        {
            Assert.True(row.Data.Item7 is null || BarRules.All.ContainsKey(row.Data.Item7));
        }

        Assert.All([BarRules.FieldCount, BarRules.UnreadableDate, BarRules.UnreadableNumber, BarRules.SymbolMissing, BarRules.Conflict, "future_date"], rule => Assert.Contains(rule, BarRules.All.Keys));
    }
}
