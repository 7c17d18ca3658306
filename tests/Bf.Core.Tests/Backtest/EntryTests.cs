using Bf.Core.Backtest;
using Bf.Core.Market;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class EntryTests
{
    private static readonly IEnumerable<int> Month = Enumerable.Range(0, 30);

    private static IEnumerable<string> Bought(BacktestResult result) => result.Trades.Select(t => t.Symbol);

    [Fact]
    public void The_most_traded_are_bought_first_and_ties_go_by_the_symbol()
    {
        var market = Of(30, Flat("D", 1, 5, Month), Flat("B", 1, 7, Month), Flat("C", 1, 7, Month), Flat("A", 1, 9, Month));

        Assert.Equal(["A", "B"], Bought(market.Run(Free with { MaxPositions = 2 }, 25)));
        Assert.Equal(["A", "B", "C"], Bought(market.Run(Free with { MaxPositions = 3 }, 25)));
        Assert.Equal(["A", "B", "C", "D"], Bought(market.Run(Free with { MaxPositions = 9 }, 25)));
    }

    [Fact]
    public void Symbols_are_ranked_by_the_median_of_their_last_twenty_bars_up_to_the_signal()
    {
        // A: one day of a takeover does not lift the median. B: large 20 bars ago and again after the signal, small between.
        var a = Turnovers("A", Enumerable.Range(0, 30).Select(i => i == 24 ? 1e9 : 4.0));
        var b = Turnovers("B", Enumerable.Range(0, 30).Select(i => i is <= 5 or > 25 ? 1e9 : 3.0));
        var c = Turnovers("C", Enumerable.Range(0, 30).Select(i => i % 2 == 0 ? 3.0 : 4.5)); // median 3.75

        Assert.Equal(["A"], Bought(Of(30, a, b, c).Run(Free with { MaxPositions = 1 }, 25)));
        Assert.Equal(["A", "C"], Bought(Of(30, a, b, c).Run(Free with { MaxPositions = 2 }, 25)));
    }

    [Fact]
    public void An_unknown_turnover_takes_no_part_in_the_median_and_none_at_all_ranks_last()
    {
        var a = Turnovers("A", Enumerable.Repeat(double.NaN, 5));
        var b = Turnovers("B", [1, double.NaN, double.NaN, 3, 1]);
        var c = Turnovers("C", [1, 1, 1, 1, 1]);

        Assert.Equal(["B"], Bought(Of(5, a, b, c).Run(Free with { MaxPositions = 1 }, 3)));
        Assert.Equal(["B", "C"], Bought(Of(5, a, b, c).Run(Free with { MaxPositions = 2 }, 3)));
    }

    [Fact]
    public void Only_symbols_with_a_bar_on_the_date_of_the_signal_are_bought()
    {
        var result = Of(5, Flat("A", 1, 1, [0, 2, 3, 4]), Flat("B", 1, 1, [0, 1, 2, 3, 4])).Run(Free, 1);

        Assert.Equal(["B"], Bought(result));
        Assert.Equal(1000, result.Trades[0].Outlay);
    }

    [Fact]
    public void A_position_size_fixes_what_each_costs_and_how_many_are_bought()
    {
        var market = Of(5, Flat("A", 1, 1, Month.Take(5)), Flat("B", 1, 2, Month.Take(5)), Flat("C", 1, 3, Month.Take(5)));

        var result = market.Run(Free with { PositionSize = 0.4 }, 0);
        Assert.Equal([("B", 400.0), ("C", 400.0)], result.Trades.Select(t => (t.Symbol, t.Outlay)));
        Assert.Equal((200.0, 0.8), (result.Equity[1].Cash, result.Equity[1].Exposure));
        Assert.Equal(3, market.Run(Free with { PositionSize = 1 / 3.0 }, 0).Trades.Count);
        Assert.Equal(3, market.Run(Free with { PositionSize = 0.01 }, 0).Trades.Count);
    }

    [Fact]
    public void A_second_signal_changes_nothing_while_something_is_held_or_ordered()
    {
        var market = Of(12, Flat("A", 1, 1, Enumerable.Range(0, 12)));
        var result = market.Run(Free with { HoldDays = 3 }, 0, 1, 3, 4, 11);

        // bought on 1, sold on 4: the signals of 1 and 3 come while it is held, that of 4 after the sale
        Assert.Equal([Day(1), Day(5)], result.Trades.Select(t => t.EntryTs));
        Assert.Equal(
            [SignalUse.Taken, SignalUse.AlreadyInvested, SignalUse.AlreadyInvested, SignalUse.Taken, SignalUse.Taken],
            result.Episodes.Select(e => e.Use));
        Assert.Equal([1, 0, 0, 1, 0], result.Episodes.Select(e => e.Filled));
    }

    [Fact]
    public void Of_two_signals_on_one_date_the_first_by_name_is_taken()
    {
        var market = Of(5, Flat("A", 1, 1, Enumerable.Range(0, 5)));
        var result = Backtester.Run(market, [new(1, "z"), new(1, "b")], Free);

        Assert.Equal([("b", SignalUse.Taken), ("z", SignalUse.AlreadyInvested)], result.Episodes.Select(e => (e.Signal, e.Use)));
        Assert.Equal("b", Assert.Single(result.Trades).Signal);
    }

    [Fact]
    public void A_signal_without_a_member_to_buy_leaves_the_way_free_for_the_next()
    {
        var universe = Universe.Of("u", [("A", new Membership(Day(2), Day(9)))]);
        var result = Of(universe, 6, Flat("A", 1, 1, Enumerable.Range(0, 6))).Run(Free, 1, 2);

        Assert.Equal([SignalUse.NothingToBuy, SignalUse.Taken], result.Episodes.Select(e => e.Use));
    }

    [Fact]
    public void The_span_takes_signals_measures_and_marks_only_within_but_ranks_by_bars_before()
    {
        var a = Turnovers("A", [9, 9, 9, 9, 1, 1, 1, 1, 1, 1]);
        var b = Turnovers("B", [2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
        var settings = Free with { From = Day(4), To = Day(7) - 1, MaxPositions = 1 };
        var result = Of(10, a, b).Run(settings, 0, 4, 8);

        Assert.Equal((Day(4), Day(6)), (result.From, result.To));
        Assert.Equal([Day(4), Day(5), Day(6)], result.Equity.Select(p => p.Ts));
        Assert.Equal([Day(4)], result.Episodes.Select(e => e.SignalTs));
        Assert.Equal("A", Assert.Single(result.Trades).Symbol);
        Assert.False(result.Trades[0].IsClosed);
    }

    private static PriceHistory Turnovers(string symbol, IEnumerable<double> turnovers)
    {
        double[] all = [.. turnovers];
        return new(symbol, Days(all.Length), [.. all.Select(_ => 1.0)], [.. all.Select(_ => 1.0)], all);
    }
}
