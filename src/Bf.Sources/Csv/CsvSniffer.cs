using System.Text;
using Bf.Core.Market;
using Bf.Sources.Files;
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
        CheckDates(data, columns);
        CheckInterval(data, columns, new TimeParser(Interval.Parse("1m"), dates));
        CheckZone(data, columns);
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

        if (Prefixed(sample) is { } prefixed)
        {
            return ("quantmod", 1, sample[0], prefixed);
        }

        FormatException? unknown = null;
        var known = -1;
        for (var row = 0; row < Math.Min(sample.Count, MostPreamble); row++)
        {
            if (IsData(sample[row]))
            {
                break;
            }

            var header = WithDate(sample, row);
            try
            {
                var map = ColumnMap.Of(header, settings.Map, symbolFromName: true);
                return (Known(header), row + 1, header, [new(map, map.Has(BarColumn.Symbol) ? null : DataFile.CheckedSymbol(symbol))]);
            }
            catch (FormatException e) when (e is not SymbolException)
            {
                // a title may stand above the header: the message is of the line that is most like one
                var found = ColumnNames.Find(header).Count(place => place >= 0);
                (unknown, known) = found > known ? (e, found) : (unknown, known);
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
            return ("no header", 0, [], [new(map, map.Has(BarColumn.Symbol) ? null : DataFile.CheckedSymbol(symbol))]);
        }

        // 20240102 00:00,1871500,1884400,1838900,1856400,82488700
        var isLean = row.Length == 6 && row[0].Length is 14 or 17 && row[0][8] == ' ' && row[0][..8].All(char.IsAsciiDigit);
        return isLean
            ? ("Lean", 0, [], [new(ColumnMap.At(0, -1, 1, 2, 3, 4, -1, 5), DataFile.CheckedSymbol(symbol))])
            : throw new FormatException($"there is no header line: the file begins with {string.Join(',', row)}. Say what stands where, as in --map {Places(row)}");
    }

    // what a row without header probably holds, for the message: date, perhaps time and symbol, then prices and volume
    private string Places(string[] row)
    {
        var date = Array.FindIndex(row, IsDate);
        var time = date + 1 < row.Length && row[date + 1].Contains(':', StringComparison.Ordinal) ? date + 1 : -1;
        var symbol = Array.FindIndex(row, f => f.Any(char.IsLetter) && !IsDate(f));
        var rest = Enumerable.Range(0, row.Length).Where(i => i != date && i != time && i != symbol && row[i].Length > 0);
        string[] prices = ["open", "high", "low", "close", "volume"];
        (string Name, int At)[] places = [("ts", date), ("time", time), ("symbol", symbol), .. prices.Zip(rest)];
        return string.Join(',', places.Where(p => p.At >= 0).Select(p => $"{p.Name}={p.At + 1}"));
    }

    // Price,Close,High,Low,Open,Volume / Ticker,AAPL,AAPL,... / Date,,,,, or the first two the other way round, or without their names, by version and group_by
    private static CsvPart[]? SideBySide(List<string[]> sample)
    {
        if (sample.Count < 3 || sample[2][0] is not ("Date" or "Datetime") || sample[2].Skip(1).Any(f => f.Length > 0) || sample[1].Length != sample[0].Length
            || sample[0][0] is not ("Price" or "Ticker" or "" or "Attributes") || sample[1][0] is not ("Price" or "Ticker" or "" or "Symbols"))
        {
            return null;
        }

        var (names, tickers) = sample[0].Contains("Close") ? (sample[0], sample[1]) : (sample[1], sample[0]);
        return names.Contains("Close") ? Apart(names, tickers) : null;
    }

    // "","AAPL.Open","AAPL.High",...: one or several symbols, each before its columns' names
    private CsvPart[]? Prefixed(List<string[]> sample)
    {
        var header = sample[0];
        var points = header.Select(h => h.LastIndexOf('.')).ToArray();
        return sample.Count > 1 && points.Length > 4 && points.Skip(1).All(p => p > 0) && IsDate(sample[1][0])
            && header.Count(h => h.EndsWith(".Close", StringComparison.Ordinal)) is > 0 and var closes && header.Count(h => h.EndsWith(".Open", StringComparison.Ordinal)) == closes
            ? Apart([.. header.Zip(points, (h, p) => h[(p + 1)..])], [.. header.Zip(points, (h, p) => p > 0 ? h[..p] : "")])
            : null;
    }

    private static CsvPart[] Apart(string[] names, string[] symbols) =>
        [.. symbols.Skip(1).Distinct(StringComparer.Ordinal).Select(symbol =>
        {
            string[] own = [.. names.Select((name, i) => i == 0 ? "Date" : symbols[i] == symbol ? name : "")];
            return new CsvPart(ColumnMap.Of(own, new Dictionary<BarColumn, string>(), symbolFromName: true), Bar.Normalize(symbol));
        })];

    // pandas and R leave the column of dates without a name
    private string[] WithDate(List<string[]> sample, int row) =>
        sample[row][0].Trim() is "" or "Index" or "Unnamed: 0" && row + 1 < sample.Count && IsDate(sample[row + 1][0]) && ColumnNames.Find(sample[row])[(int)BarColumn.Ts] < 0
            ? ["Date", .. sample[row][1..]]
            : sample[row];

    private bool IsData(string[] row) => row.Length > 1 && row.Any(IsDate);

    private bool IsDate(string field) =>
        new TimeParser(settings.Interval, DateOrder.MonthFirst).TryParse(Encoding.UTF8.GetBytes(field), default, out _)
        || new TimeParser(settings.Interval, DateOrder.DayFirst).TryParse(Encoding.UTF8.GetBytes(field), default, out _);

    private static string Known(string[] header)
    {
        bool Has(params string[] names) => names.All(n => header.Any(h => h.Trim().TrimEnd('*').Equals(n, StringComparison.OrdinalIgnoreCase)));
        return Has("<TICKER>", "<PER>", "<DATE>") ? "Stooq"
            : Has("date", "adjClose", "adjOpen", "divCash") ? "Tiingo"
            : Has("window_start", "ticker") || Has("T", "vw", "o", "c") || Has("v", "vw", "o", "c", "t") ? "Polygon"
            : Has("Date", "Open", "Adj Close") ? "Yahoo"
            : Has("Close/Last") ? "Nasdaq"
            : header is [_, _, _, _, _, "Vol.", var change] && change.Contains('%', StringComparison.Ordinal) ? "Investing.com"
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

        return isOrdered || evidence.HasMonthFirst ? evidence.Decide() : DateOrder.Unknown;
    }

    // a table of which no date can be read is another table than it seems
    private void CheckDates(List<string[]> data, ColumnMap columns)
    {
        var dates = data.Where(r => columns[BarColumn.Ts] < r.Length && r[columns[BarColumn.Ts]].Length > 0).Select(r => r[columns[BarColumn.Ts]]).ToList();
        if (dates.Count > 1 && !dates.Any(IsDate))
        {
            throw new FormatException($"no date can be read, as {dates[0]}; write 2024-01-02 or one of the other forms of docs/your-own-data.md"
                + (dates[0].Length == 5 && dates[0].All(char.IsAsciiDigit) ? " (it seems a spreadsheet's number of a day: format the column as a date, and save again)" : ""));
        }
    }

    // where the day begins in the east, the day in UTC is still the one before
    private void CheckZone(List<string[]> data, ColumnMap columns)
    {
        const int East = 12;
        const int AlwaysEast = 22; // markets of the Americas are closed by then
        if (!settings.Interval.IsDaily || settings.Zone is not null)
        {
            return;
        }

        var times = new TimeParser(Interval.Parse("1m"));
        var days = new HashSet<DayOfWeek>();
        var (late, first) = (0, "");
        foreach (var text in data.Where(r => columns[BarColumn.Ts] < r.Length).Select(r => r[columns[BarColumn.Ts]].Trim()))
        {
            if (TimeParser.IsMoment(text) && times.TryParse(Encoding.UTF8.GetBytes(text), default, out var ts)
                && DateTime.UnixEpoch.AddTicks(ts * TimeSpan.TicksPerMicrosecond) is { Hour: >= East } moment)
            {
                days.Add(moment.DayOfWeek);
                first = first.Length == 0 ? text : first;
                late += moment.Hour >= AlwaysEast ? 1 : 0;
            }
        }

        if (late > 0 || (days.Contains(DayOfWeek.Sunday) && !days.Contains(DayOfWeek.Friday)) || (days.Contains(DayOfWeek.Saturday) && !days.Contains(DayOfWeek.Thursday)))
        {
            times.TryParse(Encoding.UTF8.GetBytes(first), default, out var ts);
            throw new FormatException($"{first} is {Timestamp.Format(ts)} UTC, which may belong to the next day at the exchange; say where the exchange is, as in --time-zone Asia/Tokyo (or UTC)");
        }
    }

    private void CheckInterval(List<string[]> data, ColumnMap columns, TimeParser times)
    {
        if (columns.Has(BarColumn.Period))
        {
            return;
        }

        if (!settings.Interval.IsDaily)
        {
            CheckTimes(data, columns, times);
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

    // bars within the day have times: dates alone are those of days
    private void CheckTimes(List<string[]> data, ColumnMap columns, TimeParser times)
    {
        var dates = columns.Has(BarColumn.Time) ? [] : data.Where(r => columns[BarColumn.Ts] < r.Length).Select(r => r[columns[BarColumn.Ts]].Trim()).ToList();
        if (dates.Count > 1 && dates.All(d => d.Length <= "15-January-2024".Length && !d.Contains(':', StringComparison.Ordinal) && times.TryParse(Encoding.UTF8.GetBytes(d), default, out var ts) && ts % Timestamp.Day == 0 && !TimeParser.IsMoment(d)))
        {
            throw new FormatException($"dates such as {dates[0]} have no time of the day, so these are no bars of {settings.Interval.Name}; import bars of days without --interval, or name the column with --map time=NAME");
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
