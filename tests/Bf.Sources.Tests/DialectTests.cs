using System.Text;
using Bf.Core.Market;
using Bf.Sources.Csv;
using static Bf.Sources.Tests.CsvText;

namespace Bf.Sources.Tests;

/// <summary>Each dialect that people's files come in, as its vendor writes it.</summary>
public sealed class DialectTests
{
    /// <summary>Two days of Apple, in January 2024, unadjusted.</summary>
    private static readonly Bar[] Two =
    [
        new("AAPL", Day(2024, 1, 2), 187.15, 188.44, 183.885, 185.64, 185.64, 82488700),
        new("AAPL", Day(2024, 1, 16), 182.16, 184.26, 180.934, 183.63, 183.63, 65603000),
    ];

    private static readonly Bar[] Adjusted = [.. Two.Select(b => b with { AdjClose = Math.Round(b.Close - 1.01, 2) })];

    public static TheoryData<string, string, string, bool> Dialects => new()
    {
        { "Yahoo", "AAPL", "Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,187.15,188.44,183.885,185.64,184.63,82488700\n2024-01-16,182.16,184.26,180.934,183.63,182.62,65603000\n", true },
        { "Yahoo", "AAPL", "\uFEFFDate,Open,High,Low,Close*,Adj Close**,Volume\r\n\"Jan 2, 2024\",187.15,188.44,183.885,185.64,184.63,\"82,488,700\"\r\n\"Jan 16, 2024\",182.16,184.26,180.934,183.63,182.62,\"65,603,000\"\r\n", true },
        { "table", "AAPL", "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits\n2024-01-02 00:00:00-05:00,187.15,188.44,183.885,185.64,82488700,0.0,0.0\n2024-01-16 00:00:00-05:00,182.16,184.26,180.934,183.63,65603000,0.0,0.0\n", false },
        { "yfinance", "any", "Price,Close,High,Low,Open,Volume\nTicker,AAPL,AAPL,AAPL,AAPL,AAPL\nDate,,,,,\n2024-01-02,185.64,188.44,183.885,187.15,82488700\n2024-01-16,183.63,184.26,180.934,182.16,65603000\n", false },
        { "yfinance", "any", "Price,Adj Close,Close,High,Low,Open,Volume\nTicker,AAPL,AAPL,AAPL,AAPL,AAPL,AAPL\nDate,,,,,,\n2024-01-02,184.63,185.64,188.44,183.885,187.15,82488700\n2024-01-16,182.62,183.63,184.26,180.934,182.16,65603000\n", true },
        { "Stooq", "any", "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nAAPL,D,20240102,000000,187.15,188.44,183.885,185.64,82488700,0\nAAPL,D,20240116,000000,182.16,184.26,180.934,183.63,65603000,0\n", false },
        { "table", "AAPL", "Date,Open,High,Low,Close,Volume\n2024-01-02,187.15,188.44,183.885,185.64,82488700\n2024-01-16,182.16,184.26,180.934,183.63,65603000\n", false },
        { "Lean", "aapl", "20240102 00:00,1871500,1884400,1838850,1856400,82488700\n20240116 00:00,1821600,1842600,1809340,1836300,65603000\n", false },
        { "Tiingo", "AAPL", "date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor\n2024-01-02T00:00:00.000Z,185.64,188.44,183.885,187.15,82488700,184.63,187.4,182.9,186.1,82488700,0.0,1.0\n2024-01-16T00:00:00.000Z,183.63,184.26,180.934,182.16,65603000,182.62,183.2,179.9,181.1,65603000,0.0,1.0\n", true },
        { "Polygon", "any", "ticker,volume,open,close,high,low,window_start,transactions\nAAPL,82488700,187.15,185.64,188.44,183.885,1704171600000000000,1008871\nAAPL,65603000,182.16,183.63,184.26,180.934,1705381200000000000,767281\n", false },
        { "Polygon", "any", "T,v,vw,o,c,h,l,t,n\nAAPL,82488700,185.9,187.15,185.64,188.44,183.885,1704229200000,1008871\nAAPL,65603000,183.1,182.16,183.63,184.26,180.934,1705438800000,767281\n", false },
        { "Polygon", "AAPL", "v,vw,o,c,h,l,t,n\n82488700,185.9,187.15,185.64,188.44,183.885,1704171600000,1008871\n65603000,183.1,182.16,183.63,184.26,180.934,1705381200000,767281\n", false },
        { "Nasdaq", "AAPL", "Date,Close/Last,Volume,Open,High,Low\n01/16/2024,$183.63,65603000,$182.16,$184.26,$180.934\n01/02/2024,$185.64,82488700,$187.15,$188.44,$183.885\n", false },
        { "Investing.com", "AAPL", "\"Date\",\"Price\",\"Open\",\"High\",\"Low\",\"Vol.\",\"Change %\"\n\"01/16/2024\",\"183.63\",\"182.16\",\"184.26\",\"180.934\",\"65.603M\",\"-1.23%\"\n\"01/02/2024\",\"185.64\",\"187.15\",\"188.44\",\"183.885\",\"82.4887M\",\"-3.58%\"\n", false },
        { "Alpha Vantage", "AAPL", "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient\n2024-01-16,182.16,184.26,180.934,183.63,182.62,65603000,0.0,1.0\n2024-01-02,187.15,188.44,183.885,185.64,184.63,82488700,0.0,1.0\n", true },
        { "table", "any", "date,open,high,low,close,volume,Name\n2024-01-02,187.15,188.44,183.885,185.64,82488700,AAPL\n2024-01-16,182.16,184.26,180.934,183.63,65603000,AAPL\n", false },
        { "table", "AAPL", "sep=;\nDatum;Date;Open;High;Low;Close;Volume\nx;02.01.2024;187,15;188,44;183,885;185,64;82.488.700\nx;16.01.2024;182,16;184,26;180,934;183,63;65.603.000\n", false },
        { "table", "AAPL", "date;open;high;low;close;volume\r\n16/01/2024;182,16;184,26;180,934;183,63;65603000\r\n02/01/2024;187,15;188,44;183,885;185,64;82488700", false },
        { "table", "AAPL", "<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n2024.01.02\t00:00:00\t187.15\t188.44\t183.885\t185.64\t9\t82488700\t1\n2024.01.16\t00:00:00\t182.16\t184.26\t180.934\t183.63\t9\t65603000\t1\n", false },
        { "table", "any", "time|symbol|open|high|low|close|volume\n1704153600|aapl|187.15|188.44|183.885|185.64|82488700\n1705363200|aapl|182.16|184.26|180.934|183.63|65603000\n", false },
        { "table", "any", "timestamp,symbol,open,high,low,close,volume\n1704153600000,AAPL,187.15,188.44,183.885,185.64,82488700\n1705363200000,AAPL,182.16,184.26,180.934,183.63,65603000\n", false },
        { "table", "AAPL", "AAPL historical prices\n\n# from our own server\nDate,Open,High,Low,Close,Volume\n1/2/24,187.15,188.44,183.885,185.64,82488700\n1/16/24,182.16,184.26,180.934,183.63,65603000\n", false },
        { "table", "any", "symbol,date,open,high,low,close,volume\n\"AAPL\",\"2024-01-02\",\"187.15\",\"188.44\",\"183.885\",\"185.64\",\"82488700\"\n\"AAPL\",\"2024-01-16\",\"182.16\",\"184.26\",\"180.934\",\"183.63\",\"65603000\"\n", false },
        { "Investing.com", "AAPL", "\"Datum\",\"Zuletzt\",\"Eröffn.\",\"Hoch\",\"Tief\",\"Vol.\",\"+/- %\"\n\"16.01.2024\",\"183,63\",\"182,16\",\"184,26\",\"180,934\",\"65,603M\",\"-1,23%\"\n\"02.01.2024\",\"185,64\",\"187,15\",\"188,44\",\"183,885\",\"82,4887M\",\"-3,58%\"\n", false },
        { "Investing.com", "AAPL", "\"Date\",\"Dernier\",\"Ouv.\",\" Plus Haut\",\"Plus Bas\",\"Vol.\",\"Variation %\"\n\"16/01/2024\",\"183,63\",\"182,16\",\"184,26\",\"180,934\",\"65,603M\",\"-1,23%\"\n\"02/01/2024\",\"185,64\",\"187,15\",\"188,44\",\"183,885\",\"82,4887M\",\"-3,58%\"\n", false },
        { "Investing.com", "AAPL", "\"Fecha\",\"Último\",\"Apertura\",\"Máximo\",\"Mínimo\",\"Vol.\",\"% var.\"\n\"16.01.2024\",\"183,63\",\"182,16\",\"184,26\",\"180,934\",\"65,603M\",\"-1,23%\"\n\"02.01.2024\",\"185,64\",\"187,15\",\"188,44\",\"183,885\",\"82,4887M\",\"-3,58%\"\n", false },
        { "Investing.com", "AAPL", "\"Data\",\"Ultimo\",\"Apertura\",\"Massimo\",\"Minimo\",\"Vol.\",\"Var. %\"\n\"16.01.2024\",\"183,63\",\"182,16\",\"184,26\",\"180,934\",\"65,603M\",\"-1,23%\"\n\"02.01.2024\",\"185,64\",\"187,15\",\"188,44\",\"183,885\",\"82,4887M\",\"-3,58%\"\n", false },
        { "quantmod", "any", "\"\",\"AAPL.Open\",\"AAPL.High\",\"AAPL.Low\",\"AAPL.Close\",\"AAPL.Volume\",\"AAPL.Adjusted\"\n\"2024-01-02\",187.15,188.44,183.885,185.64,82488700,184.63\n\"2024-01-16\",182.16,184.26,180.934,183.63,65603000,182.62\n", true },
        { "yfinance", "any", "Ticker,AAPL,AAPL,AAPL,AAPL,AAPL\nPrice,Open,High,Low,Close,Volume\nDate,,,,,\n2024-01-02,187.15,188.44,183.885,185.64,82488700\n2024-01-16,182.16,184.26,180.934,183.63,65603000\n", false },
        { "yfinance", "any", ",Adj Close,Close,High,Low,Open,Volume\n,AAPL,AAPL,AAPL,AAPL,AAPL,AAPL\nDate,,,,,,\n2024-01-02,184.63,185.64,188.44,183.885,187.15,82488700\n2024-01-16,182.62,183.63,184.26,180.934,182.16,65603000\n", true },
        { "table", "AAPL", ",Open,High,Low,Close,Volume\n2024-01-02,187.15,188.44,183.885,185.64,82488700\n2024-01-16,182.16,184.26,180.934,183.63,65603000\n", false },
        { "table", "AAPL", "Date,Open,High,Low,Close,Volume,\n2024-01-02,187.15,188.44,183.885,185.64,82488700\n2024-01-16,182.16,184.26,180.934,183.63,65603000\n", false },
        { "table", "AAPL", "Date,Open,High,Low,Close,Volume\n2024-01-02,187.15,188.44,183.885,185.64,82488700,\n2024-01-16,182.16,184.26,180.934,183.63,65603000,\n", false },
        { "table", "AAPL", "Date,Open,High,Low,Close,Volume\n2024-01-02,187.15,188.44,183.885,185.64,82488700,,\n2024-01-16,182.16,184.26,180.934,183.63,65603000,,\n", false },
        { "table", "AAPL", "Datum;Eröffnung;Hoch;Tief;Schluss;Volumen\r\n02.01.2024;187,15;188,44;183,885;185,64;82.488.700\r\n16.01.2024;182,16;184,26;180,934;183,63;65.603.000\r\n;;;;;\r\n;;;;;\r\n", false },
        { "table", "AAPL", "Date;Open;High;Low;Close;Volume\n01.02.2024;187.15;188.44;183.885;185.64;82 488 700\n01.16.2024;182.16;184.26;180.934;183.63;65 603 000\n", false },
        { "table", "AAPL", "\"Date \",\"OPEN \",\"HIGH \",\"LOW \",\"close \",\"VOLUME \"\n\"02-Jan-2024\",\"187.15\",\"188.44\",\"183.885\",\"185.64\",\"8,24,88,700\"\n\"16-Jan-2024\",\"182.16\",\"184.26\",\"180.934\",\"183.63\",\"6,56,03,000\"\n", false },
        { "table", "AAPL", "Time,Open,High,Low,Latest,Change,%Change,Volume\n2024-01-16,182.16,184.26,180.934,183.63,-2.29,-1.23%,65603000\n2024-01-02,187.15,188.44,183.885,185.64,-6.89,-3.58%,82488700\n", false },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_dialect_is_recognised_and_read(string name, string symbol, string text, bool adjusted)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var csv = new CsvBars(new(Interval.Day));
        var dialect = csv.Recognise(() => new MemoryStream(bytes), symbol);
        var rows = csv.Read(() => new MemoryStream(bytes), dialect).ToList();

        Assert.Equal(name, dialect.Name);
        Assert.Equal(adjusted, dialect.IsAdjusted);
        Assert.All(rows, r => Assert.Null(r.Broken));
        Assert.Equal(adjusted ? Adjusted : Two, rows.Select(r => r.Bar).OrderBy(b => b.Ts));
    }

