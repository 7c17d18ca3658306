using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Statistics;

namespace Bf.Jobs.Backtests;

/// <summary>Computes how far the best of a grid can be believed.</summary>
internal static class GridStatisticsJob
{
    // The returns of every setting are held at once: beyond this many they would take more than 1.6 GB.
    private const long MostReturns = 200_000_000;

    /// <summary>The figures for the best setting by a rank.</summary>
    public static GridStatistics Of(GridTrials trials, GridFigures[] figures, int best, int first, int last, CancellationToken cancel)
    {
        var dates = last - first + 1;
        var deflated = DeflatedSharpe.Of(
            Array.ConvertAll(figures, f => f.Sharpe / Math.Sqrt(trials.DatesPerYear)),
            EquityMetrics.Returns(Curve(best)) ?? []);
        if (trials.Count < 2)
        {
            return new(deflated, null, "overfitting is a matter of choosing: one setting has none");
        }

        if (dates - 1 < 2 * BacktestOverfitting.UsualBlocks || (long)dates * trials.Count > MostReturns)
        {
            return new(deflated, null, $"{trials.Count} settings on {dates} dates are too {(dates - 1 < 2 * BacktestOverfitting.UsualBlocks ? "few dates" : "many")} to tell the probability of overfitting");
        }

        var returns = new double[trials.Count][];
        var next = -1;
        Threads.Run([.. Enumerable.Repeat(Fill, Environment.ProcessorCount)]);
        return Array.Exists(returns, r => Array.Exists(r, x => !double.IsFinite(x)))
            ? new(deflated, null, "a setting lost everything, so its returns are undefined")
            : new(deflated, BacktestOverfitting.Of(returns), null);

        double[] Curve(int trial) => EquityMetrics.FromCapital(trials.Path(trial, first, last).Equity, trials.InitialCapital);

        void Fill()
        {
            for (var i = Interlocked.Increment(ref next); i < returns.Length; i = Interlocked.Increment(ref next))
            {
                cancel.ThrowIfCancellationRequested();
                returns[i] = EquityMetrics.Returns(Curve(i)) ?? [double.NaN];
            }
        }
    }
}
