using Bf.Core.Market;
using static Bf.Sources.Tests.CsvText;

namespace Bf.Sources.Tests;

public sealed class CsvBarsTests
{
    private static readonly Bar Apple = new("AAPL", Day(2024, 1, 2), 10, 12, 9, 11, 10.5, 1000);

    [Theory]
    [InlineData("date,symbol,open,high,low,close,adj_close,volume")]
    [InlineData("ts,symbol,open,high,low,close,adj_close,volume")]
    [InlineData("Date,Ticker,Open,High,Low,Close,Adj Close,Volume")]
    [InlineData("TIMESTAMP,SYMBOL,OPEN,HIGH,LOW,CLOSE,ADJCLOSE,VOL")]
    [InlineData(" datetime , ticker , open , high , low , close , adjusted_close , volume ")]
    [InlineData("\"Date\",\"Symbol\",\"Open\",\"High\",\"Low\",\"Close\",\"Adj Close\",\"Volume\"")]
    [InlineData("\uFEFFdate,symbol,open,high,low,close,adj_close,volume")]
    public void A_header_is_known_by_its_usual_names_in_any_case_and_behind_a_byte_order_mark(string header) =>
        Assert.Equal(Apple, Assert.Single(Read($"{header}\n2024-01-02,AAPL,10,12,9,11,10.5,1000\n")).Bar);

    [Fact]
    public void Columns_may_stand_in_any_order_among_others()
    {
        var rows = Read("volume,note,close,low,high,open,symbol,date,adj_close\n1000,x,11,9,12,10,AAPL,2024-01-02,10.5\n");

        Assert.Equal(Apple, Assert.Single(rows).Bar);
    }

    [Fact]
    public void A_map_names_columns_that_are_called_otherwise()
    {
        var rows = Read("Day,Name,O,H,L,Last,Adj,Traded\n2024-01-02,AAPL,10,12,9,11,10.5,1000\n", "date=day,symbol=Name,open=O,high=H,low=L,close=Last,adj_close=Adj,volume=Traded");

        Assert.Equal(Apple, Assert.Single(rows).Bar);
    }

    [Fact]
    public void A_map_goes_before_the_usual_name()
    {
        var rows = Read("date,symbol,open,high,low,close,unadjusted,adj_close,volume\n2024-01-02,AAPL,10,12,9,99,11,10.5,1000\n", "close=unadjusted");

        Assert.Equal(Apple, Assert.Single(rows).Bar);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("close=")]
    [InlineData("shut=Last")]
    public void A_map_that_is_none_is_refused_with_its_text(string map) =>
        Assert.Contains($"--map {map}", Assert.Throws<FormatException>(() => ColumnMap.ParseOverrides(map)).Message);

    [Fact]
    public void A_map_to_a_column_that_is_not_there_is_refused_with_the_header() =>
        Assert.Contains("'Last', but the header has date, open", Assert.Throws<FormatException>(() => Read("date,open\n", "close=Last")).Message);

    [Fact]
    public void A_missing_column_is_named_with_a_way_out()
    {
        var message = Assert.Throws<FormatException>(() => Read("date,symbol,open,high,low,volume\n")).Message;

        Assert.Contains("no column for close", message);
        Assert.Contains("--map close=NAME", message);
    }

    [Fact]
    public void An_empty_file_is_refused() => Assert.Throws<FormatException>(() => Read(""));

    [Fact]
    public void A_header_alone_holds_no_bars() => Assert.Empty(Read(Header));

    [Fact]
    public void Lines_may_end_in_a_carriage_return_and_the_last_one_in_nothing()
    {
        var rows = Read($"{Header}\r\n2024-01-02,AAPL,10,12,9,11,10.5,1000\r\n2024-01-03,AAPL,10,12,9,11,10.5,1000");

        Assert.Equal([Day(2024, 1, 2), Day(2024, 1, 3)], rows.Select(r => r.Bar.Ts));
        Assert.All(rows, r => Assert.Null(r.Broken));
    }

    [Fact]
    public void Fields_may_be_quoted() =>
        Assert.Equal(Apple, Row("\"2024-01-02\",\"AAPL\",\"10\",\"12\",\"9\",\"11\",\"10.5\",\"1000\"").Bar);

    [Theory]
    [InlineData("BRK-B", "BRK-B")]
    [InlineData("brk.b", "BRK.B")]
    [InlineData(" bbb.us ", "BBB.US")]
    [InlineData("GSPC.INDX", "GSPC.INDX")]
    [InlineData("^gspc", "^GSPC")]
    public void A_symbol_is_trimmed_and_in_upper_case_and_keeps_its_suffix(string written, string symbol) =>
        Assert.Equal(symbol, Row($"2024-01-02,{written},10,12,9,11,10.5,1000").Bar.Symbol);

    [Theory]
    [InlineData("AAPL.csv", "AAPL")]
    [InlineData("vendor/daily/brk-b.csv", "BRK-B")]
    [InlineData("bbb.us.txt", "BBB.US")]
    public void Without_a_column_of_symbols_the_file_gives_its_name(string file, string symbol)
    {
        var rows = Read("date,open,high,low,close,volume\n2024-01-02,10,12,9,11,1000\n", file: file);

        Assert.Equal(symbol, Assert.Single(rows).Bar.Symbol);
    }

    [Fact]
    public void Without_adjusted_closes_the_close_is_taken()
    {
        Assert.Equal(11, Assert.Single(Read("date,symbol,open,high,low,close,volume\n2024-01-02,AAPL,10,12,9,11,1000\n")).Bar.AdjClose);
        Assert.Equal(11, Row("2024-01-02,AAPL,10,12,9,11,,1000").Bar.AdjClose);
    }

