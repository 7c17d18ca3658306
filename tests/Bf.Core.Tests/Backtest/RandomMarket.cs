using Bf.Core.Backtest;
using Bf.Core.Market;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

/// <summary>A market of chance: symbols start late, pause, vanish and come back, memberships begin and end, costs and sizes vary.</summary>
internal sealed record RandomMarket(int Length, PriceHistory[] Histories, Universe Universe, double[] Index, BuySignal[] Signals, BacktestSettings Settings)
{
    public const int Dates = 90;

    public static RandomMarket Of(int seed)
    {
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

    public static void ForAny(Action<RandomMarket> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(7, 1), FSharpOption<int>.None))),
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => holds(Of(seed))));

    public BacktestMarket Market() => new(Days(Length), Universe, Histories, Index);

    public BacktestResult Run() => Backtester.Run(Market(), Signals, Settings);

    public RandomMarket CutAfter(int last) => this with
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

        return new(symbol, [.. bars.Select(b => b.Ts)], [.. bars.Select(b => b.Open)], [.. bars.Select(b => b.Close)], [.. bars.Select(b => b.Turnover)]);
    }
}
