using Bf.Core.Backtest;
using Bf.Core.Backtest.Grid;
using Bf.Core.Market;

namespace Bf.Jobs.Backtests;

/// <summary>What a grid tries.</summary>
public abstract record GridStrategy
{
    /// <summary>The strategy's name.</summary>
    public abstract string Name { get; }

    /// <summary>All combinations of its values, those included that make no sense.</summary>
    public abstract long Combinations { get; }
}

/// <summary>Crossings of two averages of one symbol's closes.</summary>
/// <param name="Fast">Lengths of the fast average.</param>
/// <param name="Slow">Lengths of the slow one; pairs whose fast one is not shorter are left out.</param>
public sealed record SmaCrossStrategy(IReadOnlyList<int> Fast, IReadOnlyList<int> Slow) : GridStrategy
{
    /// <inheritdoc/>
    public override string Name => "sma-cross";

    /// <inheritdoc/>
    public override long Combinations => (long)Fast.Count * Slow.Count;
}

/// <summary>Signals, each held for a number of dates.</summary>
/// <param name="Signals">The signals' names.</param>
/// <param name="Hold">Dates held.</param>
public sealed record ThrustStrategy(IReadOnlyList<string> Signals, IReadOnlyList<int> Hold) : GridStrategy
{
    /// <inheritdoc/>
    public override string Name => "thrust";

    /// <inheritdoc/>
    public override long Combinations => (long)Signals.Count * Hold.Count;
}

/// <summary>Bands of the score: bought when it rises to one level, held until it falls to another.</summary>
/// <param name="Buy">Scores from which on it is bought.</param>
/// <param name="Sell">Scores down from which it is sold; combinations in which they are not below are left out.</param>
public sealed record ScoreStrategy(IReadOnlyList<double> Buy, IReadOnlyList<double> Sell) : GridStrategy
{
    /// <inheritdoc/>
    public override string Name => "score";

    /// <inheritdoc/>
    public override long Combinations => (long)Buy.Count * Sell.Count;
}

/// <summary>How a grid is walked through: chosen on some dates, traded on the next.</summary>
/// <param name="Anchored">Whether every window begins at the first date.</param>
/// <param name="Train">Dates to choose on.</param>
/// <param name="Test">Dates to trade on.</param>
public sealed record WalkRequest(bool Anchored, int Train, int Test);

/// <summary>A grid to run.</summary>
/// <param name="Universe">What is traded: one symbol with <see cref="SmaCrossStrategy"/>.</param>
/// <param name="Interval">The bars' length.</param>
/// <param name="Strategy">What is tried.</param>
/// <param name="Settings">Capital, costs, sizes and span; the crossing averages take capital, commission and span of it.</param>
/// <param name="Rank">What is best.</param>
/// <param name="Walk">Whether to walk forward, and how.</param>
/// <param name="Statistics">Whether to tell how far the best can be believed.</param>
public sealed record GridRequest(Universe Universe, Interval Interval, GridStrategy Strategy, BacktestSettings Settings, GridRank Rank, WalkRequest? Walk, bool Statistics);
