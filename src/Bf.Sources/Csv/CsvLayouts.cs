using Bf.Core.Market;
using Bf.Sources.Files;

namespace Bf.Sources.Csv;

/// <summary>Where a table's columns are.</summary>
/// <param name="Name">The dialect's name.</param>
/// <param name="Rows">Records before the first bar.</param>
/// <param name="Header">The header's names; empty without header.</param>
/// <param name="Parts">The columns, once, or once a symbol.</param>
internal sealed record CsvLayout(string Name, int Rows, string[] Header, CsvPart[] Parts);

/// <summary>Finds a table's columns: by a header like those of the vendors, by the places that the user names, or by a form without header.</summary>
internal sealed class CsvLayouts(CsvSettings settings)
{
    private const int MostPreamble = 10;

    /// <summary>The layout of a table.</summary>
    /// <param name="sample">Its first records.</param>
    /// <param name="symbol">The symbol when the table names none.</param>
    /// <exception cref="FormatException">A column is missing; the message says which.</exception>
    public CsvLayout Of(List<string[]> sample, string symbol)
    {
        if (SideBySide(sample) is { } several)
        {
            return new("yfinance", 3, sample[0], several);
        }

        if (Prefixed(sample) is { } prefixed)
        {
            return new("quantmod", 1, sample[0], prefixed);
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
                return new(Known(header), row + 1, header, [new(map, map.Has(BarColumn.Symbol) ? null : DataFile.CheckedSymbol(symbol))]);
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

    private CsvLayout Headless(string[] row, string symbol)
    {
        if (settings.Map.Count > 0)
        {
            var places = Enumerable.Range(1, row.Length).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var map = ColumnMap.Of(places, settings.Map, symbolFromName: true);
            return new("no header", 0, [], [new(map, map.Has(BarColumn.Symbol) ? null : DataFile.CheckedSymbol(symbol))]);
        }

        // 20240102 00:00,1871500,1884400,1838900,1856400,82488700
        var isLean = row.Length == 6 && row[0].Length is 14 or 17 && row[0][8] == ' ' && row[0][..8].All(char.IsAsciiDigit);
        return isLean
            ? new("Lean", 0, [], [new(ColumnMap.At(0, -1, 1, 2, 3, 4, -1, 5), DataFile.CheckedSymbol(symbol))])
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

    private bool IsDate(string field) => CsvDateChecks.IsDate(field, settings.Interval);

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
}
