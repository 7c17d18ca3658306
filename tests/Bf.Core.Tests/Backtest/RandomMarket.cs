using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Market;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

/// <summary>A market of chance: symbols start late, pause, vanish and come back, memberships begin and end; strategies, sizes, stops and costs vary.</summary>
internal sealed record RandomMarket(int Length, PriceHistory[] Histories, Universe Universe, double[] Index, BuySignal[] Signals, int[] Exits, double[] Score, RandomRules Rules, BacktestSettings Settings)
{
    public const int Dates = 90;

    public static RandomMarket Of(int seed)
    {
        var r = new Random(seed);
        string[] symbols = [.. Enumerable.Range(0, r.Next(1, 9)).Select(i => $"S{i}")];
        var rules = new RandomRules(ByScore: r.Next(3) == 0, HasExit: r.Next(2) == 0, (StrategySide)r.Next(3));
        rules = rules with { HasExit = rules.HasExit || rules.Side == StrategySide.Both };
        var settings = Trading(r, rules);
        IEnumerable<(string, Membership)> stays = symbols.SelectMany(s => r.Next(3) == 0
            ? [(s, new Membership(Day(0), Day(30))), (s, new Membership(Day(r.Next(30, 60)), Day(80)))]
            : new[] { (s, Membership.Always) });
        return new(
            Dates,
            [.. symbols.Select(s => History(s, r))],
            r.Next(2) == 0 ? Universe.All : Universe.Of("u", [.. stays]),
            [.. Enumerable.Range(0, Dates).Select(i => i % 11 == 3 ? double.NaN : 100 + r.NextDouble())],
            [.. Enumerable.Range(0, r.Next(1, 9)).Select(_ => new BuySignal(r.Next(Dates), r.Next(2) == 0 ? "a" : "b")).Distinct()],
            [.. Enumerable.Range(0, r.Next(1, 9)).Select(_ => r.Next(Dates))],
            [.. Enumerable.Range(0, Dates).Select(i => i < 5 || r.Next(20) == 0 ? double.NaN : 50 + (30 * Math.Sin(i / 5.0)) + (20 * r.NextDouble()))],
            rules,
            settings);
    }

    public static void ForAny(Action<RandomMarket> holds) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(7, 1), FSharpOption<int>.None))),
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed => holds(Of(seed))));

    public BacktestMarket Market() => new(Days(Length), Universe, Histories, Index);

    public BacktestResult Run() => Backtester.Run(Market(), Board(), Strategy(), Settings);

    public SignalBoard Board() => new(
        Length,
        [new NamedFires("a", DatesOf("a")), new NamedFires("b", DatesOf("b")), new NamedFires("x", Exits)],
        [new NamedSeries("score", Score)]);

    public IStrategy Strategy()
    {
        var isShort = Rules.Side == StrategySide.Short;
        Trigger[] entries = Rules.ByScore ? [new Band("score", isShort ? 40 : 60, !isShort)] : [new Fire("a"), new Fire("b")];
        Trigger exit = Rules.ByScore ? new Band("score", isShort ? 60 : 40, isShort) : new Fire("x");
        return new SignalStrategy(entries, Rules.HasExit ? exit : null, Rules.Side);
    }

    public RandomMarket CutAfter(int last) => this with
    {
        Length = last + 1,
        Index = Index[..(last + 1)],
        Score = Score[..(last + 1)],
        Signals = [.. Signals.Where(s => s.Date <= last)],
        Exits = [.. Exits.Where(d => d <= last)],
        Histories = [.. Histories.Select(h => (History: h, Bars: h.Ts.Count(t => t <= Day(last)))).Select(h =>
            new PriceHistory(h.History.Symbol, h.History.Ts[..h.Bars], h.History.Open[..h.Bars], h.History.Close[..h.Bars], h.History.Turnover[..h.Bars]))],
    };

    /// <summary>The same market up to a date, and another one after it.</summary>
    public RandomMarket OtherAfter(int last, int seed)
    {
        var r = new Random(seed);
        double[] Other(double[] values, Func<int, int> dateOf) => [.. values.Select((v, i) => dateOf(i) <= last ? v : v * (0.5 + r.NextDouble()))];
        return this with
        {
            Index = Other(Index, i => i),
            Score = Other(Score, i => i),
            Signals = [.. Signals.Select(s => s.Date <= last ? s : s with { Date = r.Next(last + 1, Length) }).Distinct()],
            Exits = [.. Exits.Select(d => d <= last ? d : r.Next(last + 1, Length))],
            Histories = [.. Histories.Select(h =>
            {
                int DateOf(int i) => (int)((h.Ts[i] - Day(0)) / (Day(1) - Day(0)));
                return new PriceHistory(h.Symbol, h.Ts, Other(h.Open, DateOf), Other(h.Close, DateOf), Other(h.Turnover, DateOf));
            })],
        };
    }

    private int[] DatesOf(string name) => [.. Signals.Where(s => s.Name == name).Select(s => s.Date)];

    private static BacktestSettings Trading(Random r, RandomRules rules)
    {
        double? Some(double most) => r.Next(3) == 0 ? 0.02 + (most * r.NextDouble()) : null;
        var size = r.Next(2) == 0 ? (double?)null : 0.05 + (0.9 * r.NextDouble());
        return new BacktestSettings
        {
            InitialCapital = 100_000,
            CommissionRate = r.Next(3) * 0.004,
            SlippageRate = r.Next(3) * 0.003,
            BorrowRate = r.Next(3) * 0.2,
            CashRate = r.Next(2) * 0.3,
            DelistingHaircut = r.Next(2) * 0.4,
            HoldDays = rules.HasExit && r.Next(2) == 0 ? null : r.Next(1, 25),
            MaxPositions = r.Next(2) == 0 ? null : r.Next(1, 5),
            PositionSize = size,
            Sizing = r.Next(3) == 0 ? PositionSizing.Volatility : size is null ? PositionSizing.Equal : PositionSizing.Fixed,
            TargetVolatility = 0.2 + (3 * r.NextDouble()),
            VolatilityDays = r.Next(5, 30),
            StopLoss = Some(0.4),
            TrailingStop = Some(0.4),
            TakeProfit = Some(0.6),
            Fill = r.Next(3) == 0 ? FillTime.SameClose : FillTime.NextOpen,
            Delay = r.Next(3) == 0 ? r.Next(1, 4) : 0,
        };
    }

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

/// <summary>What a random market is traded on: listed signals a and b with exits x, or a score with its bands at 60 and 40.</summary>
internal sealed record RandomRules(bool ByScore, bool HasExit, StrategySide Side);
