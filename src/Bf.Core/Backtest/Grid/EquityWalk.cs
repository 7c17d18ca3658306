namespace Bf.Core.Backtest.Grid;

/// <summary>What is kept of an equity curve while walking along it: enough for its drawdown and its Sharpe ratio.</summary>
/// <param name="start">The first value.</param>
internal struct EquityWalk(double start)
{
    private double _peak = start;

    /// <summary>The deepest fall so far, a fraction at most 0.</summary>
    public double Depth { get; private set; }

    /// <summary>The sum of the returns.</summary>
    public double Sum { get; private set; }

    /// <summary>The sum of their squares.</summary>
    public double Squares { get; private set; }

    /// <summary>Goes from a value to the next one.</summary>
    public void Step(double from, double to)
    {
        var r = (to / from) - 1;
        Sum += r;
        Squares += r * r;
        Fall(to);
        _peak = Math.Max(_peak, to);
    }

    /// <summary>Goes through a range of prices with so many shares.</summary>
    public void Hold(in PriceRange range, double shares)
    {
        Sum += range.Sum;
        Squares += range.Squares;
        Fall(shares * range.Min);
        Depth = Math.Min(Depth, range.Depth);
        _peak = Math.Max(_peak, shares * range.Max);
    }

    private void Fall(double value)
    {
        // a division only where it may matter
        if (value < _peak * (1 + Depth))
        {
            Depth = Math.Min(Depth, (value / _peak) - 1);
        }
    }
}
