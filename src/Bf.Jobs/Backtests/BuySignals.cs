using Bf.Core.Backtest;
using Bf.Core.Backtest.Strategies;
using Bf.Core.Signals;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Backtests;

/// <summary>The dates on which a named signal says buy.</summary>
public static class BuySignals
{
    /// <summary>The score's name among the signals.</summary>
    public const string Score = StrategySettings.Score;

    /// <summary>All names: the score, and each detector of the catalogue.</summary>
    public static IReadOnlyList<string> Names => StrategySettings.Signals;

    /// <summary>The signals: a detector's fires, or the dates on which the score turns to buy.</summary>
    /// <exception cref="JobException">The name is not known.</exception>
    public static IReadOnlyList<BuySignal> Of(string name, SignalReader signals)
    {
        if (name == Score)
        {
            var states = signals.Score.States;
            return [.. Enumerable.Range(0, states.Length).Where(i => states[i] == SignalState.Buy && (i == 0 || states[i - 1] != SignalState.Buy)).Select(i => new BuySignal(i, Score))];
        }

        var at = Detectors.All.Index().Where(d => string.Equals(d.Item.Name, name, StringComparison.OrdinalIgnoreCase)).Select(d => (int?)d.Index).FirstOrDefault()
            ?? throw new JobException($"no signal '{name}'; there are {string.Join(", ", Names)}");
        return [.. signals.Memory.Fires[at].Select(f => new BuySignal(f.Index, Detectors.All[at].Name))];
    }
}
