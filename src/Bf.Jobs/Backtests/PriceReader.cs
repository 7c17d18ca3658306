using System.Globalization;
using Bf.Core.Backtest;
using Bf.Core.Market;
using Bf.Jobs.Engines;
using Bf.Jobs.Lake.Delta;

namespace Bf.Jobs.Backtests;

/// <summary>Reads the prices that a backtest trades at.</summary>
internal static class PriceReader
{
    /// <summary>The histories of a universe's symbols up to a time, by symbol.</summary>
    public static List<PriceHistory> Read(DeltaTable bars, Snapshot snapshot, Universe universe, long? to)
    {
        var where = BarSeriesReader.OnlyMembers(universe);
        where += to is { } last ? $" AND ts <= make_timestamptz({last.ToString(CultureInfo.InvariantCulture)})" : "";
        return [.. BarSeriesReader.Read(bars, snapshot, where).Select(b => PriceHistory.FromBars(b.Symbol, b.Ts, b.Open, b.Close, b.AdjClose, b.Volume))];
    }
}
