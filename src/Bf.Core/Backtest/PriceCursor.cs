namespace Bf.Core.Backtest;

/// <summary>
/// The only window through which the simulation sees prices, and why it cannot look ahead: it shows the open of the bar that is
/// being traded and the closes of bars that are over, and moves forward only.
/// </summary>
internal sealed class PriceCursor(PriceHistory history)
{
    // held here rather than read through the history: thousands of cursors move on every date, and each step between objects costs
    private readonly long[] _ts = history.Ts;
    private readonly double[] _close = history.Close;
    private int _closed;

    public string Symbol => history.Symbol;

    /// <summary>The time of the last closed bar; there must be one.</summary>
    public long LastTs => _ts[_closed - 1];

    /// <summary>The adjusted close of the last closed bar; there must be one.</summary>
    public double LastClose => _close[_closed - 1];

    /// <summary>The adjusted open of the bar at a time that has not closed; null when there is no bar or its open is unknown.</summary>
    public double? OpenAt(long ts)
    {
        var i = NextAtOrAfter(ts);
        return i < _ts.Length && _ts[i] == ts && history.Open[i] is var open && !double.IsNaN(open) ? open : null;
    }

    /// <summary>Makes the closes up to a time known. Known closes stay known, so a time before the last of them is an error.</summary>
    /// <returns>Whether the last closed bar is at that very time.</returns>
    public bool CloseAt(long ts)
    {
        var i = NextAtOrAfter(ts);
        if (i < _ts.Length && _ts[i] == ts)
        {
            _closed = i + 1;
            return true;
        }

        if (i > 0 && _ts[i - 1] > ts)
        {
            throw new InvalidOperationException($"{Symbol}: the simulation went back in time");
        }

        _closed = i;
        return i > 0 && _ts[i - 1] == ts;
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

    /// <summary>
    /// The sample standard deviation of the returns between the last closed bars, by bar; null when fewer than half of the returns are
    /// there, or nothing moved.
    /// </summary>
    /// <param name="returns">The number of returns.</param>
    public double? Volatility(int returns)
    {
        var first = Math.Max(1, _closed - returns);
        var n = _closed - first;
        if (n < 2 || 2 * n < returns)
        {
            return null;
        }

        var mean = 0.0;
        for (var i = first; i < _closed; i++)
        {
            mean += (_close[i] / _close[i - 1]) - 1;
        }

        mean /= n;
        var squares = 0.0;
        for (var i = first; i < _closed; i++)
        {
            var distance = (_close[i] / _close[i - 1]) - 1 - mean;
            squares += distance * distance;
        }

        // below this it is rounding, and a position a million times the equity
        return Math.Sqrt(squares / (n - 1)) is > 1e-9 and var deviation ? deviation : null;
    }

    private int NextAtOrAfter(long ts)
    {
        // the usual case, date by date: the next bar is the one asked for, or lies ahead
        if (_closed == _ts.Length || _ts[_closed] >= ts)
        {
            return _closed;
        }

        var i = _ts.AsSpan(_closed).BinarySearch(ts);
        return _closed + (i < 0 ? ~i : i);
    }
}
