using System.Reflection;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Signals;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

/// <summary>No strategy can look ahead: what it decides and what the books say up to a date does not depend on what comes after. Found by reflection and from the catalogue, so that a new one cannot escape.</summary>
public sealed class LookAheadTests
{
    private const int Dates = RandomMarket.Dates;

    public static TheoryData<string, string?, StrategySide> Strategies()
    {
        var all = new TheoryData<string, string?, StrategySide>();
        foreach (var (i, signal) in StrategySettings.Signals.Index())
        {
            // without an exit, with the score, and with the next detector of the catalogue: all pairs would be many
            var next = StrategySettings.Signals[(i + 1) % StrategySettings.Signals.Count];
            foreach (var side in Enum.GetValues<StrategySide>())
            {
                foreach (var exit in new[] { null, StrategySettings.Score, next }.Distinct())
                {
                    if (side != StrategySide.Both || exit is not null)
                    {
                        all.Add(signal, exit, side);
                    }
                }
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Strategies), DisableDiscoveryEnumeration = true)]
    public void Neither_cutting_nor_changing_the_future_changes_the_past(string signal, string? exit, StrategySide side)
    {
        var strategy = new StrategySettings(signal) { Exit = exit, Side = side }.Create();
        var market = RandomMarket.Of(11);
        var settings = new BacktestSettings { HoldDays = 12, StopLoss = 0.2, CashRate = 0.05 };
        var watched = new Watched(strategy);
        var whole = Backtester.Run(market.Market(), Board(market, Dates, 0), watched, settings);
        for (var last = 10; last < Dates - 1; last += 13)
        {
            var (cut, other) = (new Watched(strategy), new Watched(strategy));
            var (cutMarket, otherMarket) = (market.CutAfter(last), market.OtherAfter(last, last));
            var shorter = Backtester.Run(cutMarket.Market(), Board(cutMarket, Dates, 0), cut, settings);
            var different = Backtester.Run(otherMarket.Market(), Board(otherMarket, last, 1), other, settings);

            Assert.Equal(watched.Seen[..(last + 1)], cut.Seen);
            Assert.Equal(watched.Seen[..(last + 1)], other.Seen[..(last + 1)]);
            Assert.Equal(whole.Equity.Take(last + 1), shorter.Equity);
            Assert.Equal(whole.Equity.Take(last + 1), different.Equity.Take(last + 1));
        }

    }

    // a detector fires on a date or not by chance; after a date, by another chance
    private static SignalBoard Board(RandomMarket m, int last, int chance) => new(
        m.Length,
        Detectors.All.Select((d, i) => new NamedFires(d.Name, [.. Enumerable.Range(0, m.Length).Where(t => new Random((100_000 * (t <= last ? 0 : chance)) + (1000 * i) + t).Next(9) == 0)])),
        [new NamedSeries(StrategySettings.Score, m.Score)]);

    [Fact]
    public void Every_strategy_of_the_library_is_among_those_that_are_tried()
    {
        var tried = Strategies().Select(row => new StrategySettings(row.Data.Item1) { Exit = row.Data.Item2, Side = row.Data.Item3 }.Create().GetType()).ToHashSet();

        Assert.Equal(typeof(IStrategy).Assembly.GetTypes().Where(t => t.IsClass && t.IsAssignableTo(typeof(IStrategy))).ToHashSet(), tried);
    }

    [Fact]
    public void A_view_ends_with_its_date_and_cannot_be_kept()
    {
        var board = new SignalBoard(5, [new NamedFires("a", [3])], [new NamedSeries("s", new double[] { 1, 2, 3, 4, 5 })]);

        Assert.Equal([1.0, 2, 3], new MarketView(board, 2).Series("s").ToArray());
        Assert.False(new MarketView(board, 2).Fired("a"));
        Assert.True(new MarketView(board, 3).Fired("a"));
        Assert.True(typeof(MarketView).IsByRefLike);
        // nothing public of it takes a date: there is no way to ask for another
        Assert.DoesNotContain(
            typeof(MarketView).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).SelectMany(m => m.GetParameters()),
            p => p.ParameterType != typeof(string));
    }

    private sealed class Watched(IStrategy strategy) : IStrategy
    {
        private readonly List<string> _seen = [];

        public string[] Seen => [.. _seen];

        public Decision Decide(MarketView view)
        {
            var decision = strategy.Decide(view);
            _seen.Add($"{view.Date}: {string.Join(",", decision.Entries)} {decision.ExitLong} {decision.ExitShort}");
            return decision;
        }
    }
}
