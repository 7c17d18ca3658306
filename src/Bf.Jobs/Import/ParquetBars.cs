using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Lake.DuckDb;
using Bf.Sources;
using Bf.Sources.Files;

namespace Bf.Jobs.Import;

/// <summary>Reads bars from a relation of typed columns, such as a Parquet file; the line of a row is its number, beginning at 1.</summary>
/// <param name="relation">The relation in SQL.</param>
/// <param name="symbol">The symbol when no column gives one.</param>
/// <param name="overrides">Columns by other names.</param>
/// <param name="interval">The bars' length.</param>
internal sealed class ParquetBars(string relation, string symbol, IReadOnlyDictionary<BarColumn, string> overrides, Interval interval)
{
    private static readonly BarColumn[] PriceColumns = [BarColumn.Open, BarColumn.High, BarColumn.Low, BarColumn.Close];

    /// <summary>The symbol when no column gives one.</summary>
    public string Symbol { get; } = Bar.Normalize(symbol);

    /// <summary>The relation's columns, and which of them is what.</summary>
    /// <exception cref="FormatException">One is missing.</exception>
    public (string[] Names, ColumnMap Map) Columns()
    {
        using var connection = DuckDatabase.Connect();
        var (names, _, map) = Shape(connection);
        return (names, map);
    }

    /// <summary>The rows, in order.</summary>
    /// <exception cref="FormatException">A column is missing, or holds another kind of value.</exception>
    public IEnumerable<BarReading> Read()
    {
        using var connection = DuckDatabase.Connect();
        var (names, types, map) = Shape(connection);
        var ownSymbol = map.Has(BarColumn.Symbol) ? null : Symbol;
        using var rows = connection.Stream($"SELECT {Select(names, types, map)} FROM {relation}");
        var line = 0L;
        var known = "";
        var knownBytes = Array.Empty<byte>();
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                if (ownSymbol is null && !rows.IsNull(1, i) && !rows.Bytes(1, i).SequenceEqual(knownBytes))
                {
                    knownBytes = rows.Bytes(1, i).ToArray();
                    known = Bar.Normalize(rows.Text(1, i));
                }

                yield return Row(rows, i, ++line, ownSymbol ?? (rows.IsNull(1, i) ? "" : known));
            }
        }
    }

    private (string[] Names, Native.TypeId[] Types, ColumnMap Map) Shape(DuckConnection connection)
    {
        using var columns = connection.Query($"SELECT * FROM {relation} LIMIT 0");
        var map = ColumnMap.Of(columns.Names, overrides, symbolFromName: true);
        _ = map.Has(BarColumn.Symbol) ? Symbol : DataFile.CheckedSymbol(Symbol);
        return (columns.Names, columns.Types, map);
    }

    private string Select(string[] names, Native.TypeId[] types, ColumnMap map)
    {
        string Column(BarColumn column) => map.Has(column) ? DuckConnection.Name(names[map[column]]) : "NULL";
        Native.TypeId Type(BarColumn column) => types[map[column]];

        // a cast from double to integer alone would round half to even
        var volume = !map.Has(BarColumn.Volume) ? "0" : Type(BarColumn.Volume) == Native.TypeId.Varchar ? $"TRY_CAST({Column(BarColumn.Volume)} AS DECIMAL(38, 9))" : Column(BarColumn.Volume);
        return $"epoch_us({Time(Column(BarColumn.Ts), Type(BarColumn.Ts))}), TRY_CAST({Column(BarColumn.Symbol)} AS VARCHAR), {string.Join(", ", PriceColumns.Select(c => $"TRY_CAST({Column(c)} AS DOUBLE)"))}, "
            + $"TRY_CAST({Column(BarColumn.AdjClose)} AS DOUBLE), TRY_CAST(round({volume}) AS BIGINT)";
    }

    // a daily bar's date is the one that is written down, whatever its zone; whole numbers are 20240102 or an epoch by their size
    private string Time(string ts, Native.TypeId type) => type switch
    {
        Native.TypeId.Integer or Native.TypeId.BigInt or Native.TypeId.UInteger or Native.TypeId.UBigInt => Cut($"""
            CASE WHEN {ts} BETWEEN 10000101 AND 99991231 THEN CAST(try_strptime(CAST({ts} AS VARCHAR), '%Y%m%d') AS TIMESTAMP)
                 WHEN {ts} BETWEEN 100000000 AND 99999999999 THEN make_timestamp({ts} * 1000000)
                 WHEN {ts} BETWEEN 100000000000 AND 99999999999999 THEN make_timestamp({ts} * 1000)
                 WHEN {ts} BETWEEN 100000000000000 AND 99999999999999999 THEN make_timestamp({ts})
                 WHEN {ts} >= 100000000000000000 THEN make_timestamp({ts} // 1000) END
            """),
        _ => interval.IsDaily ? $"TRY_CAST(TRY_CAST({ts} AS DATE) AS TIMESTAMP)" : $"TRY_CAST({ts} AS TIMESTAMP)",
    };

    private string Cut(string time) => interval.IsDaily ? $"date_trunc('day', {time})" : time;

    private static BarReading Row(DuckResult rows, int i, long line, string symbol)
    {
        var prices = 0;
        for (var c = 2; c <= 5; c++)
        {
            prices += rows.IsNull(c, i) ? 0 : 1;
        }

        var broken = BarRules.BrokenSymbol(symbol) ?? (rows.IsNull(0, i) ? BarRules.UnreadableDate : null);
        if (broken is null && prices == 0 && rows.IsNull(6, i) && (rows.IsNull(7, i) || rows.Column<long>(7)[i] == 0))
        {
            return new BarReading(default, line, null, null, IsGap: true);
        }

        if (broken is not null || prices < 4 || rows.IsNull(7, i))
        {
            return new BarReading(default, line, broken ?? BarRules.UnreadableNumber, Raw(rows, i, symbol));
        }

        var close = rows.Column<double>(5)[i];
        var bar = new Bar(symbol, rows.Column<long>(0)[i], rows.Column<double>(2)[i], rows.Column<double>(3)[i], rows.Column<double>(4)[i], close,
            rows.IsNull(6, i) ? close : rows.Column<double>(6)[i], rows.Column<long>(7)[i]);
        return new BarReading(bar, line, null, null, IsUnadjusted: rows.IsNull(6, i));
    }

    private static string Raw(DuckResult rows, int i, string symbol)
    {
        var parts = new List<string> { rows.IsNull(0, i) ? "" : Timestamp.Format(rows.Column<long>(0)[i]), symbol };
        for (var c = 2; c <= 6; c++)
        {
            parts.Add(rows.IsNull(c, i) ? "" : rows.Column<double>(c)[i].ToString("R", CultureInfo.InvariantCulture));
        }

        parts.Add(rows.IsNull(7, i) ? "" : rows.Column<long>(7)[i].ToString(CultureInfo.InvariantCulture));
        return string.Join(',', parts);
    }
}
