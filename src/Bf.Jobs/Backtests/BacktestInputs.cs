using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Breadth;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Backtests;

/// <summary>What backtests of a universe rest on, read once: any number of settings can be run on it, from any number of threads.</summary>
/// <param name="Market">Prices, members, index.</param>
/// <param name="Board">Every detector's fires, and the score.</param>
public sealed record BacktestInputs(BacktestMarket Market, SignalBoard Board)
{
    /// <summary>The results that the board was made from.</summary>
    internal SignalReader? Signals { get; init; }

    /// <summary>Reads them.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="universe">The symbols.</param>
    /// <param name="interval">The bars' length.</param>
    /// <param name="to">No bar after this time is read; null: as far as the signals go.</param>
    /// <exception cref="JobException">There are no bars, or nothing was computed for the universe.</exception>
    public static BacktestInputs Read(DataLake lake, Universe universe, Interval interval, long? to = null)
    {
        ArgumentNullException.ThrowIfNull(lake);
        ArgumentNullException.ThrowIfNull(universe);
        var bars = lake.Bars(interval);
        var snapshot = bars.Load();
        return snapshot.Exists
            ? Read(bars, snapshot, universe, SignalReader.Read(lake, universe, interval), to)
            : throw new JobException($"there are no bars in {bars.Place}; bring some with: bf data import FILE");
    }

    /// <summary>Runs a strategy on them.</summary>
    /// <exception cref="ArgumentException">The strategy or a setting is wrong, or the span has no date.</exception>
    public BacktestResult Run(StrategySettings strategy, BacktestSettings settings)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        return Backtester.Run(Market, Board, strategy.Create(), settings);
    }

    /// <summary>Whether a signal is the score, or of a detector that has what it reads.</summary>
    internal bool CouldFire(string signal) => Signals is not { } signals || Detectors.Find(signal) is not { } detector || UnseenInputs.Of(detector, signals.Panel).Count == 0;

    /// <summary>Warns of signals among these that could not fire: trading on them does nothing, which is no result.</summary>
    internal void WarnOfUnseen(IEnumerable<StrategySettings> strategies)
    {
        var names = strategies.SelectMany(s => (string?[])[s.Signal, s.Exit]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (Signals is { } signals && UnseenInputs.Sentence(Detectors.All.Where(d => names.Contains(d.Name)), signals, Market.Universe) is { } unseen)
        {
            Log.Warn(unseen);
        }
    }

    internal static BacktestInputs Read(DeltaTable bars, Snapshot snapshot, Universe universe, SignalReader signals, long? to)
    {
        if (signals.IsBehind)
        {
            // prices of today beside signals of before: with a changed history the two do not belong together
            Log.Warn($"the bars changed after the signals of universe {signals.Universe} were computed, so prices and signals may not belong together; bring them up to date with: bf signals generate{(universe.IsAll ? "" : $" --universe {signals.Universe}")}");
        }

        var panel = signals.Panel;
        var histories = PriceReader.Read(bars, snapshot, universe, Math.Min(panel.Ts[^1], to ?? long.MaxValue));
        var fires = Detectors.All.Select((d, i) => new NamedFires(d.Name, [.. signals.Memory.Fires[i].Select(f => f.Index)]));
        return new(
            new(panel.Ts, universe, histories, BreadthColumns.Find("index_ew")!.Reals(panel)),
            new(panel.Count, fires, [new NamedSeries(StrategySettings.Score, signals.Score.Values)])) { Signals = signals };
    }
}
