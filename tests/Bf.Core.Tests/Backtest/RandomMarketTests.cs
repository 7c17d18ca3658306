using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

/// <summary>What must hold on any market.</summary>
public sealed class RandomMarketTests
{
    [Fact]
    public void Chance_leaves_no_case_out()
    {
        var seen = new HashSet<object>();
        RandomMarket.ForAny(c =>
        {
            var result = c.Run();
            seen.UnionWith(result.Trades.Select(t => t.Reason is { } reason ? (object)reason : "open"));
            seen.UnionWith(result.Trades.Select(t => (object)t.Side));
            seen.UnionWith(result.Unfilled.Select(u => (object)u.Reason));
            seen.UnionWith(result.Episodes.Select(e => (object)e.Use));
        });

        Assert.Superset(
            new HashSet<object>
            {
                ExitReason.HoldDays, ExitReason.Delisted, ExitReason.Signal, ExitReason.StopLoss, ExitReason.TrailingStop, ExitReason.TakeProfit, ExitReason.MarginCall, "open",
                UnfilledReason.NoBar, UnfilledReason.SpanEnded, UnfilledReason.Cancelled, UnfilledReason.NoCash,
                SignalUse.Taken, SignalUse.AlreadyInvested, SignalUse.NothingToBuy, SignalUse.Contradicted, TradeSide.Long, TradeSide.Short,
            },
            seen);
    }

    [Fact]
    public void The_books_add_up_on_whatever_date_the_data_end() => RandomMarket.ForAny(c =>
    {
        for (var last = 8; last < RandomMarket.Dates; last += 27)
        {
            var result = c.CutAfter(last).Run();
            var end = result.Equity[^1];
            var open = result.Trades.Where(t => !t.IsClosed).ToArray();
            Assert.Equal(c.Settings.InitialCapital + result.Trades.Sum(t => t.Pnl) + end.Interest, end.Equity, 1e-6);
            Assert.Equal(end.Equity - end.Cash, open.Sum(t => t.Side == TradeSide.Long ? t.Outlay + t.Pnl : -(t.Shares * t.EntryPrice) + t.Commission + t.Pnl + t.Borrow), 1e-6);
            Assert.Equal(result.Trades.Sum(t => t.Pnl), result.Episodes.Sum(e => e.Pnl), 1e-6);
            Assert.Equal(result.Episodes.Sum(e => e.Ordered), result.Trades.Count + result.Unfilled.Count);
            Assert.Equal(result.Metrics.Trading.Costs, result.Trades.Sum(t => t.Commission + t.Slippage + t.Borrow), 1e-6);
            Assert.All(result.Trades.Where(t => t.IsClosed), t => Assert.Equal(
                ((t.Side == TradeSide.Long ? 1 : -1) * t.Shares * (t.ExitPrice!.Value - t.EntryPrice)) - t.Commission - t.Borrow, t.Pnl, 1e-6));
        }
    });

    [Fact]
    public void Without_shorts_there_are_no_debts() => RandomMarket.ForAny(c =>
    {
        if (c.Rules.Side == StrategySide.Long)
        {
            Assert.All(c.Run().Equity, p => Assert.True(p.Cash >= 0 && p.Exposure is >= 0 and <= 1));
        }
    });

    [Fact]
    public void Interest_only_grows_and_without_a_rate_there_is_none() => RandomMarket.ForAny(c =>
    {
        var interest = c.Run().Equity.Select(p => p.Interest).ToArray();
        Assert.Equal(interest.Order(), interest);
        Assert.True(c.Settings.CashRate > 0 ? interest[^1] > 0 : interest[^1] == 0);
    });

    [Fact]
    public void A_plainer_simulation_symbol_by_symbol_comes_to_the_same() => RandomMarket.ForAny(c =>
    {
        if (c.Rules.Side == StrategySide.Both)
        {
            return;
        }

        var (result, plain) = (c.Run(), PlainSimulation.Of(c));
        Assert.Equal(plain.Trades.Count, result.Trades.Count);
        Assert.All(plain.Trades.Zip(result.Trades), t =>
        {
            Assert.Equal((t.First.Symbol, Day(t.First.Entry)), (t.Second.Symbol, t.Second.EntryTs));
            Assert.Equal(t.First.Settled is { } settled ? Day(settled) : null, t.Second.SettledTs);
            Assert.Equal(t.First.Pnl(c.Length - 1), t.Second.Pnl, 1e-6);
            Assert.Equal(t.First.BorrowAt(c.Length - 1), t.Second.Borrow, 1e-6);
        });
        Assert.All(plain.Equity.Zip(result.Values()), e => Assert.Equal(e.First, e.Second, 1e-5));
        Assert.All(plain.Interest.Zip(result.Equity), e => Assert.Equal(e.First, e.Second.Interest, 1e-6));
    });

