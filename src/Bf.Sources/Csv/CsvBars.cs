using System.Text;
using Bf.Core.Market;
using CsvHelper;

namespace Bf.Sources.Csv;

/// <summary>Reads bars from CSV with a header line.</summary>
public sealed class CsvBars(IReadOnlyDictionary<BarColumn, string> overrides, Interval interval)
{
    /// <summary>The rows of a file, in order; rows that can't be read name the rule they break.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="file">Its name: gives the symbol when no column does.</param>
    /// <exception cref="FormatException">The header lacks a column.</exception>
    public IEnumerable<BarReading> Read(Stream stream, string file)
    {
        using var csv = CsvReader.Create(stream, new CsvReaderOptions { TrackLineNumbers = true, FieldCountMismatch = CsvFieldCountHandling.Allow }, leaveOpen: true);
        csv.ReadHeader();
        var header = csv.Headers.ToArray();
        if (header.Length == 0)
        {
            throw new FormatException("the file is empty");
        }

        var map = ColumnMap.Of(header, overrides, symbolFromName: true);
        var symbol = new SymbolCache(map.Has(BarColumn.Symbol) ? null : Bar.Normalize(Path.GetFileNameWithoutExtension(file)));
        while (csv.Read())
        {
            string? broken = null;
            var bar = csv.FieldCount == header.Length ? Parse(csv, map, symbol, out broken) : default;
            broken = csv.FieldCount == header.Length ? broken : BarRules.FieldCount;
            yield return new BarReading(bar, csv.LineNumber, broken, broken is null ? null : Encoding.UTF8.GetString(csv.RawRecord));
        }
    }

    private Bar Parse(CsvReader csv, ColumnMap map, SymbolCache symbols, out string? broken)
    {
        var symbol = symbols.Of(map.Has(BarColumn.Symbol) ? csv.GetSpan(map[BarColumn.Symbol]) : default);
        var adjusted = 0d;
        broken = symbol.Length == 0 ? BarRules.SymbolMissing : null;
        if (!FieldParser.TryTime(csv.GetSpan(map[BarColumn.Ts]), interval, out var ts))
        {
            broken ??= BarRules.UnreadableDate;
        }

        if (!(Price(BarColumn.Open, out var open) & Price(BarColumn.High, out var high) & Price(BarColumn.Low, out var low) & Price(BarColumn.Close, out var close)
            & FieldParser.TryVolume(csv.GetSpan(map[BarColumn.Volume]), out var volume)))
        {
            broken ??= BarRules.UnreadableNumber;
        }

        if (!map.Has(BarColumn.AdjClose) || csv.GetSpan(map[BarColumn.AdjClose]).IsEmpty)
        {
            adjusted = close;
        }
        else if (!Price(BarColumn.AdjClose, out adjusted))
        {
            broken ??= BarRules.UnreadableNumber;
        }

        return new Bar(symbol, ts, open, high, low, close, adjusted, volume);

        bool Price(BarColumn column, out double price) => FieldParser.TryPrice(csv.GetSpan(map[column]), out price);
    }

    /// <summary>Files keep the rows of a symbol together, mostly: its name is made once.</summary>
    private sealed class SymbolCache(string? fixedSymbol)
    {
        private byte[] _bytes = [];
        private string _symbol = "";

        public string Of(ReadOnlySpan<byte> field)
        {
            if (fixedSymbol is not null)
            {
                return fixedSymbol;
            }

            if (!field.SequenceEqual(_bytes))
            {
                _bytes = field.ToArray();
                _symbol = Bar.Normalize(Encoding.UTF8.GetString(field));
            }

            return _symbol;
        }
    }
}