    [Theory]
    [InlineData("1704639600", "1704985200", "Asia/Tokyo")]
    [InlineData("1704639600000", "1704985200000", "Asia/Tokyo")]
    [InlineData("2024-01-07T15:00:00Z", "2024-01-11T15:00:00+00:00", "Asia/Tokyo")]
    [InlineData("1704668400", "1705014000", "Europe/Berlin")]
    public void A_day_that_begins_in_the_east_before_it_does_in_utc_needs_its_zone(string monday, string friday, string zone)
    {
        var bytes = Encoding.UTF8.GetBytes($"time,open,high,low,close,volume\n{monday},1,1,1,1,1\n{friday},1,1,1,1,1\n");
        IEnumerable<long> Days(TimeZoneInfo? at) => new CsvBars(new CsvSettings(Interval.Day) { Zone = at }).Read(() => new MemoryStream(bytes), "A").Select(r => r.Bar.Ts);

        Assert.Contains("--time-zone", Assert.Throws<FormatException>(() => Days(null).ToList()).Message);
        Assert.Equal([Day(2024, 1, 8), Day(2024, 1, 12)], Days(TimeZoneInfo.FindSystemTimeZoneById(zone)));
    }

    [Theory]
    [InlineData("1704205800")] // the open in New York
    [InlineData("1704229200")] // its close
    [InlineData("1704153600")] // midnight in UTC
    [InlineData("1704171600")] // midnight in New York
    public void A_day_in_new_york_is_the_same_with_its_zone_and_without(string time)
    {
        var bytes = Encoding.UTF8.GetBytes($"time,open,high,low,close,volume\n{time},1,1,1,1,1\n");
        foreach (var zone in new[] { null, TimeZoneInfo.FindSystemTimeZoneById("America/New_York") })
        {
            Assert.Equal(Day(2024, 1, 2), Assert.Single(new CsvBars(new CsvSettings(Interval.Day) { Zone = zone }).Read(() => new MemoryStream(bytes), "A")).Bar.Ts);
        }
    }

