namespace Bf.Core.Backtest.Strategies;

/// <summary>A condition of the market. A strategy enters when it begins and leaves while it holds.</summary>
/// <param name="Signal">The signal's name.</param>
internal abstract record Trigger(string Signal)
{
    /// <summary>Whether it holds at the close of the view.</summary>
    public abstract bool Holds(MarketView view);

    /// <summary>Whether it holds there and did not hold the date before.</summary>
    public abstract bool Begins(MarketView view);
}

/// <summary>A detector's fire: an event of one date.</summary>
internal sealed record Fire(string Signal) : Trigger(Signal)
{
    public override bool Holds(MarketView view) => view.Fired(Signal);

    public override bool Begins(MarketView view) => view.Fired(Signal);
}

/// <summary>A series at or beyond a level. Undefined is on neither side.</summary>
/// <param name="Signal">The series.</param>
/// <param name="Level">The level.</param>
/// <param name="Above">Whether at it or above counts, else at it or below.</param>
internal sealed record Band(string Signal, double Level, bool Above) : Trigger(Signal)
{
    public override bool Holds(MarketView view) => Lies(view.Series(Signal)[^1]);

    public override bool Begins(MarketView view)
    {
        var series = view.Series(Signal);
        return Lies(series[^1]) && (series.Length == 1 || !Lies(series[^2]));
    }

    private bool Lies(double value) => Above ? value >= Level : value <= Level;
}
