using System.Globalization;
using Bf.Core.Backtest;
using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Backtests;

/// <summary>Reads the prices that a backtest trades at.</summary>
internal static class PriceReader
{
    /// <summary>The histories of a universe's symbols up to a time, by symbol.</summary>
    public static List<PriceHistory> Read(DeltaTable bars, Snapshot snapshot, Universe universe, long? to)
    {
        var histories = new List<PriceHistory>();
        var where = universe.IsAll ? "true" : $"symbol IN ({string.Join(", ", universe.Symbols.Select(DuckConnection.Quote))})";
        where += to is { } last ? $" AND ts <= make_timestamptz({last.ToString(CultureInfo.InvariantCulture)})" : "";
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Stream($"SELECT symbol, ts, open, close, adj_close, volume FROM {bars.Parquet(snapshot.Files)} WHERE {where} ORDER BY symbol, ts");
        var (symbol, bytes) = ("", Array.Empty<byte>());
        List<long> ts = [], volume = [];
        List<double> open = [], close = [], adjClose = [];
        while (rows.Next())
        {
            for (int from = 0, end; from < rows.Rows; from = end)
            {
                if (!rows.Bytes(0, from).SequenceEqual(bytes))
                {
                    Finish();
                    (symbol, bytes) = (rows.Text(0, from), rows.Bytes(0, from).ToArray());
                }

                end = from + 1;
                while (end < rows.Rows && rows.Bytes(0, end).SequenceEqual(bytes))
                {
                    end++;
                }

                ts.AddRange(rows.Column<long>(1)[from..end]);
                open.AddRange(rows.Column<double>(2)[from..end]);
                close.AddRange(rows.Column<double>(3)[from..end]);
                adjClose.AddRange(rows.Column<double>(4)[from..end]);
                volume.AddRange(rows.Column<long>(5)[from..end]);
            }
        }

        Finish();
        return histories;

        void Finish()
        {
            if (ts.Count > 0)
            {
                histories.Add(PriceHistory.FromBars(symbol, [.. ts], open.ToArray(), close.ToArray(), [.. adjClose], volume.ToArray()));
                ts.Clear();
                open.Clear();
                close.Clear();
                adjClose.Clear();
                volume.Clear();
            }
        }
    }
}
