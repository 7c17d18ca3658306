using Bf.Core.Backtest;
using Bf.Core.Market;
using static Bf.Core.Tests.Backtest.SmallMarket;

namespace Bf.Core.Tests.Backtest;

public sealed class CashAndSizeTests
{
    [Fact]
    public void Cash_earns_by_the_calendar_day_and_what_is_invested_does_not()
    {
        // Friday, Monday, Tuesday: three nights on 1000, then one on the 500 that were not invested
        var history = new PriceHistory("A", [Day(0), Day(3), Day(4)], [10, 10, 10], [10, 10, 10], [1, 1, 1]);
        var market = new BacktestMarket([Day(0), Day(3), Day(4)], Universe.All, [history], [1, 1, 1]);
        var result = market.Run(Free with { CashRate = 0.0365, PositionSize = 0.5, HoldDays = null }, 0);

        Assert.Equal([0, 0.3, 0.3 + (500.3 * 0.0001)], result.Equity.Select(p => Math.Round(p.Interest, 12)));
        Assert.Equal([1000, 1000.3, 1000.35003], result.Values().Select(v => Math.Round(v, 9)));
    }

    [Fact]
    public void Interest_is_no_profit_of_a_trade()
    {
        var result = Of(4, Flat("A", 10, 1, [0, 1, 2, 3])).Run(Free with { CashRate = 0.365, HoldDays = 1 }, 0);

        Assert.Equal(0, Assert.Single(result.Trades).Pnl, 1e-9);
        // nights on 1000, on nothing, on 1000 (the interest of the first was not invested)
        Near(1 + (1 * 0.001) + (1001.001 * 0.001), result.Equity[^1].Interest);
    }

    [Fact]
    public void A_volatility_target_gives_the_calm_symbol_more()
    {
        // returns of A alternate +1 %, -1 % and those of B +2 %, -2 % about 0: over six of them the deviation is exactly sqrt(6/5) of that
        var (a, b) = (Zigzag("A", 0.01), Zigzag("B", 0.02));
        var settings = Free with { Sizing = PositionSizing.Volatility, VolatilityDays = 6, TargetVolatility = 0.12, HoldDays = null };
        var result = Of(9, a, b).Run(settings, 6);

        var year = Math.Sqrt(252 * 6 / 5.0);
        Assert.Equal([1000 * 0.12 / (0.01 * year) / 2, 1000 * 0.12 / (0.02 * year) / 2], result.Trades.Select(t => Math.Round(t.Outlay, 9)), (x, y) => Math.Abs(x - y) < 1e-6);
        // four times the target is more than all: two thirds and one third of the equity
        Assert.Equal([667, 333], Of(9, a, b).Run(settings with { TargetVolatility = 0.48 }, 6).Trades.Select(t => Math.Round(t.Outlay)));
        Assert.Equal([100, 100], Of(9, a, b).Run(settings with { PositionSize = 0.1 }, 6).Trades.Select(t => Math.Round(t.Outlay, 9)));
    }

    [Fact]
    public void A_symbol_of_unknown_volatility_is_not_ordered()
    {
        var settings = Free with { Sizing = PositionSizing.Volatility, VolatilityDays = 8, TargetVolatility = 0.1 };
        var young = new PriceHistory("Y", [.. Enumerable.Range(4, 5).Select(Day)], [1, 2, 1, 2, 1], [1, 2, 1, 2, 1], [1, 1, 1, 1, 1]);

        Assert.Equal("A", Assert.Single(Of(9, Zigzag("A", 0.01), young, Flat("C", 1, 1, Enumerable.Range(0, 9))).Run(settings, 6).Trades).Symbol);
        Assert.Equal(SignalUse.NothingToBuy, Assert.Single(Of(9, young).Run(settings, 6).Episodes).Use);
        Assert.Single(Of(9, young).Run(settings with { VolatilityDays = 5 }, 7).Trades); // three of five returns are known
    }

    [Fact]
    public void Fixed_and_equal_sizes_under_one_cap_are_the_same()
    {
        var market = Of(5, [.. "ABCD".Select(c => Flat(c.ToString(), 1, c, Enumerable.Range(0, 5)))]);

        Assert.Equal(
            market.Run(Free with { PositionSize = 0.3 }, 0).Trades,
            market.Run(Free with { PositionSize = 0.3, Sizing = PositionSizing.Fixed }, 0).Trades);
    }

    [Theory]
    [InlineData(1, 252)]
    [InlineData(7, 1764)]
    [InlineData(78, 19656)]
    public void A_year_has_252_days_of_so_many_dates_as_a_usual_day_has(int aDay, double dates)
    {
        long[] ts = [.. Enumerable.Range(0, 5).SelectMany(d => Enumerable.Range(0, d == 2 ? Math.Max(1, aDay / 2) : aDay).Select(i => Day(d) + (i * 300_000_000L)))];

        Assert.Equal(dates, MarketYear.DatesOf(ts));
        Assert.Equal(252, MarketYear.DatesOf([]));
        Assert.Equal(252, MarketYear.DatesOf([-1, 0]));
    }

    [Fact]
    public void Performance_by_the_hour_is_made_annual_by_hours()
    {
        long[] ts = [.. Enumerable.Range(0, 4).SelectMany(d => Enumerable.Range(0, 7).Select(i => Day(d) + (i * 3_600_000_000L)))];
        double[] equity = [.. Enumerable.Range(0, ts.Length).Select(i => 100 + (i % 3))];

        Near(EquityMetrics.Sharpe(equity)!.Value * Math.Sqrt(7), Performance.Of(ts, equity).Sharpe);
        Near(EquityMetrics.AnnualVolatility(equity)!.Value * Math.Sqrt(7), Performance.Of(ts, equity).AnnualVolatility);
        Near(EquityMetrics.Sortino(equity)!.Value * Math.Sqrt(7), Performance.Of(ts, equity).Sortino);
    }

    // closes whose returns are +r, -r, +r, ...
    private static PriceHistory Zigzag(string symbol, double r)
    {
        var closes = new double[9];
        closes[0] = 10;
        for (var i = 1; i < 9; i++)
        {
            closes[i] = closes[i - 1] * (1 + (i % 2 == 1 ? r : -r));
        }

        return new(symbol, Days(9), [.. closes], closes, [.. closes.Select(_ => 1.0)]);
    }
}
