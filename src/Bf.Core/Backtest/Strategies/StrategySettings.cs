using Bf.Core.Signals;

namespace Bf.Core.Backtest.Strategies;

/// <summary>Which way a strategy trades.</summary>
public enum StrategySide
{
    /// <summary>It buys.</summary>
    Long,
    /// <summary>It sells short.</summary>
    Short,
    /// <summary>It buys on its signal and sells short on its exit, each closing the other.</summary>
    Both,
}

/// <summary>A strategy in words: what it trades on. How it trades is in <see cref="BacktestSettings"/>.</summary>
/// <param name="Signal">The signal that opens positions: <see cref="Score"/> or a detector of the catalogue.</param>
public sealed record StrategySettings(string Signal)
{
    /// <summary>The score's name among the signals.</summary>
    public const string Score = "score";

    /// <summary>All names: the score, and each detector of the catalogue.</summary>
    public static IReadOnlyList<string> Signals { get; } = [Score, .. Detectors.All.Select(d => d.Name)];

    /// <summary>The signal that closes them; null: holding time and stops alone do.</summary>
    public string? Exit { get; init; }

    /// <summary>Which way.</summary>
    public StrategySide Side { get; init; }

    /// <summary>The score from which on it says buy.</summary>
    public double Buy { get; init; } = BreadthScore.Buy;

    /// <summary>The score down from which it says sell; below <see cref="Buy"/>.</summary>
    public double Sell { get; init; } = BreadthScore.Sell;

    /// <summary>
    /// The strategy. The score opens a long when it rises to <see cref="Buy"/> and closes it at <see cref="Sell"/>; for shorts it is the
    /// other way round. It opens when it comes to a level, and closes as long as it is there. A detector's fire does either on its date.
    /// </summary>
    /// <exception cref="ArgumentException">A signal is not known, or the settings contradict each other.</exception>
    public IStrategy Create()
    {
        Validate();
        var isShort = Side == StrategySide.Short;
        return new SignalStrategy([On(Signal, rises: !isShort)], Exit is { } exit ? On(exit, rises: isShort) : null, Side);
    }

    /// <summary>Checks every field.</summary>
    /// <exception cref="ArgumentException">A signal is not known, or the settings contradict each other.</exception>
    public void Validate()
    {
        _ = NameOf(Signal);
        _ = Exit is null ? null : NameOf(Exit);
        if (Side == StrategySide.Both && Exit is null)
        {
            throw new ArgumentException("a strategy on both sides needs an exit signal, on which it sells short", nameof(Side));
        }

        if (!(Sell < Buy && Sell >= 0 && Buy <= 100))
        {
            throw new ArgumentException($"Buy is {Buy} and Sell is {Sell}, but must be scores from 0 to 100, Sell below Buy", nameof(Buy));
        }

        if (Exit is not null && Exit != Score && NameOf(Exit) == NameOf(Signal))
        {
            throw new ArgumentException($"Exit is {Exit}, the signal itself: a position would be closed by what opened it", nameof(Exit));
        }
    }

    private static string NameOf(string signal) =>
        Signals.FirstOrDefault(n => n.Equals(signal, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException($"no signal '{signal}'; there are {string.Join(", ", Signals)}", nameof(signal));

    private Trigger On(string signal, bool rises) => NameOf(signal) is var name && name == Score ? new Band(Score, rises ? Buy : Sell, rises) : new Fire(name);
}
