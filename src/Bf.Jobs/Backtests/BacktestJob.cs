using Bf.Core.Backtest;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Backtests;

/// <summary>What to test.</summary>
/// <param name="Universe">The symbols that are bought.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="Signal">The signal: score, or a detector's name.</param>
/// <param name="Settings">How it is traded.</param>
/// <param name="Save">Whether the result goes into the lake.</param>
public sealed record BacktestRequest(Universe Universe, Interval Interval, string Signal, BacktestSettings Settings, bool Save);

/// <summary><c>bf backtest</c>: what trading on a signal would have done.</summary>
public static class BacktestJob
{
    /// <summary>Runs a backtest on what the lake holds.</summary>
    /// <exception cref="JobException">Nothing was computed for the universe, or the signal is not known.</exception>
    public static (BacktestRun Result, IReadOnlyDictionary<string, double> Timings) Run(DataLake lake, BacktestRequest request, string arguments)
    {
        var watch = new Stopwatches();
        request.Settings.Validate();
        if (request.Universe.IsCounts)
        {
            throw new JobException($"universe {request.Universe.Name} is made of imported counts and has no prices to trade at; test on symbols with bars: bf backtest run --universe all --signal {request.Signal}");
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
        var (signals, market) = watch.Time("read_ms", () =>
        {
            var s = SignalReader.Read(lake, request.Universe, request.Interval);
            var histories = PriceReader.Read(bars, snapshot, request.Universe, Math.Min(s.Panel.Ts[^1], request.Settings.To ?? long.MaxValue));
            return (s, new BacktestMarket(s.Panel.Ts, request.Universe, histories, BreadthColumns.Find("index_ew")!.Reals(s.Panel)));
        });
        var result = watch.Time("simulate_ms", () => Backtester.Run(market, BuySignals.Of(request.Signal, signals), request.Settings));
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

    private static BacktestRun Of(string run, BacktestRequest request, BacktestResult result)
    {
        var t = result.Metrics.Trading;
        return new BacktestRun
        {
            Run = run,
            Universe = request.Universe.Name,
            Interval = request.Interval.Name,
            Signal = request.Signal,
            Settings = request.Settings,
            Trades = result.Trades,
            Equity = [.. result.Equity.Select((e, i) => new EquityRow(e.Ts, e.Equity, e.Cash, e.Exposure, result.IndexEquity?[i], result.BasketEquity?[i]))],
            Trading = new(t.Trades, t.ClosedTrades, result.Episodes.Count(e => e.Use == SignalUse.Taken), t.HitRate, t.EpisodeHitRate, t.AverageTradeReturn, t.AverageExposure, t.AnnualTurnover, t.Commission, t.Slippage),
            Unfilled = result.Unfilled.Count,
        };
    }
}
