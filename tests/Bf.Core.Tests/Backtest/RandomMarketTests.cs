using Bf.Core.Backtest;
using Bf.Core.Market;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

/// <summary>What must hold on any market: symbols start late, pause, vanish and come back, memberships begin and end, costs and sizes vary.</summary>
public sealed class RandomMarketTests
{
    private const int Dates = 90;

    [Fact]
    public void The_books_add_up() => ForAnyMarket(c =>
    {
        var result = c.Run();
        var last = result.Equity[^1];
        var open = result.Trades.Where(t => !t.IsClosed);
        Assert.Equal(c.Settings.InitialCapital + result.Trades.Sum(t => t.Pnl), last.Equity, 1e-6);
        Assert.Equal(last.Equity - last.Cash, open.Sum(t => t.Outlay + t.Pnl), 1e-6);
        Assert.Equal(result.Trades.Sum(t => t.Pnl), result.Episodes.Sum(e => e.Pnl), 1e-6);
        Assert.Equal(result.Episodes.Sum(e => e.Ordered), result.Trades.Count + result.Unfilled.Count);
        Assert.All(result.Equity, p => Assert.True(p.Cash >= 0 && p.Exposure is >= 0 and <= 1));
        Assert.All(result.Trades.Where(t => t.IsClosed), t => Assert.Equal(
            (t.Shares * (t.ExitPrice!.Value - t.EntryPrice)) - t.Commission, t.Pnl, 1e-6));
    });

    [Fact]
    public void The_order_of_symbols_and_signals_changes_nothing() => ForAnyMarket(c =>
    {
        var other = c with { Histories = [.. c.Histories.Reverse()], Signals = [.. c.Signals.Reverse()] };
        Same(c.Run(), other.Run(), Dates - 1);
        Assert.Equal(c.Run().Metrics, other.Run().Metrics);
    });

    [Fact]
    public void Cutting_the_data_changes_nothing_before_the_cut() => ForAnyMarket(c =>
    {
        var full = c.Run();
        for (var last = 5; last < Dates; last += 7)
        {
            Same(c.CutAfter(last).Run(), full, last);
        }
    });

    [Fact]
    public void A_span_that_ends_is_the_same_as_data_that_end() => ForAnyMarket(c =>
    {
        var span = c with { Settings = c.Settings with { To = Day(40) } };
        Same(c.CutAfter(40).Run(), span.Run(), 40);
        Assert.Equal(c.CutAfter(40).Run().Metrics, span.Run().Metrics);
    });

    [Fact]
    public void Bought_is_only_a_member_with_a_bar_within_the_limits() => ForAnyMarket(c =>
    {
        var result = c.Run();
        Assert.All(result.Trades, t =>
        {
            Assert.Contains(t.SignalTs, c.Histories.Single(h => h.Symbol == t.Symbol).Ts);
            Assert.True(c.Market().IsMember(t.Symbol, t.SignalTs));
            Assert.InRange(t.EntryTs, t.SignalTs + 1, t.SignalTs + Day(10) - Day(0));
            Assert.True(t.Reason != ExitReason.HoldDays || t.ExitTs >= t.EntryTs + Day(c.Settings.HoldDays) - Day(0));
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
            a.Episodes.Where(e => e.SignalTs <= ts).Select(e => (e.Signal, e.SignalTs, e.Use, e.Ordered)),
            b.Episodes.Where(e => e.SignalTs <= ts).Select(e => (e.Signal, e.SignalTs, e.Use, e.Ordered)));
    }

    // what is known of the trades at a time: a sale settled later has not happened yet, and the mark moves on
    private static IEnumerable<Trade> Known(BacktestResult result, long ts) => result.Trades.Where(t => t.EntryTs <= ts).Select(t =>
        t.SettledTs <= ts ? t : t with { ExitTs = null, ExitPrice = null, SettledTs = null, Reason = null, Commission = 0, Slippage = 0, Pnl = 0 });

    private static void ForAnyMarket(Action<Case> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(20260728, 1), FSharpOption<int>.None))),
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => holds(Case.Of(seed))));

    private sealed record Case(int Length, PriceHistory[] Histories, Universe Universe, double[] Index, BuySignal[] Signals, BacktestSettings Settings)
    {
        public static Case Of(int seed)
        {
#pragma warning disable CA5394 // a seeded generator is the point: the same seed gives the same market
            var r = new Random(seed);
            string[] symbols = [.. Enumerable.Range(0, r.Next(1, 9)).Select(i => $"S{i}")];
            var settings = new BacktestSettings
            {
                InitialCapital = 100_000,
                CommissionRate = r.Next(3) * 0.004,
                SlippageRate = r.Next(3) * 0.003,
                HoldDays = r.Next(1, 25),
                MaxPositions = r.Next(2) == 0 ? null : r.Next(1, 5),
                PositionSize = r.Next(2) == 0 ? null : 0.05 + (0.9 * r.NextDouble()),
            };
            IEnumerable<(string, Membership)> stays = symbols.SelectMany(s => r.Next(3) == 0
                ? [(s, new Membership(Day(0), Day(30))), (s, new Membership(Day(r.Next(30, 60)), Day(80)))]
                : new[] { (s, Membership.Always) });
            return new(
                Dates,
                [.. symbols.Select(s => History(s, r))],
                r.Next(2) == 0 ? Universe.All : Universe.Of("u", [.. stays]),
                [.. Enumerable.Range(0, Dates).Select(i => i % 11 == 3 ? double.NaN : 100 + r.NextDouble())],
                [.. Enumerable.Range(0, r.Next(1, 9)).Select(_ => new BuySignal(r.Next(Dates), r.Next(2) == 0 ? "a" : "b")).Distinct()],
                settings);
        }

        public BacktestMarket Market() => new(Days(Length), Universe, Histories, Index);

        public BacktestResult Run() => Backtester.Run(Market(), Signals, Settings);

        public Case CutAfter(int last) => this with
        {
            Length = last + 1,
            Index = Index[..(last + 1)],
            Signals = [.. Signals.Where(s => s.Date <= last)],
            Histories = [.. Histories.Select(h => (History: h, Bars: h.Ts.Count(t => t <= Day(last)))).Select(h =>
                new PriceHistory(h.History.Symbol, h.History.Ts[..h.Bars], h.History.Open[..h.Bars], h.History.Close[..h.Bars], h.History.Turnover[..h.Bars]))],
        };

        private static PriceHistory History(string symbol, Random r)
        {
            var bars = new List<(long Ts, double Open, double Close, double Turnover)>();
            var price = 1 + (100 * r.NextDouble());
            int start = r.Next(3) == 0 ? r.Next(Dates) : 0, end = r.Next(3) == 0 ? r.Next(start, Dates) : Dates, day = start;
            while (day < end)
            {
                var open = price * (0.9 + (0.2 * r.NextDouble()));
                price = open * (0.9 + (0.2 * r.NextDouble()));
                bars.Add((Day(day), r.Next(20) == 0 ? double.NaN : open, price, r.Next(5) == 0 ? double.NaN : r.Next(4)));
                // now and then a pause, some of them longer than an order or a holding waits
                day += r.Next(12) == 0 ? r.Next(2, 16) : 1;
            }
#pragma warning restore CA5394

            return new(symbol, [.. bars.Select(b => b.Ts)], [.. bars.Select(b => b.Open)], [.. bars.Select(b => b.Close)], [.. bars.Select(b => b.Turnover)]);
        }
    }
}