    [Theory]
    [InlineData("STDIN")]
    [InlineData("AAPL (1)")]
    [InlineData("HistoricalData_1705449600000")]
    [InlineData("HistoricalPrices")]
    [InlineData("AAPL Historical Data")]
    [InlineData("NASDAQ_AAPL, 1D")]
    [InlineData("Download Data - STOCK_US_XNAS_AAPL")]
    public void A_download_s_name_is_no_symbol(string file) =>
        Assert.Contains("name the file after its symbol", Assert.ThrowsAny<FormatException>(() => Read("Date,Open,High,Low,Close,Volume\n2024-01-02,1,1,1,1,1\n", file: file + ".csv")).Message);

    [Fact]
    public void Dates_of_days_are_no_bars_within_the_day() =>
        Assert.Contains("no time of the day", Assert.Throws<FormatException>(() => Read("Date,Open,High,Low,Close,Volume\n2024-01-02,1,1,1,1,1\n2024-01-03,1,1,1,1,1\n", interval: Interval.Parse("5m"))).Message);

    [Fact]
    public void A_table_without_a_date_that_can_be_read_is_refused() =>
        Assert.Contains("45293 (it seems a spreadsheet's number of a day", Assert.Throws<FormatException>(() => Read("Date,Open,High,Low,Close,Volume\n45293,1,1,1,1,1\n45294,1,1,1,1,1\n")).Message.Replace("; write 2024-01-02 or one of the other forms of docs/your-own-data.md", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("AAPL,20240102,1,2,3,4,5", "--map ts=2,symbol=1,open=3,high=4,low=5,close=6,volume=7")]
    [InlineData("2024.01.02,00:00,1,2,3,4,5", "--map ts=1,time=2,open=3,high=4,low=5,close=6,volume=7")]
    public void What_stands_where_without_header_is_suggested(string row, string map) =>
        Assert.EndsWith(map, Assert.Throws<FormatException>(() => Read(row + "\n")).Message);

    [Fact]
    public void Dates_with_dots_beside_others_with_the_month_first_can_be_read_two_ways() =>
        Assert.Contains("both ways", Assert.Throws<FormatException>(() => Read("Date,Open,High,Low,Close,Volume\n02.01.2024,1,1,1,1,1\n01/13/2024,1,1,1,1,1\n")).Message);

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void Text_in_another_unicode_is_known_by_its_mark(string encoding)
    {
        var text = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. text.GetPreamble(), .. text.GetBytes("date\tsymbol\topen\thigh\tlow\tclose\tvolume\n2024-01-02\tAAPL\t1\t1\t1\t1\t1\n")];

        Assert.Equal("AAPL", Assert.Single(new CsvBars(new(Interval.Day)).Read(() => new MemoryStream(bytes), "x")).Bar.Symbol);
    }

