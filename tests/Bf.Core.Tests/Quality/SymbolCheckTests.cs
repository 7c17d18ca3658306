using Bf.Core.Market;
using Bf.Core.Quality;
using static Bf.Core.Tests.Quality.SmallSeries;

namespace Bf.Core.Tests.Quality;

public sealed class SymbolCheckTests
{
    [Theory]
    [InlineData("", 0, false)]
    [InlineData("50", 1, false)] // 1 of 100 is below the line
    [InlineData("50 51", 2, false)] // 2 of 100 is the line itself
    [InlineData("20 50 51", 3, true)]
    [InlineData("0 1 2 3 4", 0, false)] // before the first bar nothing is missing
    [InlineData("97 98 99", 0, false)] // nor after the last
    public void Sessions_are_missing_between_a_symbols_first_and_last_bar(string without, long missing, bool warned)
    {
        int[] gaps = [.. without.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        int[] days = [.. Enumerable.Range(0, 100).Except(gaps)];
        var found = Look("missing_sessions", Calendar(100), Of(Quiet(days.Length), days: days));

        Assert.Equal((missing, missing > 0 ? 1 : 0), (found.Count, found.Places));
        Assert.Equal(warned, missing > 0 && Find("missing_sessions").IsWarning(found));
    }

    [Fact]
    public void A_date_with_few_bars_is_no_session_that_others_miss()
    {
        long[] symbols = [.. Enumerable.Range(0, 30).Select(d => d == 20 ? 49L : 100L)];
        var calendar = new MarketCalendar([.. Enumerable.Range(0, 30).Select(d => d * Timestamp.Day)], symbols);
        int[] days = [.. Enumerable.Range(0, 30).Where(d => d != 20)];

        Assert.Equal(0, Look("missing_sessions", calendar, Of(Quiet(29), days: days)).Places);
        Assert.Equal((29, 20), (calendar.Sessions.Length, calendar.SessionsBefore(20 * Timestamp.Day)));
    }

    [Fact]
    public void A_bar_on_a_date_that_is_no_session_is_no_fault()
    {
        var calendar = new MarketCalendar([.. Enumerable.Range(0, 30).Select(d => d * Timestamp.Day)], [.. Enumerable.Range(0, 30).Select(d => d == 20 ? 1L : 100L)]);

        Assert.Equal(0, Look("missing_sessions", calendar, Of(Quiet(30))).Places);
    }

    public static TheoryData<string, double[], long> OddPrices() => new()
    {
        { "nines among tens", [20, 21, 999_999.9999, 20, 21], 1 },
        { "nines at the beginning, many of them", [.. Enumerable.Repeat(999_999.9999, 15), 20, 21, 20], 15 },
        { "nines at the end", [20, 21, 99_999.99], 1 },
        { "nothing but nines", [99_999, 99_999, 99_999], 3 },
        { "a price that is made of nines and near the others", [98_500, 99_999, 99_500], 0 },
        { "small nines", [99.8, 99.99, 99.9], 0 },
        { "a spike that returns", [20, 21, 210, 20, 21], 1 },
        { "a dip that returns", [20, 21, 0.02, 20, 21], 1 },
        { "ten bars far away", [20, 21, .. Enumerable.Repeat(210d, 10), 20, 21], 10 },
        { "eleven bars far away: a level", [20, 21, .. Enumerable.Repeat(210d, 11), 20, 21], 0 },
        { "a level that stays", [20, 21, 210, 211, 209, 210, 212, 210, 211, 209, 208, 210, 211], 0 },
        { "a spike on the last bar may be real", [20, 21, 210], 0 },
        { "four times is not enough", [20, 21, 80, 20, 21], 0 },
        { "two spikes", [20, 210, 20, 21, 300, 22], 2 },
        { "one bar", [20], 0 },
    };

    [Theory]
    [MemberData(nameof(OddPrices))]
    public void Placeholders_and_spikes_are_odd_and_levels_are_not(string what, double[] close, long bars) =>
        Assert.True(bars == Look("odd_prices", null, Of(close)).Count, what);

    public static TheoryData<string, double[], double[], double[], long, long> Jumps()
    {
        double[] quiet = [20, 20, 20];
        return new()
        {
            { "half and half again", [20, 30, 20], [20, 30, 20], quiet, 0, 0 },
            { "more than half up", [20, 30.1, 30], [20, 30.1, 30], quiet, 1, 0 },
            { "more than half down", [20, 9.9, 10], [20, 9.9, 10], [20, 14, 10], 1, 0 },
            { "a split that adj_close knows", [40, 20, 20], [20, 20, 20], quiet, 0, 0 },
            { "a split that adj_close does not know", [40, 19.9, 20], [40, 19.9, 20], [40, 20.1, 20], 1, 1 },
            { "a split on a day of rise", [40, 20.3, 20], [40, 20.3, 20], [40, 20.1, 20], 1, 1 },
            { "nearly half within the day", [40, 20.3, 20], [40, 20.3, 20], [40, 39, 20], 0, 0 },
            { "the same move within the day is no split", [40, 19.5, 20], [40, 19.5, 20], [40, 39, 20], 1, 0 },
            { "a reverse split", [2, 20.2, 20], [2, 20.2, 20], [2, 20, 20], 1, 1 },
            { "more than a stock moves", [900, 20, 20], [900, 20, 20], [900, 400, 20], 1, 1 },
            { "nearly more than a stock moves", [390, 20, 20], [390, 20, 20], [390, 200, 20], 1, 0 },
            { "a placeholder is another check's", [20, 999_999.9999, 20], [20, 999_999.9999, 20], quiet, 0, 0 },
            { "adj_close jumps alone", [20, 20, 20], [20, 6.2, 6.2], quiet, 1, 1 },
        };
    }

    [Fact]
    public void An_adj_close_that_is_odd_alone_is_shown_as_such() =>
        Assert.Equal("2 bars at 3,200, next to 160 (adj_close)", Assert.Single(Look("odd_prices", null, Of([3200, 3200, 3200, 3200], [160, 3200, 3200, 160])).Examples).What);

    [Theory]
    [MemberData(nameof(Jumps))]
    public void Jumps_are_moves_of_more_than_half_and_some_look_like_faults(string what, double[] close, double[] adjClose, double[] open, long jumps, long faults)
    {
        var found = Look("jumps", null, Of(close, adjClose, open: open));

        Assert.True((jumps, faults) == (found.Count, found.Serious), $"{what}: {found.Count} jumps, {found.Serious} like faults");
        Assert.Equal(faults > 0, Find("jumps").IsWarning(found));
    }

    [Fact]
    public void A_jump_after_a_gap_says_how_long_the_gap_was() =>
        Assert.Contains("after 17 sessions without a bar", Assert.Single(Look("jumps", Calendar(30), Of([20, 20, 70], days: [1, 2, 20])).Examples).What);

    public static TheoryData<string, double[], long[], long> Stale() => new()
    {
        { "five repeats without volume", [20, 21, 21, 21, 21, 21, 21, 22], [9, 8, 0, 0, 0, 0, 0, 5], 5 },
        { "five repeats with the same volume", [20, 21, 21, 21, 21, 21, 21, 22], [9, 8, 8, 8, 8, 8, 8, 5], 5 },
        { "four repeats", [20, 21, 21, 21, 21, 21, 22, 22], [9, 8, 0, 0, 0, 0, 7, 6], 0 },
        { "the same price, traded", [21, 21, 21, 21, 21, 21, 21, 21], [1, 2, 3, 4, 5, 6, 7, 8], 0 },
        { "no volume, but the price moves", [20, 21, 22, 23, 24, 25, 26, 27], [0, 0, 0, 0, 0, 0, 0, 0], 0 },
        { "to the last bar", [20, 21, 21, 21, 21, 21, 21], [9, 8, 0, 0, 0, 0, 0], 5 },
        { "one bar", [20], [0], 0 },
    };

    [Theory]
    [MemberData(nameof(Stale))]
    public void Bars_that_repeat_the_bar_before_are_stale(string what, double[] close, long[] volume, long bars) =>
        Assert.True(bars == Look("stale_runs", null, Of(close, volume: volume)).Count, what);

    [Fact]
    public void Two_stale_runs_are_two_places_of_one_symbol()
    {
        var found = Look("stale_runs", null, Of([5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6], volume: new long[13]));

        Assert.Equal((2L, 1L, 11L), (found.Places, found.Symbols, found.Count));
        Assert.Equal("6 bars at 6", found.Examples[0].What);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(5, 5, false)]
    [InlineData(6, 6, true)]
    public void Bars_without_volume_are_warned_of_when_a_symbol_has_many(int zeros, long found, bool warned)
    {
        var evidence = Look("zero_volume", null, Of(Quiet(100), volume: [.. Enumerable.Range(0, 100).Select(i => i < zeros ? 0L : 5)]));

        Assert.Equal((found, 100L), (evidence.Count, evidence.Seen));
        Assert.Equal(warned, Find("zero_volume").IsWarning(evidence));
    }

    [Theory]
    [InlineData("^GSPC", true, "an index")]
    [InlineData("GSPC.INDX", true, "an index")]
    [InlineData("EURUSD=X", true, "a currency")]
    [InlineData("ES=F", true, "a future")]
    [InlineData("VFIAX", false, "no volume in 30 bars")]
    [InlineData("AAPL", true, null)]
    [InlineData("BRK-B", true, null)]
    [InlineData("BBB.US", true, null)]
    public void Indices_and_funds_are_no_shares(string symbol, bool traded, string? what)
    {
        var found = Look("no_shares", null, Of(Quiet(30), volume: traded ? null : new long[30], symbol: symbol));

        Assert.StartsWith(what ?? "-", found.Examples.SingleOrDefault()?.What ?? "-");
    }

    [Fact]
    public void Nineteen_bars_without_volume_are_too_few_to_say() =>
        Assert.Equal(0, Look("no_shares", null, Of(Quiet(19), volume: new long[19])).Places);
}
