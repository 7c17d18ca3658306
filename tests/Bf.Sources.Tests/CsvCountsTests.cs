using System.Text;
using Bf.Core.Market;
using Bf.Sources.Counts;

namespace Bf.Sources.Tests;

public sealed class CsvCountsTests
{
    private static readonly long Day = CsvText.Day(2024, 1, 2);
    private static readonly MarketCount Whole = new(Day, 1500, 1200, 80, 2_000_000, 900_000, 120, 15);
    private static readonly MarketCount Least = new(Day, 1500, 1200, null, null, null, null, null);

    [Theory]
    [InlineData("date,advances,declines,unchanged,advancing volume,declining volume,new highs,new lows")]
    [InlineData("Date,Advancing,Declining,Unchanged,Up Volume,Down Volume,New Highs,New Lows")]
    [InlineData("ts,adv,dec,unch,up_vol,down_vol,nh252,nl252")]
    [InlineData("DATE,ADVANCERS,DECLINERS,UNC,UPVOL,DOWNVOL,HIGHS,LOWS")]
    [InlineData("Trade Date,Issues Advanced,Issues Declined,Issues Unchanged,Volume Advancing,Volume Declining,New 52-Week Highs,New 52-Week Lows")]
    [InlineData("\uFEFF\"Date\",\"Advance\",\"Decline\",\"Unchanged\",\"AdvVol\",\"DecVol\",\"NH\",\"NL\"")]
    public void A_header_is_known_as_people_write_it(string header) =>
        Assert.Equal(Whole, Assert.Single(Read($"{header}\n2024-01-02,1500,1200,80,2000000,900000,120,15\n")).Count);

    [Theory]
    [InlineData("Date,Advancing,Declining\n2024-01-02,1500,1200")]
    [InlineData("adv,dec,date\n1500,1200,20240102")]
    [InlineData("date;advances;declines\r\n2024-01-02;1.500;1.200\r\n")]
    [InlineData("date;advances;declines\n2024-01-02;1500,0;1200,00")]
    [InlineData("date\tup\tdown\n2024-01-02\t1 500\t1 200")]
    [InlineData("date,advances,declines\n2024/01/02,\"1,500\",\"1,200\"")]
    [InlineData("date,advances,declines\n2024-01-02, 1500.0 ,1.2e3")]
    [InlineData("date,note,advances,declines\n2024-01-02,\"a, b\",1500,1200")]
    [InlineData("date,advances,declines,unchanged,new highs\n2024-01-02,1500,1200,,-")]
    [InlineData("date,advances,declines,unchanged\n2024-01-02,1500,1200,null")]
    public void Only_date_advances_and_declines_are_needed_and_what_is_not_given_is_null(string text) =>
        Assert.Equal(Least, Assert.Single(Read(text)).Count);

    [Theory]
    [InlineData("2024-01-02,1500,1200,\"1,234,567\"", 1_234_567)]
    [InlineData("2024-01-02,1500,1200,1234567.5", 1_234_568)]
    [InlineData("2024-01-02,1500,1200,1.234.567", 1_234_567)]
    [InlineData("2024-01-02,1500,1200,1'234'567", 1_234_567)]
    [InlineData("2024-01-02,1500,1200,9.1e18", 9_100_000_000_000_000_000)]
    [InlineData("2024-01-02,1500,1200,1.2B", 1_200_000_000)]
    public void Volumes_may_be_written_with_separators_and_fractions(string row, long volume) =>
        Assert.Equal(volume, Assert.Single(Read($"date,adv,dec,up_vol\n{row}\n")).Count!.UpVol);

    [Theory]
    [InlineData("2024-13-02,1,2", "unreadable_date")]
    [InlineData(",1,2", "unreadable_date")]
    [InlineData("2024-01-02,many,2", "unreadable_number")]
    [InlineData("2024-01-02,1.5,2", "unreadable_number")]
    [InlineData("2024-01-02,,2", "unreadable_number")]
    [InlineData("2024-01-02,1,", "unreadable_number")]
    [InlineData("2024-01-02,\"1,23\",2", "unreadable_number")]
    [InlineData("2024-01-02,1e30,2", "unreadable_number")]
    [InlineData("2024-01-02,1", "field_count")]
    [InlineData("2024-01-02,1,2,3", "field_count")]
    public void A_row_that_cant_be_read_names_its_rule_and_line(string row, string rule)
    {
        var rows = Read($"date,adv,dec\n2024-01-01,1,2\n{row}\n2024-01-03,1,2\n");

        Assert.Equal([null, rule, null], rows.Select(r => r.Broken));
        Assert.Equal((3L, row), (rows[1].Line, rows[1].Raw.TrimEnd()));
    }

