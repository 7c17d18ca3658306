using Bf.Core.Market;
using Bf.Jobs.Lake.Delta;
using Bf.Jobs.Lake.DuckDb;

namespace Bf.Jobs.Engines;

/// <summary>Reads whole bars symbol by symbol, in order of symbol and time, a range of symbols at a time: the memory of a part serves any table.</summary>
internal static class BarSeriesReader
{
    /// <summary>The series of the symbols that have bars where a condition holds.</summary>
    public static IEnumerable<BarSeries> Read(DeltaTable bars, Snapshot snapshot, string where)
    {
        using var connection = DuckDatabase.Connect();
        var ranges = snapshot.Files.Count == 0 ? [] : SymbolParts.Cut(bars, connection, snapshot.Files, threads: 1);
        foreach (var range in ranges)
        {
            var files = snapshot.Files.Where(range.MayBeIn).ToList();
            if (files.Count > 0)
            {
                using var rows = connection.Stream($"SELECT symbol, ts, open, close, adj_close, volume FROM {bars.Parquet(files)} WHERE {range.Condition} AND {where} ORDER BY symbol, ts");
                foreach (var series in BySymbol(rows))
                {
                    yield return series;
                }
            }
        }
    }

    /// <summary>The condition that a bar's symbol belongs to a universe at some time.</summary>
    public static string OnlyMembers(Universe universe) =>
        universe.IsAll ? "true" : $"symbol IN ({string.Join(", ", universe.Symbols.Select(DuckConnection.Quote))})";

    private static IEnumerable<BarSeries> BySymbol(DuckResult rows)
    {
        var bytes = Array.Empty<byte>();
        var open = new Columns();
        while (rows.Next())
        {
            for (int from = 0, to; from < rows.Rows; from = to)
            {
                if (!rows.Bytes(0, from).SequenceEqual(bytes))
                {
                    if (open.Ts.Count > 0)
                    {
                        yield return open.Take();
                    }

                    (open.Symbol, bytes) = (rows.Text(0, from), rows.Bytes(0, from).ToArray());
                }

                to = from + 1;
                while (to < rows.Rows && rows.Bytes(0, to).SequenceEqual(bytes))
                {
                    to++;
                }

                open.Add(rows, from, to);
            }
        }

        if (open.Ts.Count > 0)
        {
            yield return open.Take();
        }
    }

    /// <summary>The bars of the symbol that is being read.</summary>
    private sealed class Columns
    {
        private readonly List<double> _open = [], _close = [], _adjClose = [];
        private readonly List<long> _volume = [];

        public string Symbol { get; set; } = "";

        public List<long> Ts { get; } = [];

        public void Add(DuckResult rows, int from, int to)
        {
            Ts.AddRange(rows.Column<long>(1)[from..to]);
            _open.AddRange(rows.Column<double>(2)[from..to]);
            _close.AddRange(rows.Column<double>(3)[from..to]);
            _adjClose.AddRange(rows.Column<double>(4)[from..to]);
            _volume.AddRange(rows.Column<long>(5)[from..to]);
        }

        public BarSeries Take()
        {
            var series = new BarSeries(Symbol, [.. Ts], [.. _open], [.. _close], [.. _adjClose], [.. _volume]);
            Ts.Clear();
            _open.Clear();
            _close.Clear();
            _adjClose.Clear();
            _volume.Clear();
            return series;
        }
    }
}