    [Fact]
    public void Symbols_side_by_side_are_read_apart_and_one_without_a_bar_is_a_gap()
    {
        var rows = Read("Price,Close,Close,High,High,Low,Low,Open,Open,Volume,Volume\nTicker,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT,AAPL,MSFT\nDate,,,,,,,,,,\n2024-01-02,10,20,11,21,9,19,10,20,5,6\n2024-01-03,10,,11,,9,,10,,5,\n");

        Assert.Equal([("AAPL", 10.0, 5L), ("MSFT", 20, 6), ("AAPL", 10, 5)], rows.Where(r => !r.IsGap).Select(r => (r.Bar.Symbol, r.Bar.Close, r.Bar.Volume)));
        Assert.Equal(("MSFT", Day(2024, 1, 3)), Assert.Single(rows, r => r.IsGap).Bar is var gap ? (gap.Symbol, gap.Ts) : default);
    }

    [Theory]
    [InlineData("2024-01-03,null,null,null,null,null,null")]
    [InlineData("2024-01-03,,,,,,")]
    [InlineData("2024-01-03,NaN,NaN,NaN,NaN,NaN,0")]
    [InlineData("2024-01-03,-,-,-,-,-,-")]
    public void A_row_of_nothing_but_null_is_a_gap(string row)
    {
        var rows = Read($"Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,1,1,1,1,1,1\n{row}\n");

        Assert.Equal([false, true], rows.Select(r => r.IsGap));
        Assert.All(rows, r => Assert.Null(r.Broken));
    }

