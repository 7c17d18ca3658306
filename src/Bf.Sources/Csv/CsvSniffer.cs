using System.Text;
using Bf.Core.Market;
using CsvHelper;

namespace Bf.Sources.Csv;

/// <summary>Recognises how a text table is written, from its header and content.</summary>
internal sealed class CsvSniffer(CsvSettings settings)
{
    private const int Sampled = 500;
    private const int MostPreamble = 10;
    private const double LeanUnit = 10_000;

    /// <summary>Recognises a table.</summary>
    /// <param name="open">Opens its content; called once more for each pass.</param>
    /// <param name="symbol">The symbol when the table names none.</param>
    /// <exception cref="FormatException">It is none, or can be read in two ways; the message says what to say.</exception>
    public CsvDialect Recognise(Func<Stream> open, string symbol)
    {
        var sample = Sample(open, out var separator);
        if (sample.Count == 0)
        {
            throw new FormatException("the file is empty");
        }

        var (name, rows, header, parts) = Layout(sample, symbol);
        var columns = parts[0].Columns;
        var data = sample[rows..];
        var numbers = settings.Numbers ?? Numbers(data, parts);
        var dates = settings.Dates != DateOrder.Unknown ? settings.Dates : Dates(open, separator, rows, columns);
        var isLean = name == "Lean" && data.All(r => r.Length < 5 || r[1..5].All(p => !p.Contains('.', StringComparison.Ordinal)));
        CheckInterval(data, columns, new TimeParser(Interval.Parse("1m"), dates));
        return new(name, separator, rows, header, parts, numbers, dates, isLean ? LeanUnit : 1);
    }

    /// <summary>Options for a reader that leaves the header to us.</summary>
    public static CsvReaderOptions Options(char? separator = null) => new()
    {
        TrackLineNumbers = true, HasHeader = false, FieldCountMismatch = CsvFieldCountHandling.Allow, Separator = separator, MaxRecordSize = 1 << 20,
    };

    private (string Name, int Rows, string[] Header, CsvPart[] Parts) Layout(List<string[]> sample, string symbol)
    {
        if (SideBySide(sample) is { } several)
        {
            return ("yfinance", 3, sample[0], several);
        }

        FormatException? unknown = null;
        for (var row = 0; row < Math.Min(sample.Count, MostPreamble); row++)
        {
            if (IsData(sample[row]))
            {
                break;
            }

            try
            {
                var map = ColumnMap.Of(sample[row], settings.Map, symbolFromName: true);
                return (Known(sample[row]), row + 1, sample[row], [new(map, map.Has(BarColumn.Symbol) ? null : symbol)]);
            }
            catch (FormatException e)
            {
                unknown ??= e; // a title may stand above the header
            }
        }

        return IsData(sample[0]) ? Headless(sample[0], symbol) : throw unknown!;
    }

    private (string Name, int Rows, string[] Header, CsvPart[] Parts) Headless(string[] row, string symbol)
    {
        if (settings.Map.Count > 0)
        {
            var places = Enumerable.Range(1, row.Length).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var map = ColumnMap.Of(places, settings.Map, symbolFromName: true);
            return ("no header", 0, [], [new(map, map.Has(BarColumn.Symbol) ? null : symbol)]);
        }

        // 20240102 00:00,1871500,1884400,1838900,1856400,82488700
        var isLean = row.Length == 6 && row[0].Length is 14 or 17 && row[0][8] == ' ' && row[0][..8].All(char.IsAsciiDigit);
        return isLean
            ? ("Lean", 0, [], [new(ColumnMap.At(0, -1, 1, 2, 3, 4, -1, 5), symbol)])
            : throw new FormatException($"there is no header line: the file begins with {string.Join(',', row)}. Say what stands where, as in --map ts=1,open=2,high=3,low=4,close=5,volume=6");
    }

    // Price,Close,High,Low,Open,Volume / Ticker,AAPL,AAPL,... / Date,,,,,
    private static CsvPart[]? SideBySide(List<string[]> sample)
    {
        if (sample.Count < 3 || sample[0][0] != "Price" || sample[1][0] != "Ticker" || sample[2][0] is not ("Date" or "Datetime") || sample[1].Length != sample[0].Length)
        {
            return null;
        }

        return [.. sample[1].Skip(1).Distinct(StringComparer.Ordinal).Select(ticker =>
        {
            string[] own = [.. sample[0].Select((name, i) => i == 0 ? "Date" : sample[1][i] == ticker ? name : "")];
            return new CsvPart(ColumnMap.Of(own, new Dictionary<BarColumn, string>(), symbolFromName: true), Bar.Normalize(ticker));
        })];
    }

