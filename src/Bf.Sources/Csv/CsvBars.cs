using System.Globalization;
using Bf.Core.Market;
using CsvHelper;
using CsvHelper.Configuration;

namespace Bf.Sources.Csv;

/// <summary>Reads bars from CSV with a header line.</summary>
public sealed class CsvBars(IReadOnlyDictionary<BarColumn, string> overrides, Interval interval)
{
    /// <summary>The rows of a file, in order; rows that can't be read name the rule they break.</summary>
    /// <param name="reader">The file's text.</param>
    /// <param name="file">Its name: gives the symbol when no column does.</param>
    /// <exception cref="FormatException">The header lacks a column.</exception>
    public IEnumerable<BarReading> Read(TextReader reader, string file)
    {
        using var csv = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            BadDataFound = null,
            IgnoreBlankLines = true,
            DetectColumnCountChanges = false,
        });
        if (!csv.Read())
        {
            throw new FormatException("the file is empty");
        }

        var header = csv.Record!;
        header[0] = header[0].TrimStart('\uFEFF');
        var map = ColumnMap.Of(header, overrides, symbolFromName: true);
        var ownSymbol = map.Has(BarColumn.Symbol) ? null : Bar.Normalize(Path.GetFileNameWithoutExtension(file));
        var line = csv.RawRow;
        while (csv.Read())
        {
            var start = line + 1;
            line = csv.RawRow;
            var broken = csv.Count != header.Length ? BarRules.FieldCount : null;
            Bar bar = default;
            if (broken is null)
            {
                bar = Parse(csv, map, ownSymbol, out broken);
            }

            yield return new BarReading(bar, start, broken, csv.RawRecord.TrimEnd('\r', '\n'));
        }
    }

    private Bar Parse(CsvParser csv, ColumnMap map, string? ownSymbol, out string? broken)
    {
        broken = null;
        var symbol = ownSymbol ?? Bar.Normalize(csv[map[BarColumn.Symbol]]);
        if (symbol.Length == 0)
        {
            broken = BarRules.SymbolMissing;
            return default;
        }

        if (!FieldParser.TryTime(csv[map[BarColumn.Ts]], interval, out var ts))
        {
            broken = BarRules.UnreadableDate;
            return default;
        }

        if (!(Price(BarColumn.Open, out var open) && Price(BarColumn.High, out var high) && Price(BarColumn.Low, out var low) && Price(BarColumn.Close, out var close)
            && FieldParser.TryVolume(csv[map[BarColumn.Volume]], out var volume)))
        {
            broken = BarRules.UnreadableNumber;
            return default;
        }

        var adjusted = close;
        if (map.Has(BarColumn.AdjClose) && csv[map[BarColumn.AdjClose]].Length > 0 && !Price(BarColumn.AdjClose, out adjusted))
        {
            broken = BarRules.UnreadableNumber;
            return default;
        }

        return new Bar(symbol, ts, open, high, low, close, adjusted, volume);

        bool Price(BarColumn column, out double price) => FieldParser.TryPrice(csv[map[column]], out price);
    }
}
