using System.Globalization;
using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Runs;
using Bf.Jobs.Spark;

namespace Bf.Jobs.Backtests;

/// <summary>A grid's settings, ready to be traded, and what they are traded on.</summary>
internal sealed record GridInput(GridTrials Trials, IReadOnlyList<GridAxis> Axes, int[][] Points, int LeftOut, long[] Ts, double[] Held)
{
    // A table of a million settings can still be looked at by a program; beyond, a mistyped range is likelier.
    private const int MostTrials = 1_000_000;

    /// <summary>Reads what a request needs.</summary>
    public static GridInput Read(JobRun run, DataLake lake, GridRequest request, SparkCluster? cluster, Action<string> progress, CancellationToken cancel) => request.Strategy switch
    {
        SmaCrossStrategy s => OneSymbol(run, lake, request, s, cluster, cancel),
        _ when cluster is not null => throw new JobException(GridJob.NotOnSpark(request.Strategy)),
        ThrustStrategy s => Portfolio(lake, request, inputs => Thrusts(request.Settings, s, inputs), progress, cancel),
        ScoreStrategy s => Portfolio(lake, request, _ => Bands(request.Settings, s), progress, cancel),
        _ => throw new ArgumentException($"no strategy {request.Strategy.Name}", nameof(request)),
    };

    /// <summary>The return of holding what is traded.</summary>
    public double HeldReturn(int first, int last) => (Held[last] / Held[first]) - 1;

    private static GridInput OneSymbol(JobRun run, DataLake lake, GridRequest request, SmaCrossStrategy strategy, SparkCluster? cluster, CancellationToken cancel)
    {
        if (request.Universe is not { IsAll: false, IsCounts: false, Symbols.Count: 1 })
        {
            throw new JobException("sma-cross trades one symbol: name it with --symbols AAPL");
        }

        var history = Bars(run, lake, request)[0];
        var pairs = Pairs(strategy, out var points, out var leftOut);
        IReadOnlyList<GridAxis> axes = [Axis("fast", strategy.Fast), Axis("slow", strategy.Slow)];
        var settings = new SmaCrossSettings { InitialCapital = request.Settings.InitialCapital, Fees = request.Settings.CommissionRate, DatesPerYear = MarketYear.DatesOf(history.Ts) };
        GridTrials trials = cluster is null ? new SmaCrossTrials(history.Close, pairs, settings) : new SparkTrials(cluster, history.Close, pairs, settings, cancel);
        return new(trials, axes, points, leftOut, history.Ts, history.Close);
    }

    private static GridInput Portfolio(DataLake lake, GridRequest request, Func<BacktestInputs, PortfolioGrid> make, Action<string> progress, CancellationToken cancel)
    {
        if (request.Universe.IsCounts)
        {
            throw new JobException($"universe {request.Universe.Name} is made of imported counts and has no prices to trade at; test on symbols with bars, such as --universe all");
        }

        var inputs = BacktestInputs.Read(lake, request.Universe, request.Interval, request.Settings.To);
        var grid = make(inputs);
        inputs.WarnOfUnseen(grid.Trials.Select(t => t.Strategy));
        return new(new PortfolioTrials(inputs, grid.Trials, done =>
        {
            cancel.ThrowIfCancellationRequested();
            progress($"simulating: {done} of {grid.Trials.Length} settings");
        }), grid.Axes, grid.Points, grid.LeftOut, inputs.Market.Calendar, inputs.Market.Index);
    }

    /// <summary>Of all signals those that could not fire are no trials; one that was asked for by name stays, with a warning.</summary>
    private static PortfolioGrid Thrusts(BacktestSettings settings, ThrustStrategy strategy, BacktestInputs inputs)
    {
        var signals = strategy.Signals.Count == BuySignals.Names.Count ? [.. strategy.Signals.Where(inputs.CouldFire)] : strategy.Signals;
        var points = Product(signals.Count, strategy.Hold.Count);
        return new([.. points.Select(p => new PortfolioTrial(new(signals[p[0]]), settings with { HoldDays = strategy.Hold[p[1]] }))],
            [new("signal", signals, false), Axis("hold_days", strategy.Hold)], points, (strategy.Signals.Count - signals.Count) * strategy.Hold.Count);
    }

    private static PortfolioGrid Bands(BacktestSettings settings, ScoreStrategy strategy)
    {
        var all = Product(strategy.Buy.Count, strategy.Sell.Count);
        int[][] points = [.. all.Where(p => strategy.Sell[p[1]] < strategy.Buy[p[0]])];
        return points.Length > 0
            ? new([.. points.Select(p => new PortfolioTrial(
                    new(StrategySettings.Score) { Exit = StrategySettings.Score, Buy = strategy.Buy[p[0]], Sell = strategy.Sell[p[1]] }, settings with { HoldDays = null }))],
                [Axis("buy", strategy.Buy), Axis("sell", strategy.Sell)], points, all.Length - points.Length)
            : throw new JobException("no score to sell at is below one to buy at; try --buy 55..70:5 --sell 30..45:5");
    }

    private static List<PriceHistory> Bars(JobRun run, DataLake lake, GridRequest request)
    {
        var bars = lake.Bars(request.Interval);
        var snapshot = bars.Load();
        if (!snapshot.Exists)
        {
            throw new JobException($"there are no bars in {bars.Place}; bring some with: bf data import FILE");
        }

        run.Read(bars.Schema.Name, snapshot.Version);
        var histories = PriceReader.Read(bars, snapshot, request.Universe, request.Settings.To);
        return histories.Count > 0
            ? histories
            : throw new JobException($"there are no bars of {request.Universe.Name} in this range; what is there: bf data list");
    }

    private static GridAxis Axis<T>(string name, IReadOnlyList<T> values)
        where T : IFormattable => new(name, [.. values.Select(v => v.ToString(null, CultureInfo.InvariantCulture))], true);

    private static SmaPair[] Pairs(SmaCrossStrategy strategy, out int[][] points, out int leftOut)
    {
        int[][] all = Product(strategy.Fast.Count, strategy.Slow.Count);
        points = Array.FindAll(all, p => strategy.Fast[p[0]] < strategy.Slow[p[1]]);
        leftOut = all.Length - points.Length;
        return points.Length > 0
            ? Array.ConvertAll(points, p => new SmaPair(strategy.Fast[p[0]], strategy.Slow[p[1]]))
            : throw new JobException("no fast average is shorter than a slow one; try --fast 5..24 --slow 30..79");
    }

    private static int[][] Product(int first, int second)
    {
        if ((long)first * second > MostTrials)
        {
            throw new JobException($"{(long)first * second} settings are more than {MostTrials}; take longer steps, such as 5..500:5");
        }

        var points = new int[first * second][];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = [i / second, i % second];
        }

        return points;
    }

    /// <summary>Settings of the portfolio and where they stand in the grid.</summary>
    private sealed record PortfolioGrid(PortfolioTrial[] Trials, IReadOnlyList<GridAxis> Axes, int[][] Points, int LeftOut);
}
