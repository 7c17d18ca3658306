using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Backtest.Strategies;

namespace Bf.Jobs.Backtests;

/// <summary>A setting of the portfolio: what it trades on, and how.</summary>
internal sealed record PortfolioTrial(StrategySettings Strategy, BacktestSettings Settings);

/// <summary>Settings of the portfolio on one market, each simulated as <c>bf backtest run</c> does it, on all threads.</summary>
internal sealed class PortfolioTrials(BacktestInputs inputs, PortfolioTrial[] trials, Action<int> progress) : GridTrials
{
    private readonly long[] _calendar = inputs.Market.Calendar;

    public override int Count => trials.Length;

    public override int Dates => _calendar.Length;

    public override double InitialCapital => trials[0].Settings.InitialCapital;

    public override double DatesPerYear { get; } = MarketYear.DatesOf(inputs.Market.Calendar);

    public override GridFigures[] Run(int first, int last)
    {
        var figures = new GridFigures[trials.Length];
        var (next, done) = (-1, 0);
        Threads.Run([.. Enumerable.Repeat(Take, Math.Min(Environment.ProcessorCount, trials.Length))]);
        return figures;

        void Take()
        {
            for (var i = Interlocked.Increment(ref next); i < trials.Length; i = Interlocked.Increment(ref next))
            {
                var result = Simulate(i, first, last);
                var p = result.Metrics.Strategy;
                figures[i] = new(Orders(result), result.Equity[^1].Equity, result.Equity[^1].Equity / InitialCapital - 1, p.Sharpe ?? double.NaN, p.MaxDrawdown ?? 0);
                progress(Interlocked.Increment(ref done));
            }
        }
    }

    public override TrialPath Path(int trial, int first, int last)
    {
        var result = Simulate(trial, first, last);
        var (end, s) = (result.Equity[^1], trials[trial].Settings);
        var sold = end.Cash + ((end.Equity - end.Cash) * (1 - s.SlippageRate) * (1 - s.CommissionRate));
        return new([.. result.Equity.Select(e => e.Equity)], Orders(result), result.Trades.Count(t => !t.IsClosed), sold);
    }

    private static int Orders(BacktestResult result) => result.Trades.Sum(t => t.IsClosed ? 2 : 1);

    private BacktestResult Simulate(int trial, int first, int last) =>
        inputs.Run(trials[trial].Strategy, trials[trial].Settings with { From = _calendar[first], To = _calendar[last] });
}