    private bool IsData(string[] row) =>
        row.Length > 1 && row.Any(f => new TimeParser(settings.Interval, DateOrder.MonthFirst).TryParse(Encoding.UTF8.GetBytes(f), default, out _)
            || new TimeParser(settings.Interval, DateOrder.DayFirst).TryParse(Encoding.UTF8.GetBytes(f), default, out _));

    private static string Known(string[] header)
    {
        bool Has(params string[] names) => names.All(n => header.Any(h => h.Trim().TrimEnd('*').Equals(n, StringComparison.OrdinalIgnoreCase)));
        return Has("<TICKER>", "<PER>", "<DATE>") ? "Stooq"
            : Has("date", "adjClose", "adjOpen", "divCash") ? "Tiingo"
            : Has("window_start", "ticker") || Has("T", "vw", "o", "c") || Has("v", "vw", "o", "c", "t") ? "Polygon"
            : Has("Date", "Open", "Adj Close") ? "Yahoo"
            : Has("Close/Last") ? "Nasdaq"
            : Has("Price", "Vol.", "Change %") ? "Investing.com"
            : Has("timestamp", "adjusted_close", "dividend_amount") ? "Alpha Vantage"
            : "table";
    }

    private static NumberStyle Numbers(List<string[]> data, CsvPart[] parts)
    {
        var evidence = new NumberEvidence();
        foreach (var row in data)
        {
            foreach (var part in parts)
            {
                foreach (var column in (BarColumn[])[BarColumn.Open, BarColumn.High, BarColumn.Low, BarColumn.Close, BarColumn.AdjClose, BarColumn.Volume])
                {
                    if (part.Columns.Has(column) && part.Columns[column] < row.Length)
                    {
                        evidence.Add(row[part.Columns[column]]);
                    }
                }
            }
        }

        return evidence.Decide();
    }

    // one date may tell for all, wherever it stands: only then the whole file is read twice
    private static DateOrder Dates(Func<Stream> open, char separator, int rows, ColumnMap columns)
    {
        var evidence = new DateEvidence();
        var isOrdered = false;
        using var stream = open();
        using var csv = CsvReader.Create(stream, Options(separator), leaveOpen: true);
        for (var row = 0; csv.Read() && (isOrdered || row < Sampled); row++)
        {
            if (row >= rows && columns[BarColumn.Ts] < csv.FieldCount)
            {
                var field = csv.GetSpan(columns[BarColumn.Ts]);
                isOrdered |= TimeParser.TrySplit(field, out _, out _, out _, out _, out var mark) && mark != '.';
                evidence.Add(field);
            }
        }

        return isOrdered ? evidence.Decide() : DateOrder.Unknown;
    }

    private void CheckInterval(List<string[]> data, ColumnMap columns, TimeParser times)
    {
        if (!settings.Interval.IsDaily || columns.Has(BarColumn.Period))
        {
            return;
        }

        var seen = new Dictionary<(string Symbol, long Day), long>();
        foreach (var row in data)
        {
            string Field(BarColumn column) => columns.Has(column) && columns[column] < row.Length ? row[columns[column]] : "";
            if (times.TryParse(Encoding.UTF8.GetBytes(Field(BarColumn.Ts)), Encoding.UTF8.GetBytes(Field(BarColumn.Time)), out var ts)
                && !seen.TryAdd((Field(BarColumn.Symbol), Math.DivRem(ts, Timestamp.Day).Quotient), ts)
                && seen[(Field(BarColumn.Symbol), Math.DivRem(ts, Timestamp.Day).Quotient)] is var other && other != ts)
            {
                throw new FormatException($"there are bars within the day ({Timestamp.Format(other)} and {Timestamp.Format(ts)}); say how long they are, as in --interval 5m");
            }
        }
    }

    private static List<string[]> Sample(Func<Stream> open, out char separator)
    {
        using var stream = open();
        using var csv = CsvReader.Create(stream, Options(), leaveOpen: true);
        var rows = new List<string[]>();
        while (rows.Count < Sampled && csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }

        separator = csv.Separator;
        return rows;
    }
}