    [Fact]
    public void The_order_of_symbols_and_signals_changes_nothing() => RandomMarket.ForAny(c =>
    {
        var other = c with { Histories = [.. c.Histories.Reverse()], Signals = [.. c.Signals.Reverse()] };
        Same(c.Run(), other.Run(), RandomMarket.Dates - 1);
        Assert.Equal(c.Run().Metrics, other.Run().Metrics);
    });

    [Fact]
    public void Cutting_the_data_changes_nothing_before_the_cut() => RandomMarket.ForAny(c =>
    {
        var full = c.Run();
        for (var last = 5; last < RandomMarket.Dates; last += 7)
        {
            Same(c.CutAfter(last).Run(), full, last);
        }
    });

    [Fact]
    public void Another_future_changes_nothing_before_it() => RandomMarket.ForAny(c =>
    {
        var full = c.Run();
        for (var last = 9; last < RandomMarket.Dates - 1; last += 23)
        {
            Same(c.OtherAfter(last, seed: last).Run(), full, last);
        }
    });

    [Fact]
    public void A_span_that_ends_is_the_same_as_data_that_end() => RandomMarket.ForAny(c =>
    {
        var span = c with { Settings = c.Settings with { To = Day(40) } };
        Same(c.CutAfter(40).Run(), span.Run(), 40);
        Assert.Equal(c.CutAfter(40).Run().Metrics, span.Run().Metrics);
    });

    [Fact]
    public void Bought_is_only_a_member_with_a_bar_within_the_limits() => RandomMarket.ForAny(c =>
    {
        var result = c.Run();
        Assert.All(result.Trades, t =>
        {
            Assert.Contains(t.SignalTs, c.Histories.Single(h => h.Symbol == t.Symbol).Ts);
            Assert.True(c.Market().IsMember(t.Symbol, t.SignalTs));
            var soonest = Day(c.Settings.Delay + (c.Settings.Fill == FillTime.SameClose ? 0 : 1)) - Day(0);
            Assert.InRange(t.EntryTs, t.SignalTs + soonest, t.SignalTs + soonest + Day(9) - Day(0));
            Assert.True(t.Reason != ExitReason.HoldDays || t.ExitTs >= t.EntryTs + Day(c.Settings.HoldDays!.Value) - Day(0));
        });
        Assert.All(result.Episodes, e => Assert.True(e.Ordered <= (c.Settings.MaxPositions ?? int.MaxValue)));
    });

    private static void Same(BacktestResult a, BacktestResult b, int last)
    {
        var ts = Day(last);
        Assert.Equal(a.Equity.Where(p => p.Ts <= ts), b.Equity.Where(p => p.Ts <= ts));
        Assert.Equal(Known(a, ts), Known(b, ts));
        Assert.Equal(a.IndexEquity!.Take(last + 1), b.IndexEquity!.Take(last + 1));
        Assert.Equal(a.BasketEquity?.Take(last + 1), b.BasketEquity?.Take(last + 1));
        Assert.Equal(
            a.Episodes.Where(e => e.SignalTs <= ts).Select(e => (e.Signal, e.SignalTs, e.Side, e.Use, e.Ordered)),
            b.Episodes.Where(e => e.SignalTs <= ts).Select(e => (e.Signal, e.SignalTs, e.Side, e.Use, e.Ordered)));
    }

    // what is known of the trades at a time: a sale settled later has not happened yet, and the mark moves on
    private static IEnumerable<Trade> Known(BacktestResult result, long ts) => result.Trades.Where(t => t.EntryTs <= ts).Select(t =>
        t.SettledTs <= ts ? t : t with { ExitTs = null, ExitPrice = null, SettledTs = null, Reason = null, Commission = 0, Slippage = 0, Pnl = 0, Borrow = 0 });
}
