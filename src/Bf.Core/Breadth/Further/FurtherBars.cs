using Bf.Core.Market;

namespace Bf.Core.Breadth.Further;

/// <summary>One symbol's whole history as ticks, and what several counts share of it; reused from symbol to symbol.</summary>
internal sealed class FurtherBars
{
    private readonly ExtremeRuns _highestCloses = new(1);
    private readonly ExtremeRuns _lowestCloses = new(-1);
    private readonly ExtremeRuns _highestHighs = new(1);
    private readonly ExtremeRuns _lowestLows = new(-1);
    private long[] _adjCloses = [];
    private long[] _closes = [];
    private long[] _highs = [];
    private long[] _lows = [];

    /// <summary>The number of bars.</summary>
    public int Count { get; private set; }

    /// <summary>The largest of <see cref="AdjCloses"/>.</summary>
    public long Highest { get; private set; }

    /// <summary>Adjusted closes.</summary>
    public ReadOnlySpan<long> AdjCloses => _adjCloses.AsSpan(0, Count);

    /// <summary>Closes as quoted; the adjusted close where one is no price.</summary>
    public ReadOnlySpan<long> Closes => _closes.AsSpan(0, Count);

    /// <summary>For each bar, of how many bars back from it the adjusted close is the highest.</summary>
    public int[] HighestCloses => _highestCloses.Of(_adjCloses, Count);

    /// <summary>The same of the lowest.</summary>
    public int[] LowestCloses => _lowestCloses.Of(_adjCloses, Count);

    /// <summary>For each bar, of how many bars back from it the adjusted high is the highest.</summary>
    public int[] HighestHighs => _highestHighs.Of(_highs, Count);

    /// <summary>For each bar, of how many bars back from it the adjusted low is the lowest.</summary>
    public int[] LowestLows => _lowestLows.Of(_lows, Count);

    /// <summary>Takes the next symbol's adjusted closes.</summary>
    /// <returns>False when one of them is no price.</returns>
    public bool TryTake(ReadOnlySpan<double> adjClose)
    {
        Count = adjClose.Length;
        Highest = 0;
        _highestCloses.Forget();
        _lowestCloses.Forget();
        _highestHighs.Forget();
        _lowestLows.Forget();
        Reserve(ref _adjCloses);
        for (var i = 0; i < adjClose.Length; i++)
        {
            var tick = Ticks.FromPrice(adjClose[i]);
            if (!(adjClose[i] <= Ticks.MaxPrice) || tick <= 0)
            {
                return false;
            }

            _adjCloses[i] = tick;
            Highest = Math.Max(Highest, tick);
        }

        return true;
    }

    /// <summary>Takes the symbol's closes as quoted.</summary>
    public void TakeCloses(ReadOnlySpan<double> close)
    {
        Reserve(ref _closes);
        for (var i = 0; i < Count; i++)
        {
            var tick = Ticks.FromPrice(close[i]);
            _closes[i] = close[i] <= Ticks.MaxPrice && tick > 0 ? tick : _adjCloses[i];
        }
    }

    /// <summary>Takes the symbol's highs and lows, and adjusts them as the close is.</summary>
    public void TakeRanges(ReadOnlySpan<double> adjClose, ReadOnlySpan<double> close, ReadOnlySpan<double> high, ReadOnlySpan<double> low)
    {
        Reserve(ref _highs);
        Reserve(ref _lows);
        for (var i = 0; i < Count; i++)
        {
            // false for NaN too; validation keeps such bars out, other writers of the table may not
            var sound = close[i] > 0 && close[i] <= Ticks.MaxPrice && low[i] > 0 && low[i] <= high[i] && high[i] <= Ticks.MaxPrice;
            _highs[i] = sound ? Ticks.FromPrice(high[i] * adjClose[i] / close[i]) : _adjCloses[i];
            _lows[i] = sound ? Ticks.FromPrice(low[i] * adjClose[i] / close[i]) : _adjCloses[i];
        }
    }

    private void Reserve(ref long[] values)
    {
        if (values.Length < Count)
        {
            values = new long[Math.Max(Count, 2 * values.Length)];
        }
    }
}
