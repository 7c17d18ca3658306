namespace Bf.Core.Backtest.Strategies;

/// <summary>
/// The market as it was known at the close of a date. Nothing of it reaches beyond: every series ends with that date, and a
/// structure that lives on the stack alone cannot be kept for later.
/// </summary>
public readonly ref struct MarketView
{
    private readonly SignalBoard _board;

    internal MarketView(SignalBoard board, int date) => (_board, Date) = (board, date);

    /// <summary>The date that has just closed, an index into the market's calendar.</summary>
    public int Date { get; }

    /// <summary>Whether a signal fired at this close.</summary>
    /// <exception cref="ArgumentException">There is no such signal.</exception>
    public bool Fired(string signal) => _board.FiresOf(signal)[Date];

    /// <summary>A series from the first date to this one; NaN where undefined.</summary>
    /// <exception cref="ArgumentException">There is no such series.</exception>
    public ReadOnlySpan<double> Series(string name) => _board.SeriesOf(name).AsSpan(0, Date + 1);
}
