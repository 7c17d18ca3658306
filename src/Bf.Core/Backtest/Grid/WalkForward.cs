namespace Bf.Core.Backtest.Grid;

/// <summary>A window of a walk forward, in dates from 0, both ends inclusive.</summary>
/// <param name="TrainFirst">The first date that the choice rests on.</param>
/// <param name="TrainLast">The last one.</param>
/// <param name="TestFirst">The first date that is traded on the choice: the one after it.</param>
/// <param name="TestLast">The last one.</param>
public sealed record WalkWindow(int TrainFirst, int TrainLast, int TestFirst, int TestLast);

/// <summary>What was chosen in a window, and what came of it.</summary>
/// <param name="Window">The window.</param>
/// <param name="Trial">The setting that was best in the training dates.</param>
/// <param name="InSample">Its figures there.</param>
/// <param name="OutOfSample">Its figures on the test dates.</param>
public sealed record WalkStep(WalkWindow Window, int Trial, GridFigures InSample, GridFigures OutOfSample);

/// <summary>A walk forward.</summary>
/// <param name="Steps">The windows, in order of time.</param>
/// <param name="Equity">The test parts one after the other, a value a date from the first window's first test date on.</param>
/// <param name="Chained">The figures of that equity.</param>
/// <param name="HindsightTrial">The setting that was best over just the dates that were tested, which nobody knew.</param>
/// <param name="Hindsight">Its figures over them.</param>
public sealed record WalkForwardResult(IReadOnlyList<WalkStep> Steps, double[] Equity, GridFigures Chained, int HindsightTrial, GridFigures Hindsight);

/// <summary>
/// Chooses the best setting on some dates, trades it on the next ones, moves on, and chains what was traded: what a grid would have
/// brought somebody who did not know the future. Each test part begins without positions; what is held at its end is sold there, at
/// the close, with its costs.
/// Source: Pardo, The Evaluation and Optimization of Trading Strategies (2008), ch. 11, walk-forward analysis.
/// </summary>
public static class WalkForward
{
    /// <summary>The windows of so many dates; the last test part may be shorter.</summary>
    /// <param name="first">The first date.</param>
    /// <param name="last">The last date, inclusive.</param>
    /// <param name="train">Dates to choose on; of an anchored walk those of the first window, and later windows begin with them too.</param>
    /// <param name="test">Dates to trade on.</param>
    /// <param name="anchored">Whether every window begins at the first date, or moves on.</param>
    /// <exception cref="ArgumentException">A length is too short, or there are no dates to test on.</exception>
    public static WalkWindow[] Windows(int first, int last, int train, int test, bool anchored)
    {
        if (train < 2 || test < 1)
        {
            throw new ArgumentException($"a walk forward needs at least 2 dates to choose on and 1 to trade on, not {train} and {test}");
        }

        if (first + train > last)
        {
            throw new ArgumentException($"{last - first + 1} dates are too few to choose on {train} and to test on the next ones; choose on fewer");
        }

        var windows = new WalkWindow[(last - first - train + test) / test];
        for (var i = 0; i < windows.Length; i++)
        {
            var start = first + train + (i * test);
            windows[i] = new(anchored ? first : start - train, start - 1, start, Math.Min(start + test - 1, last));
        }

        return windows;
    }

    /// <summary>Walks through windows.</summary>
    /// <param name="trials">The settings.</param>
    /// <param name="windows">The windows, each one's test dates right after those of the one before.</param>
    /// <param name="rank">What is best.</param>
    /// <param name="progress">Told how many windows are done; may throw to end it.</param>
    public static WalkForwardResult Run(GridTrials trials, WalkWindow[] windows, GridRank rank, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(windows);
        var (from, to) = (windows[0].TestFirst, windows[^1].TestLast);
        var equity = new double[to - from + 1];
        var steps = new WalkStep[windows.Length];
        var (capital, orders) = (trials.InitialCapital, 0);
        for (var w = 0; w < windows.Length; w++)
        {
            var window = windows[w];
            var inSample = trials.Run(window.TrainFirst, window.TrainLast);
            var best = rank.Best(inSample);
            var path = trials.Path(best, window.TestFirst, window.TestLast);
            var factor = capital / trials.InitialCapital;
            for (var i = 0; i < path.Equity.Length; i++)
            {
                equity[window.TestFirst - from + i] = factor * path.Equity[i];
            }

            capital = equity[window.TestLast - from] = factor * path.Sold;
            double[] sold = [.. path.Equity[..^1], path.Sold];
            var tested = Of(sold, path.Orders + path.Open, trials);
            steps[w] = new(window, best, inSample[best], tested);
            orders += tested.Orders;
            progress?.Invoke(w + 1);
        }

        var all = trials.Run(from, to);
        var hindsight = rank.Best(all);
        return new(steps, equity, Of(equity, orders, trials), hindsight, all[hindsight]);
    }

    private static GridFigures Of(double[] equity, int orders, GridTrials trials)
    {
        var curve = EquityMetrics.FromCapital(equity, trials.InitialCapital);
        return new(
            orders, equity[^1], (equity[^1] / trials.InitialCapital) - 1, EquityMetrics.Sharpe(curve, trials.DatesPerYear) ?? double.NaN, Drawdown.Maximum(curve)?.Depth ?? 0);
    }
}
