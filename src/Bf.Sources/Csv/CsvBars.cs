using System.Text;
using Bf.Core.Market;
using CsvHelper;

namespace Bf.Sources.Csv;

/// <summary>Reads bars from text tables in the dialects that people have.</summary>
public sealed class CsvBars(CsvSettings settings)
{
    private static readonly BarColumn[] Prices = [BarColumn.Open, BarColumn.High, BarColumn.Low, BarColumn.Close];

    /// <summary>Recognises how a table is written.</summary>
    /// <param name="open">Opens its content; called once for each pass.</param>
    /// <param name="symbol">The symbol when the table names none.</param>
    /// <exception cref="FormatException">It is no table of bars, or can be read in two ways.</exception>
    public CsvDialect Recognise(Func<Stream> open, string symbol) => new CsvSniffer(settings).Recognise(open, Bar.Normalize(symbol));

    /// <summary>The rows of a table, in order; rows that can't be read name the rule they break.</summary>
    /// <exception cref="FormatException">It is no table of bars, or can be read in two ways.</exception>
    public IEnumerable<BarReading> Read(Func<Stream> open, string symbol) => Read(open, Recognise(open, symbol));

    /// <summary>The rows of a table that was recognised.</summary>
    public IEnumerable<BarReading> Read(Func<Stream> open, CsvDialect dialect)
    {
        using var stream = open();
        using var csv = CsvReader.Create(stream, CsvSniffer.Options(dialect.Separator), leaveOpen: true);
        var parts = dialect.Parts.Select(p => new PartReader(p, dialect, settings)).ToArray();
        var fields = 0;
        var named = dialect.Header.ToList().FindLastIndex(n => n.Trim().Length > 0) + 1;
        for (var row = 0; csv.Read(); row++)
        {
            if (row < dialect.HeaderRows)
            {
                fields = csv.FieldCount;
                continue;
            }

            if (CsvRecord.IsBlank(csv))
            {
                continue;
            }

            fields = fields == 0 ? csv.FieldCount : fields;
            var isWhole = CsvRecord.IsWhole(csv, fields, named);
            foreach (var part in parts)
            {
                string? broken = BarRules.FieldCount;
                var isGap = false;
                var bar = isWhole ? part.Parse(csv, out broken, out isGap) : default;
                if (broken is null && !isGap && settings.Now is { } now)
                {
                    broken = BarRules.Broken(bar, now);
                }

                yield return new BarReading(bar, csv.LineNumber, broken, broken is null ? null : Encoding.UTF8.GetString(csv.RawRecord), isGap, !isGap && part.IsUnadjusted(csv));
            }
        }
    }

    /// <summary>Reads the columns of one symbol, or of all.</summary>
    private sealed class PartReader(CsvPart part, CsvDialect dialect, CsvSettings settings)
    {
        private readonly ColumnMap _map = part.Columns;
        private readonly TimeParser _times = new(settings.Interval, dialect.Dates, settings.Zone);
        private readonly SymbolCache _symbols = new(part.Symbol);

        public Bar Parse(CsvReader csv, out string? broken, out bool isGap)
        {
            var symbol = _symbols.Of(Field(csv, BarColumn.Symbol));
            broken = BarRules.BrokenSymbol(symbol);
            if (!_times.TryParse(Field(csv, BarColumn.Ts), Field(csv, BarColumn.Time), out var ts))
            {
                broken ??= BarRules.UnreadableDate;
            }

            if (_map.Has(BarColumn.Period) && !IsPeriod(Field(csv, BarColumn.Period)))
            {
                broken ??= BarRules.OtherInterval;
            }

            isGap = broken is null && IsGap(csv);
            if (isGap)
            {
                return new Bar(symbol, ts, 0, 0, 0, 0, 0, 0);
            }

            var volume = 0L;
            if (!(Price(csv, BarColumn.Open, out var open) & Price(csv, BarColumn.High, out var high) & Price(csv, BarColumn.Low, out var low) & Price(csv, BarColumn.Close, out var close))
                || (_map.Has(BarColumn.Volume) && !FieldParser.TryVolume(Field(csv, BarColumn.Volume), out volume, dialect.Numbers)))
            {
                broken ??= BarRules.UnreadableNumber;
            }

            var adjusted = close;
            if (!Field(csv, BarColumn.AdjClose).IsEmpty && !Price(csv, BarColumn.AdjClose, out adjusted))
            {
                broken ??= BarRules.UnreadableNumber;
            }

            return new Bar(symbol, ts, open, high, low, close, adjusted, volume);
        }

        public bool IsUnadjusted(CsvReader csv) => Field(csv, BarColumn.AdjClose).IsEmpty;

        private ReadOnlySpan<byte> Field(CsvReader csv, BarColumn column) => _map.Has(column) ? csv.GetSpan(_map[column]) : default;

        private bool Price(CsvReader csv, BarColumn column, out double price)
        {
            var reads = FieldParser.TryPrice(csv.GetSpan(_map[column]), out price, dialect.Numbers);
            price /= dialect.PriceUnit;
            return reads;
        }

        // Yahoo writes null on a day without a bar, and perhaps a volume of 0
        private bool IsGap(CsvReader csv)
        {
            if (!FieldParser.IsMissing(csv.GetSpan(_map[BarColumn.Close])))
            {
                return false;
            }

            foreach (var column in Prices)
            {
                if (!FieldParser.IsMissing(csv.GetSpan(_map[column])))
                {
                    return false;
                }
            }

            var volume = Field(csv, BarColumn.Volume);
            return FieldParser.IsMissing(Field(csv, BarColumn.AdjClose)) && (FieldParser.IsMissing(volume) || volume.SequenceEqual("0"u8));
        }

        private bool IsPeriod(ReadOnlySpan<byte> per) => settings.Interval.Name switch
        {
            "1d" => per.SequenceEqual("D"u8),
            "1h" => per.SequenceEqual("60"u8),
            var minutes => per.SequenceEqual(Encoding.UTF8.GetBytes(minutes[..^1])),
        };
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
