using Bf.Cli.Commands;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Backtests;
using Bf.Serve.Report;

namespace Bf.Cli.Reports;

/// <summary>The backtest's part of the report.</summary>
internal static class BacktestPart
{
    /// <summary>The part of a backtest.</summary>
    /// <param name="b">The backtest.</param>
    /// <param name="review">The same run again; null where that could not be done.</param>
    /// <param name="read">The versions of the tables that the backtest read.</param>
    /// <param name="barsNow">The version of the bars now.</param>
    public static ReportBacktest Of(BacktestRun b, BacktestReview? review, IReadOnlyDictionary<string, long> read, long barsNow)
    {
        var (s, index, basket) = (b.Strategy, b.Index, b.Basket);
        long[] ts = [.. b.Equity.Select(e => e.Ts)];
        double[] equity = [.. b.Equity.Select(e => e.Equity)];
        double[] held = index is null ? [] : [.. b.Equity.Select(e => e.Index!.Value)];
        var year = MarketYear.DatesOf(ts);
        return new ReportBacktest
        {
            Title = $"{TitleOf(b, b.Signal)}, {b.Rules.Side switch { StrategySide.Short => "sold short, ", StrategySide.Both => "long and short, ", _ => "" }}{BacktestText.Held(b)}",
            Description = Describe(b),
            Ts = ts,
            Figures = s,
            IndexFigures = index,
            Exposure = [.. b.Equity.Select(e => e.Exposure)],
            RollingSharpe = Defined(RollingSharpe.Of(equity, year)),
            IndexRollingSharpe = Defined(RollingSharpe.Of(held, year)),
            Months = CalendarReturns.ByMonth(ts, equity),
            Years = CalendarReturns.ByYear(ts, equity),
            IndexYears = index is null ? [] : CalendarReturns.ByYear(ts, held),
            Taken = [.. b.Trades.Select(t => t.SignalTs).Distinct().Order()],
            Skipped = review is not { IsSame: true } ? [] : [.. review.Again.Episodes.Where(e => e.Use != SignalUse.Taken).Select(e => new ReportSkipped(e.SignalTs, TitleOf(b, e.Signal), Why(e.Use)))],
            Costs = b.Trades.Count == 0 ? null : RobustnessPart.Costs(b, review),
            Cases = b.Trades.Count == 0 ? [] : RobustnessPart.Cases(review),
            Confidence = new(review?.SharpeAboveZero, review?.SharpeAboveIndex, b.Trading.Trades, b.Trading.SignalsFired, b.Trading.SignalsTaken),
            Warnings = [.. RobustnessPart.Warnings(b, review, read, barsNow)],
            Strategy = Curve(b, e => e.Equity),
            BuyAndHold = index is null ? null : Curve(b, e => e.Index),
            Basket = basket is null ? null : Curve(b, e => e.Basket),
            Metrics =
            [
                Metric("Total return", "over the whole span", ReportUnit.Percent, p => p.TotalReturn),
                Metric("CAGR", "a year", ReportUnit.Percent, p => p.Cagr),
                Metric("Volatility", "of returns by date, a year", ReportUnit.Percent, p => p.AnnualVolatility),
                Metric("Sharpe ratio", "mean over standard deviation of returns by date, a year", ReportUnit.Ratio, p => p.Sharpe),
                Metric("Sortino ratio", "mean over downside deviation, a year", ReportUnit.Ratio, p => p.Sortino),
                Metric("Maximum drawdown", "deepest fall from a high", ReportUnit.Percent, p => p.MaxDrawdown),
                Metric("Its length", "dates from the high to the recovery", ReportUnit.Days, p => p.DrawdownDates),
                Own("Signals fired", "each a chance to trade", ReportUnit.Count, b.Trading.SignalsFired),
                Own("Signals taken", "the others came while one was worked off", ReportUnit.Count, b.Trading.SignalsTaken),
                Own("Trades", "positions opened", ReportUnit.Count, b.Trading.Trades),
                Own("Hit rate of signals", "share that ended in profit", ReportUnit.Percent, b.Trading.SignalHitRate),
                Own("Hit rate of trades", "share that ended in profit", ReportUnit.Percent, b.Trading.HitRate),
                Own("Exposure", "share of equity invested, on average", ReportUnit.Percent, b.Trading.Exposure),
                Own("Turnover", "traded value over equity, a year", ReportUnit.Ratio, b.Trading.Turnover),
                Own("Costs", "commission, slippage, borrowing", ReportUnit.Money, b.Trading.Costs),
                Own("Interest", "earned on cash", ReportUnit.Money, b.Trading.Interest),
            ],
            Episodes = [.. b.Trades.GroupBy(t => (t.Signal, t.SignalTs)).OrderBy(g => g.Key.SignalTs).Select(g => new ReportEpisode(
                $"{TitleOf(b, g.Key.Signal)}, {Timestamp.Format(g.Key.SignalTs)}", g.Min(t => t.EntryTs), g.All(t => t.ExitTs is not null) ? g.Max(t => t.ExitTs) : null,
                [.. g.Select(t => new ReportTrade(t.Symbol, t.EntryTs, t.EntryPrice, t.ExitTs, t.ExitPrice, t.Shares, t.Commission + t.Slippage + t.Borrow, t.Pnl, t.Return, Why(t.Reason), t.Side == TradeSide.Short))]))],
        };

        ReportMetric Metric(string name, string meaning, ReportUnit unit, Func<Performance, double?> value) =>
            new(name, meaning, unit, value(s), index is null ? null : value(index), basket is null ? null : value(basket));
        static ReportMetric Own(string name, string meaning, ReportUnit unit, double? value) => new(name, meaning, unit, value, null, null);
    }

    private static string Describe(BacktestRun b)
    {
        var s = b.Settings;
        var price = s.Fill == FillTime.SameClose ? "at the very close that made the signal" : "at each symbol’s next open";
        var opened = b.Rules.Side switch { StrategySide.Short => "sold short", StrategySide.Both => "bought, and sold short on the exit signal,", _ => "bought" };
        return $"{TitleOf(b, b.Signal)}: {opened} {price}, {BacktestText.Sized(s)}{(s.MaxPositions is { } n ? $" of the {n} most traded" : " of all members")}, {BacktestText.Held(b)}; "
            + $"{s.CommissionRate:0.00%} commission and {s.SlippageRate:0.00%} slippage on each side.";
    }

    private static string TitleOf(BacktestRun b, string signal) => signal == BuySignals.Score ? $"Score of {b.Rules.Buy:0.##} or more{(b.Rules.Side == StrategySide.Long ? "" : $", or of {b.Rules.Sell:0.##} or less")}" : Detectors.Find(signal)?.Title ?? signal;

    private static string Why(SignalUse use) => use switch
    {
        SignalUse.AlreadyInvested => "an earlier one was still held",
        SignalUse.Contradicted => "the exit signal was on at the same close",
        _ => "there was nothing to trade",
    };

    private static string? Why(ExitReason? reason) => reason switch
    {
        null => null,
        ExitReason.HoldDays => "time over",
        ExitReason.Signal => "exit signal",
        ExitReason.StopLoss => "stop loss",
        ExitReason.TrailingStop => "trailing stop",
        ExitReason.TakeProfit => "take profit",
        ExitReason.MarginCall => "margin call",
        _ => "delisted",
    };

    private static double?[] Defined(double[] values) => [.. values.Select(v => double.IsFinite(v) ? v : (double?)null)];

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
