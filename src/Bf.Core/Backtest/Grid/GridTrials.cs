namespace Bf.Core.Backtest.Grid;

/// <summary>The equity of one setting over a span.</summary>
/// <param name="Equity">A value a date of the span.</param>
/// <param name="Orders">Fills, bought and sold.</param>
/// <param name="Open">Positions that are held at the end.</param>
/// <param name="Sold">What the last value would be, had they been sold there, with the costs.</param>
public sealed record TrialPath(double[] Equity, int Orders, int Open, double Sold);

/// <summary>
/// The settings of a grid, each of which can be traded over any span of dates. A span begins without positions; what lies before
/// it fills windows and ranks symbols, what lies after it is not looked at. May be asked from several threads.
/// </summary>
public abstract class GridTrials
{
    /// <summary>The number of settings.</summary>
    public abstract int Count { get; }

    /// <summary>The number of dates.</summary>
    public abstract int Dates { get; }

    /// <summary>The cash at the start of a span.</summary>
    public abstract double InitialCapital { get; }

    /// <summary>Dates of a year, by which Sharpe ratios are annual.</summary>
    public abstract double DatesPerYear { get; }

    /// <summary>The figures of every setting over a span.</summary>
    /// <param name="first">The first date, from 0.</param>
    /// <param name="last">The last date, inclusive.</param>
    public abstract GridFigures[] Run(int first, int last);

    /// <summary>The equity of one setting over a span.</summary>
    /// <param name="trial">The setting.</param>
    /// <param name="first">The first date, from 0.</param>
    /// <param name="last">The last date, inclusive.</param>
    public abstract TrialPath Path(int trial, int first, int last);
}
