using Bf.Core.Market;
using Bf.Jobs.Lake.DuckDb;
using Bf.Sources;

namespace Bf.Jobs.Import;

/// <summary>Reads bars from a Parquet file; the line of a row is its number, beginning at 1.</summary>
internal sealed class ParquetBars(IReadOnlyDictionary<BarColumn, string> overrides, Interval interval)
{
    /// <summary>The rows of a file, in order.</summary>
    /// <exception cref="FormatException">A column is missing, or holds another kind of value.</exception>
    public IEnumerable<BarReading> Read(string file)
    {
        using var connection = DuckDatabase.Connect();
        var source = $"read_parquet({DuckConnection.File(file)})";
        string[] names;
        Native.TypeId[] types;
        using (var columns = connection.Query($"SELECT * FROM {source} LIMIT 0"))
        {
            (names, types) = (columns.Names, columns.Types);
        }

        var map = ColumnMap.Of(names, overrides, symbolFromName: true);
        var ownSymbol = map.Has(BarColumn.Symbol) ? null : Bar.Normalize(Path.GetFileNameWithoutExtension(file));
        using var rows = connection.Stream($"SELECT {Select()} FROM {source}");
        var line = 0L;
        var symbol = "";
        var symbolBytes = Array.Empty<byte>();
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                if (ownSymbol is null && !rows.IsNull(1, i) && !rows.Bytes(1, i).SequenceEqual(symbolBytes))
                {
                    symbolBytes = rows.Bytes(1, i).ToArray();
                    symbol = Bar.Normalize(rows.Text(1, i));
                }

                yield return Row(rows, i, ++line, ownSymbol ?? (rows.IsNull(1, i) ? "" : symbol));
            }
        }

        string Select()
        {
            var ts = Column(BarColumn.Ts);
            // a daily bar's date is the one that is written down, whatever its zone
            var time = interval.IsDaily ? $"TRY_CAST(TRY_CAST({ts} AS DATE) AS TIMESTAMP)" : $"TRY_CAST({ts} AS TIMESTAMP)";
            return $"epoch_us({time}), TRY_CAST({Column(BarColumn.Symbol)} AS VARCHAR), {string.Join(", ", PriceColumns.Select(c => $"TRY_CAST({Column(c)} AS DOUBLE)"))}, "
                + $"TRY_CAST({Column(BarColumn.AdjClose)} AS DOUBLE), TRY_CAST(round({Volume()}) AS BIGINT)";
        }

        // a cast from double to integer alone would round half to even
        string Volume() => types[map[BarColumn.Volume]] == Native.TypeId.Varchar ? $"TRY_CAST({Column(BarColumn.Volume)} AS DECIMAL(38, 9))" : Column(BarColumn.Volume);

        string Column(BarColumn column) => map.Has(column) ? DuckConnection.Name(names[map[column]]) : "NULL";
    }

    private static readonly BarColumn[] PriceColumns = [BarColumn.Open, BarColumn.High, BarColumn.Low, BarColumn.Close];

    private static BarReading Row(DuckResult rows, int i, long line, string symbol)
    {
        var broken = symbol.Length == 0 ? BarRules.SymbolMissing
            : rows.IsNull(0, i) ? BarRules.UnreadableDate
            : rows.IsNull(2, i) || rows.IsNull(3, i) || rows.IsNull(4, i) || rows.IsNull(5, i) || rows.IsNull(7, i) ? BarRules.UnreadableNumber
            : null;
        if (broken is not null)
        {
            return new BarReading(default, line, broken, Raw(rows, i, symbol));
        }

        var close = rows.Column<double>(5)[i];
        var bar = new Bar(symbol, rows.Column<long>(0)[i], rows.Column<double>(2)[i], rows.Column<double>(3)[i], rows.Column<double>(4)[i], close,
            rows.IsNull(6, i) ? close : rows.Column<double>(6)[i], rows.Column<long>(7)[i]);
        return new BarReading(bar, line, null, null);
    }

    private static string Raw(DuckResult rows, int i, string symbol)
    {
        var parts = new List<string> { rows.IsNull(0, i) ? "" : Timestamp.Format(rows.Column<long>(0)[i]), symbol };
        for (var c = 2; c <= 6; c++)
        {
            parts.Add(rows.IsNull(c, i) ? "" : rows.Column<double>(c)[i].ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }

        parts.Add(rows.IsNull(7, i) ? "" : rows.Column<long>(7)[i].ToString(System.Globalization.CultureInfo.InvariantCulture));
        return string.Join(',', parts);
    }
}
