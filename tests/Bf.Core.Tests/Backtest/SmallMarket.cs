using Bf.Core.Backtest;
using Bf.Core.Market;

namespace Bf.Core.Tests.Backtest;

/// <summary>Markets small enough to work out by hand: dates are days from 2020-01-01 on, bars name their day.</summary>
internal static class SmallMarket
{
    private const long Start = 1_577_836_800_000_000;
    private const long DayLength = 86_400_000_000;

    /// <summary>1000 in cash, no costs, two dates held: numbers that a reader can follow.</summary>
    public static readonly BacktestSettings Free = new() { InitialCapital = 1000, CommissionRate = 0, SlippageRate = 0, HoldDays = 2 };

    public static long Day(int day) => Start + (day * DayLength);

    public static long[] Days(int count) => [.. Enumerable.Range(0, count).Select(Day)];

    public static PriceHistory Bars(string symbol, params (int Day, double Open, double Close)[] bars) =>
        new(symbol, [.. bars.Select(b => Day(b.Day))], [.. bars.Select(b => b.Open)], [.. bars.Select(b => b.Close)], [.. bars.Select(_ => 1.0)]);

    /// <summary>A symbol that opens and closes at one price, with one turnover, on the given days.</summary>
    public static PriceHistory Flat(string symbol, double price, double turnover, IEnumerable<int> days)
    {
        int[] all = [.. days];
        return new(symbol, [.. all.Select(Day)], [.. all.Select(_ => price)], [.. all.Select(_ => price)], [.. all.Select(_ => turnover)]);
    }

    public static BacktestMarket Of(int days, params PriceHistory[] histories) => Of(Universe.All, days, histories);

    public static BacktestMarket Of(Universe universe, int days, params PriceHistory[] histories) =>
        new(Days(days), universe, histories, [.. Enumerable.Repeat(100.0, days)]);

    public static BacktestResult Run(this BacktestMarket market, BacktestSettings settings, params int[] signals) =>
        Backtester.Run(market, signals.Select(date => new BuySignal(date, "thrust")), settings);

    public static double[] Values(this BacktestResult result) => [.. result.Equity.Select(p => p.Equity)];

    public static void Near(double expected, double? actual) => Assert.Equal(expected, Assert.NotNull(actual), 1e-9);
}