    [Theory]
    [InlineData("2024-01-02,AAPL,10,12,9,11,10.5", BarRules.FieldCount)]
    [InlineData("2024-01-02,AAPL,10,12,9,11,10.5,1000,1", BarRules.FieldCount)]
    [InlineData("2024-01-02", BarRules.FieldCount)]
    [InlineData("2024-02-30,AAPL,10,12,9,11,10.5,1000", BarRules.UnreadableDate)]
    [InlineData(",AAPL,10,12,9,11,10.5,1000", BarRules.UnreadableDate)]
    [InlineData("yesterday,AAPL,10,12,9,11,10.5,1000", BarRules.UnreadableDate)]
    [InlineData("2024-01-02,AAPL,ten,12,9,11,10.5,1000", BarRules.UnreadableNumber)]
    [InlineData("2024-01-02,AAPL,10,,9,11,10.5,1000", BarRules.UnreadableNumber)]
    [InlineData("2024-01-02,AAPL,10,12,9,11,x,1000", BarRules.UnreadableNumber)]
    [InlineData("2024-01-02,AAPL,10,12,9,11,10.5,", BarRules.UnreadableNumber)]
    [InlineData("2024-01-02,AAPL,10,12,9,11,10.5,many", BarRules.UnreadableNumber)]
    [InlineData("2024-01-02,,10,12,9,11,10.5,1000", BarRules.SymbolMissing)]
    [InlineData("2024-01-02,  ,10,12,9,11,10.5,1000", BarRules.SymbolMissing)]
    public void A_row_that_cannot_be_read_names_its_rule_and_keeps_its_text(string row, string rule)
    {
        var reading = Row(row);

        Assert.Equal(rule, reading.Broken);
        Assert.Equal(row, reading.Raw!.TrimEnd('\r', '\n'));
        Assert.Equal(2, reading.Line);
    }

    [Fact]
    public void A_broken_row_leaves_those_after_it_as_they_are()
    {
        var rows = Read($"{Header}\n2024-01-02,AAPL,10\nx,AAPL,1,1,1,1,1,1\n2024-01-02,AAPL,10,12,9,11,10.5,1000\n");

        Assert.Equal([BarRules.FieldCount, BarRules.UnreadableDate, null], rows.Select(r => r.Broken));
        Assert.Equal(Apple, rows[2].Bar);
    }

    [Fact]
    public void What_is_not_finite_is_a_number_and_left_to_the_rules()
    {
        var reading = Row("2024-01-02,AAPL,NaN,Infinity,9,11,10.5,1000");

        Assert.Null(reading.Broken);
        Assert.Equal((double.NaN, double.PositiveInfinity), (reading.Bar.Open, reading.Bar.High));
    }

    [Fact]
    public void Lines_are_counted_from_the_header_on()
    {
        var rows = Read($"{Header}\n2024-01-02,A,1,1,1,1,1,1\n2024-01-03,A,1,1,1,1,1,1\n2024-01-04,A,1,1,1,1,1,1\n");

        Assert.Equal([2, 3, 4], rows.Select(r => r.Line));
    }

    [Fact]
    public void Blank_lines_are_counted_and_no_rows()
    {
        var rows = Read($"{Header}\n\n2024-01-02,A,1,1,1,1,1,1\r\n\r\n\n2024-01-03,A,1,1,1,1,1,1\n\n");

        Assert.Equal([3, 6], rows.Select(r => r.Line));
        Assert.All(rows, r => Assert.Null(r.Broken));
    }

    [Fact]
    public void A_quoted_field_may_hold_new_lines_which_are_counted()
    {
        var rows = Read("date,symbol,note,open,high,low,close,volume\n2024-01-02,A,\"one\ntwo\r\nthree\",1,1,1,1,1\n2024-01-03,A,\"say \"\"so\"\", twice\",1,1,1,1,1\nbad,A,,1,1,1,1,1\n");

        Assert.Equal([2, 5, 6], rows.Select(r => r.Line));
        Assert.Equal([null, null, BarRules.UnreadableDate], rows.Select(r => r.Broken));
    }

    [Fact]
    public void Bars_within_the_day_keep_their_time()
    {
        const string Text = "ts,symbol,open,high,low,close,volume\n2024-01-02T14:30:00Z,A,1,1,1,1,1\n2024-01-02 09:35:00-05:00,A,1,1,1,1,1\n";

        Assert.Equal([Day(2024, 1, 2) + (14 * 3_600_000_000L) + (30 * 60_000_000L), Day(2024, 1, 2) + (14 * 3_600_000_000L) + (35 * 60_000_000L)],
            Read(Text, interval: Interval.Parse("5m")).Select(r => r.Bar.Ts));
        Assert.Equal(Day(2024, 1, 2), Assert.Single(Read(string.Join('\n', Text.Split('\n')[..2]))).Bar.Ts);
    }

    [Fact]
    public void Many_rows_in_chunks_of_the_stream_are_all_read()
    {
        var text = Header + "\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"2024-01-02,S{i},10,12,9,11,10.5,{i}\n"));
        var rows = Read(text);

        Assert.Equal(20_000, rows.Count);
        Assert.All(rows.Index(), r => Assert.Equal(($"S{r.Index}", r.Index, r.Index + 2L), (r.Item.Bar.Symbol, (int)r.Item.Bar.Volume, r.Item.Line)));
    }
}
