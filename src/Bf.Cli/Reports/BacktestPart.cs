using Bf.Core.Backtest;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Backtests;
using Bf.Serve.Report;

namespace Bf.Cli.Reports;

/// <summary>The backtest's part of the report.</summary>
internal static class BacktestPart
{
    public static ReportBacktest Of(BacktestRun b)
    {
        var (s, index, basket) = (b.Strategy, b.Index, b.Basket);
        return new ReportBacktest
        {
            Description = $"{TitleOf(b.Signal)}: bought at each symbol's next open, in equal parts{(b.Settings.MaxPositions is { } n ? $" of the {n} most traded" : " of all members")}, sold at the open after {b.Settings.HoldDays} dates; "
                + $"{TextTable.Percent(b.Settings.CommissionRate, 2)} commission and {TextTable.Percent(b.Settings.SlippageRate, 2)} slippage on each side.",
            Ts = [.. b.Equity.Select(e => e.Ts)],
            Strategy = Curve(b, e => e.Equity),
            BuyAndHold = index is null ? null : Curve(b, e => e.Index),
            Basket = basket is null ? null : Curve(b, e => e.Basket),
            Metrics =
            [
                Metric("Total return", "over the whole span", ReportUnit.Percent, p => p.TotalReturn),
                Metric("CAGR", "a year", ReportUnit.Percent, p => p.Cagr),
                Metric("Volatility", "of daily returns, a year", ReportUnit.Percent, p => p.AnnualVolatility),
                Metric("Sharpe ratio", "mean over standard deviation of daily returns, a year", ReportUnit.Ratio, p => p.Sharpe),
                Metric("Sortino ratio", "mean over downside deviation, a year", ReportUnit.Ratio, p => p.Sortino),
                Metric("Maximum drawdown", "deepest fall from a high", ReportUnit.Percent, p => p.MaxDrawdown),
                Metric("Its length", "dates from the high to the recovery", ReportUnit.Days, p => p.DrawdownDates),
                Own("Signals taken", "others came while invested", ReportUnit.Count, b.Trading.SignalsTaken),
                Own("Trades", "positions opened", ReportUnit.Count, b.Trading.Trades),
                Own("Hit rate of signals", "share that ended in profit", ReportUnit.Percent, b.Trading.SignalHitRate),
                Own("Hit rate of trades", "share that ended in profit", ReportUnit.Percent, b.Trading.HitRate),
                Own("Exposure", "share of equity invested, on average", ReportUnit.Percent, b.Trading.Exposure),
                Own("Turnover", "traded value over equity, a year", ReportUnit.Ratio, b.Trading.Turnover),
                Own("Costs", "commission and slippage", ReportUnit.Money, b.Trading.Commission + b.Trading.Slippage),
            ],
            Episodes = [.. b.Trades.GroupBy(t => (t.Signal, t.SignalTs)).OrderBy(g => g.Key.SignalTs).Select(g => new ReportEpisode(
                $"{TitleOf(g.Key.Signal)}, {Timestamp.Format(g.Key.SignalTs)}", g.Min(t => t.EntryTs), g.All(t => t.ExitTs is not null) ? g.Max(t => t.ExitTs) : null,
                [.. g.Select(t => new ReportTrade(t.Symbol, t.EntryTs, t.EntryPrice, t.ExitTs, t.ExitPrice, t.Shares, t.Commission + t.Slippage, t.Pnl))]))],
        };

        ReportMetric Metric(string name, string meaning, ReportUnit unit, Func<Performance, double?> value) =>
            new(name, meaning, unit, value(s), index is null ? null : value(index), basket is null ? null : value(basket));
        static ReportMetric Own(string name, string meaning, ReportUnit unit, double? value) => new(name, meaning, unit, value, null, null);
    }

    private static string TitleOf(string signal) => signal == BuySignals.Score ? $"Score turns to {BreadthScore.Buy:0} or more" : Detectors.Find(signal)?.Title ?? signal;

    private static ReportCurve Curve(BacktestRun b, Func<EquityRow, double?> value)
    {
        var values = b.Equity.Select(value).ToArray();
        var high = double.NegativeInfinity;
        var falls = values.Select(v =>
        {
            high = Math.Max(high, v ?? high);
            return v / high - 1;
        }).ToArray();
        return new(values, falls);
    }
}
