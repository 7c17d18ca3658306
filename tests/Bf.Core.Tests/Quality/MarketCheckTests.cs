using Bf.Core.Market;
using Bf.Core.Quality;
using static Bf.Core.Tests.Quality.SmallSeries;

namespace Bf.Core.Tests.Quality;

public sealed class MarketCheckTests
{
    private static readonly Universe Members = Universe.Of("few", [("AAA", Membership.Always), ("BBB", new Membership(20 * Timestamp.Day, 60 * Timestamp.Day)), ("CCC", Membership.Always)]);

    [Fact]
    public void A_holiday_with_stray_bars_is_thin_and_no_session()
    {
        long[] symbols = [.. Enumerable.Range(0, 40).Select(d => d switch { 25 => 1L, 30 => 450L, 35 => 480L, _ => 600L })];
        var found = Look("thin_dates", Facts(Universe.All, new([.. Enumerable.Range(0, 40).Select(d => d * Timestamp.Day)], symbols)));

        Assert.Equal((2L, 1L, 40L), (found.Count, found.Serious, found.Seen));
        Assert.Equal(["1 of 600 usual symbols, no session", "450 of 600 usual symbols"], found.Examples.Select(e => e.What));
    }

    [Fact]
    public void Members_of_a_list_without_any_bar_are_named()
    {
        var found = Look("members_without_bars", Facts(Members, Calendar(100), ("AAA", 0, 99), ("BBB", 20, 59)));

        Assert.Equal(("CCC", 1L, 3L), (Assert.Single(found.Examples).Symbol, found.Count, found.Seen));
        Assert.Equal(0, Look("members_without_bars", Facts(Universe.All, Calendar(100), ("AAA", 0, 99))).Places);
    }

    [Theory]
    [InlineData(0, 99, "")]
    [InlineData(5, 94, "")]
    [InlineData(6, 99, "6 sessions late")]
    [InlineData(0, 93, "6 sessions early")]
    [InlineData(50, 60, "50 sessions late 39 sessions early")]
    public void Symbols_that_come_late_or_leave_early_are_noted(int first, int last, string what)
    {
        var facts = Facts(Universe.All, Calendar(100), ("AAA", first, last));
        var found = new[] { "late_starters", "early_leavers" }.SelectMany(c => Look(c, facts).Examples.Select(e => e.What));

        Assert.Equal(what, string.Join(' ', found));
    }

    [Theory]
    [InlineData(20, 59, "")]
    [InlineData(0, 99, "")]
    [InlineData(26, 53, "6 sessions late 6 sessions early")]
    public void A_membership_says_when_a_symbol_should_begin_and_end(int first, int last, string what)
    {
        var facts = Facts(Members, Calendar(100), ("BBB", first, last));
        var found = new[] { "late_starters", "early_leavers" }.SelectMany(c => Look(c, facts).Examples.Select(e => e.What));

        Assert.Equal(what, string.Join(' ', found));
    }

    [Fact]
    public void Quarantined_rows_are_counted_by_rule()
    {
        var found = Look("quarantined", Facts(Universe.All, Calendar(3)) with { Quarantined = new Dictionary<string, long> { ["conflict"] = 2, ["field_count"] = 7 } });

        Assert.Equal((9L, 2L), (found.Count, found.Places));
        Assert.Equal(["7 x field_count", "2 x conflict"], found.Examples.Select(e => e.What));
    }

    private static MarketFacts Facts(Universe universe, MarketCalendar calendar, params (string Symbol, int First, int Last)[] symbols) =>
        new(universe, calendar, [.. symbols.Select(s => new SymbolSpan(s.Symbol, s.First * Timestamp.Day, s.Last * Timestamp.Day))], new Dictionary<string, long>());
}