    [Theory]
    [InlineData("2024-01-03,1,1,1,null,1,1", BarRules.UnreadableNumber)]
    [InlineData("2024-01-03,null,null,null,null,null,5", BarRules.UnreadableNumber)]
    [InlineData("someday,null,null,null,null,null,null", BarRules.UnreadableDate)]
    public void A_row_with_something_beside_null_is_no_gap(string row, string rule) =>
        Assert.Equal((rule, false), Read($"Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-02,1,1,1,1,1,1\n{row}\n")[1] is var r ? (r.Broken!, r.IsGap) : default);

    [Theory]
    [InlineData("BRK,B", "\"BRK,B\"")]
    [InlineData("BRK.B", "brk.b")]
    [InlineData("A\"B", "\"A\"\"B\"")]
    public void A_symbol_may_hold_a_comma_or_a_dot(string symbol, string field) =>
        Assert.Equal(symbol, Row($"2024-01-02,{field},10,12,9,11,10.5,1000").Bar.Symbol);

    [Fact]
    public void Symbols_in_another_encoding_go_to_quarantine_instead_of_becoming_one()
    {
        byte[] bytes = [.. "date,symbol,open,high,low,close,volume\n2024-01-02,"u8, 0xC4, .. ",1,1,1,1,1\n2024-01-02,"u8, 0xD6, .. ",1,1,1,1,1\n2024-01-02,A,1,1,1,1,1\n"u8];

        Assert.Equal([BarRules.SymbolUnreadable, BarRules.SymbolUnreadable, null], new CsvBars(new(Interval.Day)).Read(() => new MemoryStream(bytes), "x").Select(r => r.Broken));
    }

    [Fact]
    public void Bars_of_another_length_than_asked_for_go_to_quarantine()
    {
        const string Text = "<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\nA,5,20240102,153500,1,1,1,1,1,0\nA,D,20240102,000000,1,1,1,1,1,0\n";

        Assert.Equal([BarRules.OtherInterval, null], Read(Text).Select(r => r.Broken));
        Assert.Equal([null, BarRules.OtherInterval], Read(Text, interval: Interval.Parse("5m")).Select(r => r.Broken));
    }

