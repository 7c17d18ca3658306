using System.Diagnostics;
using Bf.Core.Backtest.Grid;
using Bf.Core.Exchange;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Jobs.Spark;

namespace Bf.Jobs.Backtests;

/// <summary><c>bf backtest grid</c>: many settings of a strategy, which is best, and how far that can be believed.</summary>
public static class GridJob
{
    /// <summary>Runs a grid on what the lake holds.</summary>
    /// <param name="lake">The lake; it is only read.</param>
    /// <param name="request">What to try.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <param name="cluster">Where the figures of the pairs are computed; null for this process. The rest, such as how far to believe the best, is computed here in any case.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="JobException">There is nothing to trade, or the request makes no sense of it.</exception>
    public static (GridRun Result, IReadOnlyDictionary<string, double> Timings) Run(
        DataLake lake, GridRequest request, string arguments, Action<string> progress, SparkCluster? cluster = null, CancellationToken cancel = default)
    {
        var watch = new Stopwatches();
        request.Settings.Validate();
        var run = JobRun.Start(lake, "backtest grid", arguments);
        var grid = watch.Time("read_ms", () => GridInput.Read(run, lake, request, cluster, progress, cancel));
        var (first, last) = DateSpan.Of(grid.Ts, request.Settings);
        var windows = request.Walk is { } how ? Windows(how, first, last) : null;

        if (cluster is not null)
        {
            cluster.WorkFor(run.Id);
            ((SparkTrials)grid.Trials).Expect(Spans(first, last, windows));
        }

        // the hot path has to begin cold: no closure, no list, nothing that would be compiled only for it
        var start = Stopwatch.GetTimestamp();
        var figures = grid.Trials.Run(first, last);
        watch.Add("grid_ms", Stopwatch.GetElapsedTime(start));

        var best = request.Rank.Best(figures);
        return (new GridRun
        {
            Run = run.Id,
            Engine = cluster is null ? "local" : "spark",
            Request = request,
            Axes = grid.Axes,
            Points = grid.Points,
            LeftOut = grid.LeftOut,
            Figures = figures,
            Best = best,
            Ts = grid.Ts[first..(last + 1)],
            HeldReturn = grid.HeldReturn(first, last),
            Statistics = request.Statistics ? watch.Time("statistics_ms", () => GridStatisticsJob.Of(grid.Trials, figures, best, first, last, cancel)) : null,
            Walk = windows is null ? null : watch.Time("walk_ms", () => Walk(grid, request.Rank, windows, first, progress, cancel)),
        }, watch.Timings);
    }

    /// <summary>What to say to who wants a strategy on a cluster that is not computed there.</summary>
    public static string NotOnSpark(GridStrategy strategy)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return $"a grid of {strategy.Name} trades the whole market, which lies here, on all threads of this machine: leave --engine spark out. What runs on Spark is --strategy sma-cross";
    }

    /// <summary>All spans that a grid and its walk forward ask for, in their order.</summary>
    private static IEnumerable<TrialSpan> Spans(int first, int last, WalkWindow[]? windows) =>
        windows is null ? [new(first, last)]
        : [new(first, last), .. windows.Select(w => new TrialSpan(w.TrainFirst, w.TrainLast)), new(windows[0].TestFirst, windows[^1].TestLast)];

    /// <summary>Made before the grid is computed: who asks for too much should not wait for it.</summary>
    private static WalkWindow[] Windows(WalkRequest walk, int first, int last)
    {
        var dates = last - first + 1;
        return dates > walk.Train ? WalkForward.Windows(first, last, walk.Train, walk.Test, walk.Anchored)
            : throw new JobException($"a walk forward chooses on --train {walk.Train} dates and trades on later ones, but there {(dates == 1 ? "is" : "are")} only {dates}; choose on fewer");
    }

    private static WalkForwardResult Walk(GridInput grid, GridRank rank, WalkWindow[] windows, int first, Action<string> progress, CancellationToken cancel)
    {
        var result = WalkForward.Run(grid.Trials, windows, rank, done =>
        {
            cancel.ThrowIfCancellationRequested();
            progress($"walking forward: {done} of {windows.Length} windows");
        });
        return result with { Steps = [.. result.Steps.Select(s => s with { Window = new(s.Window.TrainFirst - first, s.Window.TrainLast - first, s.Window.TestFirst - first, s.Window.TestLast - first) })] };
    }
}
