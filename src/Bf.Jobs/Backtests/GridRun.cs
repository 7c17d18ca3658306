using Bf.Core.Backtest.Grid;
using Bf.Core.Statistics;

namespace Bf.Jobs.Backtests;

/// <summary>A grid that was run.</summary>
public sealed record GridRun
{
    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>What computed the figures: <c>local</c>, this process, or <c>spark</c>.</summary>
    public string Engine { get; init; } = "local";

    /// <summary>What was asked for.</summary>
    public required GridRequest Request { get; init; }

    /// <summary>The parameters.</summary>
    public required IReadOnlyList<GridAxis> Axes { get; init; }

    /// <summary>The settings that were tried: for each an index into the values of each axis.</summary>
    public required int[][] Points { get; init; }

    /// <summary>Combinations that make no sense and were not tried.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The figures, a value a setting.</summary>
    public required GridFigures[] Figures { get; init; }

    /// <summary>The index of the best setting.</summary>
    public required int Best { get; init; }

    /// <summary>The dates of the span, microseconds since 1970-01-01 UTC.</summary>
    public required long[] Ts { get; init; }

    /// <summary>Total return of buying what is traded on the first date and holding it, without costs; NaN where undefined.</summary>
    public required double HeldReturn { get; init; }

    /// <summary>How far the best can be believed; null when it was not asked for.</summary>
    public GridStatistics? Statistics { get; init; }

    /// <summary>The walk forward; its dates are indexes into those of the span. Null when it was not asked for.</summary>
    public WalkForwardResult? Walk { get; init; }

    /// <summary>The settings by rank, the best first; equals in the order of the grid.</summary>
    public int[] Ranked() => [.. Enumerable.Range(0, Figures.Length).OrderByDescending(i => Request.Rank.Of(Figures[i])).ThenBy(i => i)];

    /// <summary>A setting's value on an axis.</summary>
    public string Value(int trial, int axis) => Axes[axis].Values[Points[trial][axis]];

    /// <summary>A setting in words: fast 10, slow 50.</summary>
    public string Setting(int trial) => string.Join(", ", Axes.Select((a, i) => $"{a.Name} {Value(trial, i)}"));
}

/// <summary>How far the best of a grid can be believed. Null where it can't be said.</summary>
/// <param name="Deflated">The Sharpe ratio of the best against that of the luckiest of as many trials.</param>
/// <param name="Overfitting">How often the best of one half of the dates is below the middle on the other.</param>
/// <param name="Note">Why something is missing.</param>
public sealed record GridStatistics(DeflatedSharpe? Deflated, BacktestOverfitting? Overfitting, string? Note);
