namespace Bf.Core.Backtest;

/// <summary>
/// The only window through which the simulation sees prices, and why it cannot look ahead: it shows the open of the bar that is
/// being traded and the closes of bars that are over, and moves forward only.
/// </summary>
internal sealed class PriceCursor(PriceHistory history)
{
    private long _now = long.MinValue;
    private int _closed;

    public string Symbol => history.Symbol;

    /// <summary>The time of the last closed bar; there must be one.</summary>
    public long LastTs => history.Ts[_closed - 1];

    /// <summary>The adjusted close of the last closed bar; there must be one.</summary>
    public double LastClose => history.Close[_closed - 1];

    /// <summary>The adjusted open of the bar at a time; null when there is no bar or its open is unknown.</summary>
    public double? OpenAt(long ts)
    {
        var i = FirstAtOrAfter(ts);
        return i < history.Ts.Length && history.Ts[i] == ts && history.Open[i] is var open && !double.IsNaN(open) ? open : null;
    }

    /// <summary>Makes the closes up to a time known.</summary>
    /// <returns>Whether there is a bar at that very time.</returns>
    public bool CloseAt(long ts)
    {
        if (ts < _now)
        {
            throw new InvalidOperationException($"{Symbol}: the simulation went back in time");
        }

        _now = ts;
        var i = FirstAtOrAfter(ts);
        var isBar = i < history.Ts.Length && history.Ts[i] == ts;
        _closed = isBar ? i + 1 : i;
        return isBar;
    }

    /// <summary>The median turnover of the last closed bars, or of as many as there are; below any turnover when none is known.</summary>
    public double MedianTurnover(int bars)
    {
        Span<double> known = stackalloc double[bars];
        var n = 0;
        foreach (var turnover in history.Turnover.AsSpan(Math.Max(0, _closed - bars), Math.Min(bars, _closed)))
        {
            if (!double.IsNaN(turnover))
            {
                known[n++] = turnover;
            }
        }

        known = known[..n];
        known.Sort();
        return n == 0 ? double.NegativeInfinity : n % 2 == 1 ? known[n / 2] : (known[(n / 2) - 1] + known[n / 2]) / 2;
    }

    private int FirstAtOrAfter(long ts)
    {
        // the usual case, date by date: the next bar is the one asked for, or lies ahead
        var bars = history.Ts.AsSpan(_closed);
        if (bars.IsEmpty || bars[0] >= ts)
        {
            // the last closed bar may itself be at that time
            return _closed > 0 && history.Ts[_closed - 1] == ts ? _closed - 1 : _closed;
        }

        var i = bars.BinarySearch(ts);
        return _closed + (i < 0 ? ~i : i);
    }
}