    [Fact]
    public void A_small_volume_with_a_fraction_is_refused_since_rounding_would_lose_what_it_says() =>
        Assert.Equal("unreadable_number", Assert.Single(Read("date,adv,dec,up_vol\n2024-01-02,1500,1200,1.234\n")).Broken);

    [Theory]
    [InlineData("NYSE breadth\n\nDate,Advancing,Declining\n2024-01-02,1500,1200\n")]
    [InlineData("Date,Advancing,Declining\n2024-01-02,1500,1200,\n,,\n,,,\n")]
    [InlineData("Date,Advancing,Declining,\n2024-01-02,1500,1200\n")]
    [InlineData("Source: the exchange,,\nDate,Advancing,Declining\n2024-01-02,1500,1200\n")]
    public void A_title_may_stand_above_the_header_and_empty_fields_at_the_end(string text) => Assert.Equal(Least, Assert.Single(Read(text)).Count);

    [Fact]
    public void The_order_of_dates_is_learned_from_the_table_or_said()
    {
        Assert.Equal([Least, Least with { Ts = CsvText.Day(2024, 1, 13) }], Read("date,adv,dec\n01/02/2024,1500,1200\n01/13/2024,1500,1200\n").Select(r => r.Count));
        Assert.Equal(Least, Assert.Single(Read("date,adv,dec\n02.01.2024,1500,1200\n")).Count);
        Assert.Equal(Least, Assert.Single(Read("date,adv,dec\n02/01/2024,1500,1200\n", dates: DateOrder.DayFirst)).Count);
        Assert.Contains("01/02/2024 can be read two ways", Assert.Throws<FormatException>(() => Read("date,adv,dec\n01/02/2024,1500,1200\n")).Message);
    }

    [Fact]
    public void A_map_names_columns_that_are_called_otherwise_and_goes_before_the_usual_name()
    {
        Assert.Equal(Least, Assert.Single(Read("Day,Gainers,Losers\n2024-01-02,1500,1200\n", "date=Day,adv=Gainers,dec=Losers")).Count);
        Assert.Equal(Least, Assert.Single(Read("date,adv,adv 2,dec\n2024-01-02,9,1500,1200\n", "adv=adv 2")).Count);
        Assert.Equal(Least with { Unch = 7 }, Assert.Single(Read("date,up,down,decliners\n2024-01-02,1500,7,1200\n", "unch=down")).Count);
    }

    [Theory]
    [InlineData("date,adv\n", null, "no column for dec; the header has date, adv. Name it with --map dec=NAME")]
    [InlineData("date,adv,advances,dec\n", null, "adv and advances could both be adv; say which with --map adv=NAME")]
    [InlineData("date,adv,dec\n", "unch=Same", "--map names a column 'Same', but the header has date, adv, dec")]
    [InlineData("date,adv,dec\n", "sideways=x", "--map sideways=x: write COLUMN=NAME with a column of date, adv, dec, unch")]
    [InlineData("", null, "the file is empty")]
    [InlineData("PAR1\0\0", null, "this is no text table")]
    [InlineData("a title\ndate,adv\n2024-01-02,1\n", null, "no column for dec; the header has date, adv")]
    public void What_is_wrong_with_a_header_is_said_with_a_way_out(string text, string? map, string why) =>
        Assert.StartsWith(why, Assert.Throws<FormatException>(() => Read(text, map)).Message);

    private static List<CountReading> Read(string text, string? map = null, DateOrder dates = DateOrder.Unknown) =>
        [.. new CsvCounts(CountMap.ParseOverrides(map), Interval.Day, dates).Read(() => new MemoryStream(Encoding.UTF8.GetBytes(text)))];
}
