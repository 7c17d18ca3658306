using Bf.Core.Market;
using Bf.Jobs.Backtests;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Jobs.Signals;

namespace Bf.Cli.Reports;

/// <summary>What a report shows beside breadth.</summary>
/// <param name="Backtest">The backtest; null where none was run.</param>
/// <param name="Review">The same run again; null where that could not be done.</param>
/// <param name="Evaluation">The detectors tested against luck.</param>
/// <param name="Read">The versions of the tables that the backtest read.</param>
/// <param name="BacktestFirst">Whether the page is about the backtest.</param>
internal sealed record ReportInputs(BacktestRun? Backtest, BacktestReview? Review, EvaluateResult? Evaluation, IReadOnlyDictionary<string, long> Read, bool BacktestFirst)
{
    /// <summary>All that can be said of a backtest: run again, with what followed every detector's fires in its universe.</summary>
    public static ReportInputs Of(DataLake lake, SignalReader signals, Universe universe, BacktestRun b, bool first, CancellationToken cancel) => new(
        b,
        BacktestReview.Of(lake, universe, signals, b),
        EvaluateJob.Run(lake, EvaluateRequest.Usual(universe, Interval.Parse(b.Interval)), cancel),
        RunInputs.Of(lake, b.Run),
        first);
}