    [Theory]
    [InlineData("date,open,high,low,close,volume\n01/02/2024,1,1,1,1,1\n02/03/2024,1,1,1,1,1\n", "--dates mdy")]
    [InlineData("date,open,high,low,close,volume\n13/02/2024,1,1,1,1,1\n02/13/2024,1,1,1,1,1\n", "both ways")]
    [InlineData("date;open;high;low;close;volume\n2024-01-02;1,234;1,234;1,234;1,234;1\n", "--decimal point")]
    [InlineData("date;open;high;low;close;volume\n2024-01-02;1.187;1.188;1.186;1.187;82.488\n", "--decimal point")]
    [InlineData("date;open;high;low;close;volume\n2024-01-02;1,5;1.5;1.5;1.5;1\n", "both ways")]
    [InlineData("20240102,1,1,1,1,1\n20240103,1,1,1,1,1\n", "--map ts=1,open=2")]
    [InlineData("date,open,high,low,close,volume\n2024-01-02 09:30,1,1,1,1,1\n2024-01-02 09:35,1,1,1,1,1\n", "--interval 5m")]
    [InlineData("date,open,high,low,close\n2024-01-02,1,1,1,1\n", "--map volume=none")]
    [InlineData("<html><body>Too many requests</body></html>\n", "no column for ts")]
    public void What_can_be_read_in_two_ways_or_not_at_all_is_refused_with_a_way_out(string text, string way) =>
        Assert.Contains(way, Assert.Throws<FormatException>(() => Read(text)).Message);

    [Theory]
    [InlineData("2024-01-02;0,234;0,234;0,234;0,234;1", 0.234)]
    [InlineData("2024-01-02;1234,567;1234,567;1234,567;1234,567;1.000", 1234.567)]
    [InlineData("2024-01-02;1234.567;1234.567;1234.567;1234.567;1", 1234.567)]
    public void Three_digits_behind_a_mark_are_a_fraction_where_they_can_be_no_thousands(string row, double price) =>
        Assert.Equal(price, Assert.Single(Read($"date;open;high;low;close;volume\n{row}\n")).Bar.Close);

    [Fact]
    public void A_date_far_down_tells_the_order_for_all()
    {
        var text = "date,symbol,open,high,low,close,volume\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"01/02/2024,S{i},1,1,1,1,1\n")) + "31/01/2024,A,1,1,1,1,1\n";
        var rows = Read(text);

        Assert.Equal(Day(2024, 2, 1), rows[0].Bar.Ts);
        Assert.Equal(Day(2024, 1, 31), rows[^1].Bar.Ts);
    }

    [Fact]
    public void What_the_user_says_goes_before_what_the_file_says()
    {
        var bytes = "date;open;high;low;close;volume\n01/02/2024;1,234;1,234;1,234;1,234;1\n"u8.ToArray();
        Bar Read(DateOrder dates, NumberStyle numbers) =>
            Assert.Single(new CsvBars(new(Interval.Day) { Dates = dates, Numbers = numbers }).Read(() => new MemoryStream(bytes), "A")).Bar;

        Assert.Equal(new Bar("A", Day(2024, 1, 2), 1234, 1234, 1234, 1234, 1234, 1), Read(DateOrder.MonthFirst, NumberStyle.Point));
        Assert.Equal(new Bar("A", Day(2024, 2, 1), 1.234, 1.234, 1.234, 1.234, 1.234, 1), Read(DateOrder.DayFirst, NumberStyle.Comma));
    }

    [Fact]
    public void Columns_without_header_are_named_by_place()
    {
        var rows = Read("20240102,x,10,12,9,11,1000\n20240103,x,10,12,9,11,1000\n", "ts=1,open=3,high=4,low=5,close=6,volume=7", "aapl.csv");

        Assert.Equal([new Bar("AAPL", Day(2024, 1, 2), 10, 12, 9, 11, 11, 1000), new Bar("AAPL", Day(2024, 1, 3), 10, 12, 9, 11, 11, 1000)], rows.Select(r => r.Bar));
        Assert.Equal([1, 2], rows.Select(r => r.Line));
    }

    [Fact]
    public void Columns_may_be_left_out()
    {
        var bar = Assert.Single(Read("date,open,high,low,close,adj close\n2024-01-02,10,12,9,11,10\n", "volume=none,adj_close=none")).Bar;

        Assert.Equal((0L, 11.0), (bar.Volume, bar.AdjClose));
    }

    [Fact]
    public void A_quote_that_is_never_closed_does_not_take_the_memory()
    {
        var text = $"{Header}\n2024-01-02,AAPL,10,12,9,11,10.5,1000\n\"{new string('x', 3 << 20)}";

        Assert.Throws<CsvHelper.CsvFormatException>(() => Read(text));
    }
}
