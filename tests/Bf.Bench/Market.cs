using System.Text;
using Bf.Core.Breadth;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Bench;

/// <summary>One symbol's bars in memory.</summary>
internal sealed record SymbolColumns(string Symbol, long[] Ts, double[] AdjClose, long[] Volume);

/// <summary>A market in memory, as the kernel takes it.</summary>
internal sealed record Market(IReadOnlyList<SymbolColumns> Symbols)
{
    public long Bars => Symbols.Sum(s => (long)s.Ts.Length);

    /// <summary>Reads a market's file, which is sorted by symbol and time.</summary>
    public static Market Read(string file)
    {
        var symbols = new List<SymbolColumns>();
        using var connection = DuckDatabase.Connect();
        using var rows = connection.Stream($"SELECT symbol, ts, adj_close, volume FROM read_parquet({DuckConnection.Quote(file)})");
        List<long> ts = [], volume = [];
        List<double> adjClose = [];
        var symbol = Array.Empty<byte>();
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                if (!rows.Bytes(0, i).SequenceEqual(symbol))
                {
                    Finish();
                    symbol = rows.Bytes(0, i).ToArray();
                }
                ts.Add(rows.Column<long>(1)[i]);
                adjClose.Add(rows.Column<double>(2)[i]);
                volume.Add(rows.Column<long>(3)[i]);
            }
        }
        Finish();
        return new Market(symbols);

        void Finish()
        {
            if (ts.Count > 0)
            {
                symbols.Add(new SymbolColumns(Encoding.UTF8.GetString(symbol), [.. ts], [.. adjClose], [.. volume]));
                ts.Clear();
                adjClose.Clear();
                volume.Clear();
            }
        }
    }

    /// <summary>The kernel over the whole market, on this thread.</summary>
    public BreadthTally Tally(KernelForm form)
    {
        var kernel = new BreadthKernel([Core.Market.Universe.All], form);
        foreach (var s in Symbols)
        {
            kernel.Add(s.Symbol, null, s.Ts, s.AdjClose, s.Volume);
        }
        return kernel.Tally(0);
    }
}
