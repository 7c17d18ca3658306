using System.Globalization;
using Bf.Cli.Commands;
using Bf.Core.Backtest;
using Bf.Jobs.Backtests;
using Bf.Serve.Report;

namespace Bf.Cli.Reports;

/// <summary>What a backtest paid, how it does under other assumptions, and whether today's bars still give it.</summary>
internal static class RobustnessPart
{
    public static ReportCosts Costs(BacktestRun b, BacktestReview? review)
    {
        var (s, t) = (b.Settings, b.Trading);
        var mean = b.Equity.Average(e => e.Equity);
        var years = EquityMetrics.Years(b.Equity[0].Ts, b.Equity[^1].Ts);
        var items = new List<ReportCost>
        {
            Cost("Commission", $"{Rate(s.CommissionRate)} of the traded value, on each side", t.Commission),
            Cost("Slippage", $"{Rate(s.SlippageRate)} of the price, on each side", t.Slippage),
        };
        if (t.Borrow > 0)
        {
            items.Add(Cost("Borrowing", $"{Rate(s.BorrowRate)} a year of the shorts’ value", t.Borrow));
        }

        if (t.Interest > 0)
        {
            items.Add(Cost("Interest earned", $"{Rate(s.CashRate)} a year on cash", -t.Interest));
        }

        return new([.. items], Cost("All costs", "", t.Costs), b.Trades.Sum(x => x.Pnl) + t.Costs, review?.Cases.FirstOrDefault(c => c.CostFactor == 0)?.Figures.Cagr);

        ReportCost Cost(string name, string rate, double money) => new(name, rate, money, mean > 0 && years > 0 ? money / mean / years : null);
    }

    public static ReportCase[] Cases(BacktestReview? review) => review is null ? [] :
    [
        .. review.Cases.Where(c => c.LaterDates == 0).Select(c => Case("costs", c)),
        .. review.Cases.Where(c => c.LaterDates > 0).Select(c => Case("delay", c)),
    ];

    public static IEnumerable<string> Warnings(BacktestRun b, BacktestReview? review, IReadOnlyDictionary<string, long> read, long barsNow)
    {
        if (b.Settings.Fill == FillTime.SameClose)
        {
            yield return $"{BacktestText.SameClose}.";
        }

        if (review is null)
        {
            yield return "The lake no longer holds the bars of this run; what would have to be run again is left out.";
        }
        else if (!review.IsSame)
        {
            var then = read.TryGetValue($"bars_{b.Interval}", out var version) && version != barsNow ? $" (bars_{b.Interval}: version {version} then, {barsNow} now)" : "";
            yield return $"The bars, the universe or the method have changed since this run was saved{then}: run again today, it makes {Percent(review.Again.Metrics.Strategy.Cagr)} a year instead of {Percent(b.Strategy.Cagr)}. "
                + "Curves, months, trades and costs are those of the saved run; other costs, later fills and statistics are of today’s bars.";
        }
    }

    private static ReportCase Case(string group, ReviewCase c) =>
        new(group, Name(c), c.IsRun, c.Figures.Cagr, c.Figures.Sharpe, c.Figures.MaxDrawdown, c.FinalEquity, c.Costs);

    private static string Name(ReviewCase c) => (c.CostFactor, c.LaterDates) switch
    {
        (0, _) => "no costs",
        (0.5, _) => "half the costs",
        (1, 0) => "its own costs",
        (2, _) => "twice the costs",
        (3, _) => "three times the costs",
        (1, 1) => "every fill a date later",
        (1, 2) => "every fill two dates later",
        var (factor, dates) => string.Create(CultureInfo.InvariantCulture, $"costs times {factor}, fills {dates} dates later"),
    };

    private static string Rate(double fraction) => TextTable.Percent(fraction, 2).Replace(" %", "%", StringComparison.Ordinal);

    private static string Percent(double? fraction) => TextTable.Percent(fraction, sign: true);
}
