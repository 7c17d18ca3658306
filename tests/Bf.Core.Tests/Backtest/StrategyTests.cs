using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Signals;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class StrategyTests
{
    private static readonly double[] Score = [double.NaN, 60, 70, 59, 61, 41, 40, 39, 50, 60];

    private static SignalBoard Board(params int[] fires) => new(
        Score.Length,
        Detectors.All.Select(d => new NamedFires(d.Name, d.Name == "zbt_ema" ? fires : [])),
        [new NamedSeries(StrategySettings.Score, Score)]);

    private static string[] Decisions(StrategySettings settings, params int[] fires)
    {
        var (strategy, board) = (settings.Create(), Board(fires));
        return [.. Enumerable.Range(0, Score.Length).Select(d =>
        {
            var decision = strategy.Decide(new MarketView(board, d));
            return string.Join("", decision.Entries.Select(e => e.Side == TradeSide.Long ? "L" : "S")) + (decision.ExitLong ? "-l" : "") + (decision.ExitShort ? "-s" : "");
        })];
    }

    [Fact]
    public void The_score_opens_when_it_comes_to_a_level_and_closes_while_it_is_at_the_other()
    {
        Assert.Equal(["", "L", "", "", "L", "", "", "", "", "L"], Decisions(new("score")));
        Assert.Equal(["", "L", "", "", "L", "", "-l", "-l", "", "L"], Decisions(new("score") { Exit = "score" }));
        Assert.Equal(["", "", "L", "", "", "-l", "-l", "-l", "", ""], Decisions(new("score") { Exit = "score", Buy = 70, Sell = 41 }));
    }

    [Fact]
    public void A_short_by_the_score_opens_low_and_closes_high() =>
        Assert.Equal(["", "-s", "-s", "", "-s", "", "S", "", "", "-s"], Decisions(new("score") { Exit = "score", Side = StrategySide.Short }));

    [Fact]
    public void On_both_sides_an_entry_closes_what_the_other_opened() =>
        Assert.Equal(["", "L-s", "L-s", "", "", "", "S-l", "-l", "", ""], Decisions(new("ZBT_EMA") { Exit = "score", Side = StrategySide.Both }, 1, 2));

    [Fact]
    public void A_detector_opens_on_its_fires_whatever_the_side()
    {
        Assert.Equal(["", "", "", "L", "", "", "", "L", "", ""], Decisions(new("zbt_ema"), 3, 7));
        Assert.Equal(["", "", "", "S", "", "", "", "", "", ""], Decisions(new("zbt_ema") { Side = StrategySide.Short }, 3));
        Assert.Equal(["", "L", "", "-l", "L", "", "", "", "", "L"], Decisions(new("score") { Exit = "zbt_ema" }, 3));
    }

    [Fact]
    public void A_signal_that_comes_with_the_exit_is_counted_but_not_taken()
    {
        var market = Of(Score.Length, Flat("A", 1, 1, Enumerable.Range(0, Score.Length)));
        var result = Backtester.Run(market, Board(1, 5, 6), new StrategySettings("zbt_ema") { Exit = "score" }.Create(), Free with { HoldDays = null });

        Assert.Equal([SignalUse.Taken, SignalUse.AlreadyInvested, SignalUse.Contradicted], result.Episodes.Select(e => e.Use));
        Assert.Equal((Day(2), Day(7), ExitReason.Signal), result.Trades.Select(t => (t.EntryTs, t.ExitTs!.Value, t.Reason!.Value)).Single());
    }

    [Fact]
    public void An_exit_cancels_what_is_still_ordered()
    {
        var market = Of(Score.Length, Flat("A", 1, 1, Enumerable.Range(0, 10)), Flat("B", 1, 1, [4, 9]));
        var result = Backtester.Run(market, Board(4), new StrategySettings("zbt_ema") { Exit = "score" }.Create(), Free with { HoldDays = null });

        Assert.Equal("A", Assert.Single(result.Trades).Symbol);
        Assert.Equal([new UnfilledOrder("B", "zbt_ema", Day(4), UnfilledReason.Cancelled)], result.Unfilled);
    }

    [Fact]
    public void Strategies_that_contradict_themselves_and_unknown_signals_are_refused()
    {
        Assert.Contains("no signal 'x'; there are score, ", Assert.Throws<ArgumentException>(() => new StrategySettings("x").Create()).Message, StringComparison.Ordinal);
        Assert.Contains("no signal 'y'", Assert.Throws<ArgumentException>(() => new StrategySettings("score") { Exit = "y" }.Create()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new StrategySettings("score") { Side = StrategySide.Both }.Create());
        Assert.Throws<ArgumentException>(() => new StrategySettings("score") { Buy = 40, Sell = 40 }.Create());
        Assert.Throws<ArgumentException>(() => new StrategySettings("score") { Sell = double.NaN }.Create());
        Assert.Throws<ArgumentException>(() => new StrategySettings("zbt_ema") { Exit = "Zbt_Ema" }.Create());
        Assert.Throws<ArgumentException>(() => Backtester.Run(Of(2), Board(), new StrategySettings("score").Create(), Free));
        Assert.Throws<ArgumentException>(() => Backtester.Run(Of(10), new SignalBoard(10, []), new StrategySettings("score").Create(), Free));
    }

    [Fact]
    public void A_board_that_does_not_fit_the_calendar_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SignalBoard(2, [new NamedFires("a", [2])]));
        Assert.Throws<ArgumentException>(() => new SignalBoard(2, [], [new NamedSeries("s", new double[3])]));
        Assert.Throws<ArgumentException>(() => new SignalBoard(2, [], [new NamedSeries("s", new double[2]), new NamedSeries("s", new double[2])]));
    }
}
