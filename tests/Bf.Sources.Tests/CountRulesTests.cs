using Bf.Core.Market;

namespace Bf.Sources.Tests;

public sealed class CountRulesTests
{
    private static readonly MarketCount Good = new(100, 1500, 1200, 80, long.MaxValue, 0, 120, 15);

    public static TheoryData<MarketCount, string?> Cases() => new()
    {
        { Good, null },
        { Good with { Unch = null, UpVol = null, DownVol = null, Highs = null, Lows = null }, null },
        { Good with { Adv = 0, Dec = 0 }, null },
        { Good with { Ts = 1001 }, "future_date" },
        { Good with { Ts = 1000 }, null },
        { Good with { Adv = -1 }, "count_negative" },
        { Good with { Unch = -1 }, "count_negative" },
        { Good with { DownVol = -1 }, "count_negative" },
        { Good with { Lows = -1 }, "count_negative" },
        { Good with { Dec = CountRules.MostIssues }, null },
        { Good with { Dec = CountRules.MostIssues + 1 }, "count_too_large" },
        { Good with { Highs = 2_000_000_000 }, "count_too_large" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Counts_are_kept_out_by_the_first_rule_that_they_break(MarketCount count, string? rule)
    {
        Assert.Equal(rule, CountRules.Broken(count, now: 1000));
        Assert.True(rule is null || CountRules.All.ContainsKey(rule));
    }
}
