using Bf.Core.Backtest;
using Bf.Core.Market;

namespace Bf.Jobs.Backtests;

/// <summary>Which of a market's dates a backtest's settings choose.</summary>
internal static class DateSpan
{
    /// <summary>The first and last of them, indices into the dates.</summary>
    /// <exception cref="JobException">There is none.</exception>
    public static (int First, int Last) Of(long[] ts, BacktestSettings settings)
    {
        var first = settings.From is { } from ? AtOrAfter(ts, from) : 0;
        var last = settings.To is { } to && to < long.MaxValue ? AtOrAfter(ts, to + 1) - 1 : ts.Length - 1;
        return first <= last ? (first, last) : throw new JobException($"there are no dates in this range; there are {Timestamp.Format(ts[0])} to {Timestamp.Format(ts[^1])}");
    }

    private static int AtOrAfter(long[] ts, long time)
    {
        var at = Array.BinarySearch(ts, time);
        return at < 0 ? ~at : at;
    }
}
