using Bf.Core.Backtest;
using Bf.Core.Market;
using Bf.Core.Statistics;
using Bf.Jobs.Lake;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Backtests;

/// <summary>A backtest under another assumption, on the same bars.</summary>
/// <param name="CostFactor">What commission, slippage and borrowing were multiplied with.</param>
/// <param name="LaterDates">How many dates later than the run's every fill came.</param>
/// <param name="Figures">What it comes to.</param>
/// <param name="FinalEquity">Money at the end.</param>
/// <param name="Costs">What trading cost.</param>
public sealed record ReviewCase(double CostFactor, int LaterDates, Performance Figures, double FinalEquity, double Costs)
{
    /// <summary>Whether it is the run itself.</summary>
    public bool IsRun => CostFactor == 1 && LaterDates == 0;
}

/// <summary>
/// A backtest run again with its own settings over its own span, on the bars that the lake holds now: the signals that it passed over,
/// which no table keeps, how it does at other costs and with later fills, and how sure its record makes.
/// </summary>
/// <param name="IsSame">Whether the books are those of the run, to the last bit; if not, bars or members have changed since.</param>
/// <param name="Again">The repetition.</param>
/// <param name="Cases">The other assumptions, costs first, ascending; the run itself is among them.</param>
/// <param name="SharpeAboveZero">The probabilistic Sharpe ratio of the run's record against 0; null where it has none.</param>
/// <param name="SharpeAboveIndex">The same against the Sharpe ratio of the index held.</param>
public sealed record BacktestReview(bool IsSame, BacktestResult Again, IReadOnlyList<ReviewCase> Cases, double? SharpeAboveZero, double? SharpeAboveIndex)
{
    private static readonly (double CostFactor, int LaterDates)[] Assumptions = [(0, 0), (0.5, 0), (1, 0), (2, 0), (3, 0), (1, 1), (1, 2)];

    /// <summary>Reviews a backtest; null where it has no dates, or the lake none of them any more.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="universe">The backtest's universe.</param>
    /// <param name="signals">Its signals, as the lake holds them now.</param>
    /// <param name="b">The backtest.</param>
    public static BacktestReview? Of(DataLake lake, Universe universe, SignalReader signals, BacktestRun b)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(b);
        var bars = lake.Bars(Interval.Parse(b.Interval));
        var snapshot = bars.Load();
        if (b.Equity.Count == 0 || !snapshot.Exists || b.Equity[0].Ts > signals.Panel.Ts[^1])
        {
            return null;
        }

        // the dates that the run had: since then some may have been added
        var settings = b.Settings with { From = b.Equity[0].Ts, To = b.Equity[^1].Ts };
        var inputs = BacktestInputs.Read(bars, snapshot, universe, signals, settings.To);
        var chosen = Array.FindAll(Assumptions, a => Highest(settings) * a.CostFactor < 1);
        var results = new BacktestResult[chosen.Length];
        Threads.Run([.. chosen.Select((a, i) => (Action)(() => results[i] = inputs.Run(b.Rules, Under(settings, a.CostFactor, a.LaterDates))))]);
        var again = results[Array.IndexOf(chosen, (1, 0))];
        var (own, index) = (Moments(e => e.Equity), Moments(e => e.Index));
        return new(
            IsSameAs(b, again), again, [.. results.Select((r, i) => new ReviewCase(chosen[i].CostFactor, chosen[i].LaterDates, r.Metrics.Strategy, r.Equity[^1].Equity, r.Metrics.Trading.Costs))],
            own is null ? null : ProbabilisticSharpe.Of(own), own is null || index is null ? null : ProbabilisticSharpe.Of(own, index.Sharpe));

        ReturnMoments? Moments(Func<EquityRow, double?> value) =>
            b.Equity.All(e => value(e) is not null) && EquityMetrics.Returns([.. b.Equity.Select(e => value(e)!.Value)]) is { } returns ? ReturnMoments.Of(returns) : null;
    }

    private static double Highest(BacktestSettings s) => Math.Max(s.BorrowRate, Math.Max(s.CommissionRate, s.SlippageRate));

    private static BacktestSettings Under(BacktestSettings s, double costFactor, int laterDates) => s with
    {
        CommissionRate = s.CommissionRate * costFactor,
        SlippageRate = s.SlippageRate * costFactor,
        BorrowRate = s.BorrowRate * costFactor,
        Delay = s.Delay + laterDates,
    };

    private static bool IsSameAs(BacktestRun b, BacktestResult again)
    {
        var same = b.Equity.Count == again.Equity.Count;
        for (var i = 0; same && i < b.Equity.Count; i++)
        {
            var (ours, theirs) = (b.Equity[i], again.Equity[i]);
            same = ours.Ts == theirs.Ts && ours.Equity == theirs.Equity && ours.Index == again.IndexEquity?[i] && ours.Basket == again.BasketEquity?[i];
        }

        return same;
    }
}
