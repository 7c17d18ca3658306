using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Backtests;

/// <summary>What to test.</summary>
/// <param name="Universe">The symbols that are traded.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="Strategy">What is traded on.</param>
/// <param name="Settings">How it is traded.</param>
/// <param name="Save">Whether the result goes into the lake.</param>
public sealed record BacktestRequest(Universe Universe, Interval Interval, StrategySettings Strategy, BacktestSettings Settings, bool Save);

/// <summary><c>bf backtest</c>: what trading on a signal would have done.</summary>
public static class BacktestJob
{
    /// <summary>Runs a backtest on what the lake holds.</summary>
    /// <exception cref="JobException">Nothing was computed for the universe, or the signal is not known.</exception>
    public static (BacktestRun Result, IReadOnlyDictionary<string, double> Timings) Run(DataLake lake, BacktestRequest request, string arguments)
    {
        var watch = new Stopwatches();
        Check(request);
        if (request.Universe.IsCounts)
        {
            throw new JobException($"universe {request.Universe.Name} is made of imported counts and has no prices to trade at; test on symbols with bars: bf backtest run --universe all --signal {request.Strategy.Signal}");
        }

        var run = JobRun.Start(lake, "backtest run", arguments);
        var bars = lake.Bars(request.Interval);
        var snapshot = bars.Load();
        if (!snapshot.Exists)
        {
            throw new JobException($"there are no bars in {bars.Place}; bring some with: bf data import FILE");
        }

        run.Read(bars.Schema.Name, snapshot.Version);
        run.Read(Tables.Breadth.Name, lake.Table(Tables.Breadth).Load().Version);
        var inputs = watch.Time("read_ms", () => BacktestInputs.Read(bars, snapshot, request.Universe, SignalReader.Read(lake, request.Universe, request.Interval), request.Settings.To));
        inputs.WarnOfUnseen([request.Strategy]);
        _ = DateSpan.Of(inputs.Market.Calendar, request.Settings);
        var result = watch.Time("simulate_ms", () => inputs.Run(request.Strategy, request.Settings));
        var backtest = Of(run.Id, request, result);
        if (request.Save)
        {
            watch.Time("write_ms", () =>
            {
                new BacktestStore(run.Lake).Save(backtest);
                run.End(backtest.Trades.Count);
            });
        }

        return (backtest, watch.Timings);
    }

    /// <summary>Reads a saved backtest; the last one when no run is named.</summary>
    public static BacktestRun Load(DataLake lake, string? run) => new BacktestStore(lake).Load(run);

    private static void Check(BacktestRequest request)
    {
        request.Settings.Validate();
        try
        {
            request.Strategy.Validate();
        }
        catch (ArgumentException e)
        {
            throw new JobException(e.Message);
        }
    }

    private static BacktestRun Of(string run, BacktestRequest request, BacktestResult result)
    {
        var t = result.Metrics.Trading;
        return new BacktestRun
        {
            Run = run,
            Universe = request.Universe.Name,
            Interval = request.Interval.Name,
            Rules = request.Strategy,
            Settings = request.Settings,
            Trades = result.Trades,
            Equity = [.. result.Equity.Select((e, i) => new EquityRow(e.Ts, e.Equity, e.Cash, double.IsNaN(e.Exposure) ? null : e.Exposure, e.Interest, result.IndexEquity?[i], result.BasketEquity?[i]))],
            Trading = new()
            {
                Trades = t.Trades,
                ClosedTrades = t.ClosedTrades,
                SignalsFired = result.Episodes.Count,
                SignalsTaken = result.Episodes.Count(e => e.Use == SignalUse.Taken),
                HitRate = t.HitRate,
                SignalHitRate = t.EpisodeHitRate,
                AverageTrade = t.AverageTradeReturn,
                Exposure = t.AverageExposure,
                Turnover = t.AnnualTurnover,
                Commission = t.Commission,
                Slippage = t.Slippage,
                Borrow = t.Borrow,
                Interest = result.Equity[^1].Interest,
            },
            Unfilled = result.Unfilled.Count,
        };
    }
}
