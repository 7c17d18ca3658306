using System.Globalization;
using Bf.Core.Market;
using Bf.Jobs.Universes;

namespace Bf.Jobs.Tests.Universes;

/// <summary>The lists that come with the program.</summary>
public sealed class BundledListTests
{
    private static readonly string[] Names = ["demo_medium", "demo_small", "dow30", "financials", "healthcare", "nasdaq100", "sectors", "sp500", "tech_leaders"];

    [Fact]
    public void These_are_all() =>
        Assert.Equal(Names, Directory.EnumerateFiles(Path.Combine(Repository.Root, "symbol-lists")).Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_says_what_it_is_of_which_date_and_from_where()
    {
        foreach (var list in Names.Select(List))
        {
            Assert.NotEmpty(list.About);
            Assert.True(DateOnly.TryParseExact(list.AsOf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), list.Name);
            Assert.False(string.IsNullOrWhiteSpace(list.Source), list.Name);
        }
    }

    [Fact]
    public void No_line_comes_twice_and_symbols_stand_as_the_lake_keeps_them()
    {
        foreach (var name in Names)
        {
            var lines = File.ReadAllLines(PathOf(name)).Where(l => !l.StartsWith('#')).Skip(1).ToList();
            Assert.Equal(lines.Distinct(StringComparer.Ordinal), lines);
            Assert.All(lines, l => Assert.Matches(@"^[A-Z]+(-[A-Z])?(,|$)", l));
        }
    }

    [Fact]
    public void Memberships_end_or_begin_no_later_than_the_lists_date()
    {
        foreach (var list in Names.Select(List))
        {
            var asOf = Timestamp.Of(DateOnly.ParseExact(list.AsOf!, "yyyy-MM-dd", CultureInfo.InvariantCulture));
            Assert.All(Changes(list.Universe), ts => Assert.True(ts <= asOf, $"{list.Name} knows {Market.Date(ts)}"));
        }
    }

    [Fact]
    public void The_Dow_has_thirty_members_on_every_date_since_2009_06_08()
    {
        var dow = List("dow30").Universe;
        var changes = Changes(dow);

        Assert.Equal(["2009-06-08", "2012-09-24", "2013-09-23", "2015-03-19", "2018-06-26", "2019-04-02", "2020-08-31", "2024-02-26", "2024-11-08", "2026-06-29"], changes.Select(Market.Date));
        Assert.All(changes.SelectMany(c => (long[])[c - Timestamp.Day, c]), ts => Assert.Equal(30, On(dow, ts).Count));
    }

    [Theory]
    [InlineData("2009-06-08", "C,GM", "CSCO,TRV")]
    [InlineData("2012-09-24", "MDLZ", "UNH")]
    [InlineData("2013-09-23", "AA,BAC,HPQ", "GS,NKE,V")]
    [InlineData("2015-03-19", "T", "AAPL")]
    [InlineData("2018-06-26", "GE", "WBA")]
    [InlineData("2019-04-02", "DD", "DOW")]
    [InlineData("2020-08-31", "PFE,RTX,XOM", "AMGN,CRM,HON")]
    [InlineData("2024-02-26", "WBA", "AMZN")]
    [InlineData("2024-11-08", "DOW,INTC", "NVDA,SHW")]
    [InlineData("2026-06-29", "VZ", "GOOGL")]
    public void The_Dow_changed_as_its_provider_announced(string date, string left, string joined)
    {
        var dow = List("dow30").Universe;
        var ts = Timestamp.Of(DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        var (before, after) = (On(dow, ts - Timestamp.Day), On(dow, ts));

        Assert.Equal((left, joined), (string.Join(',', before.Except(after)), string.Join(',', after.Except(before))));
    }

    [Fact]
    public void The_Nasdaq_100_has_its_members_by_date_since_2015()
    {
        var ndx = List("nasdaq100").Universe;

        Assert.Empty(On(ndx, Market.Day(2014, 12, 31)));
        Assert.All(Changes(ndx), ts => Assert.InRange(On(ndx, ts).Count, 101, 107)); // a hundred companies, some with several classes of shares
        // counted in the source
        Assert.Equal([105, 105, 104, 103, 103, 103, 102, 101, 101, 101, 101, 101], Enumerable.Range(2015, 12).Select(y => On(ndx, Market.Day(y, 1, 1)).Count));
        Assert.Equal(101, On(ndx, Market.Day(2026, 6, 22)).Count);
    }

    [Fact]
    public void The_SP_500_has_503_symbols_each_in_one_of_eleven_sectors()
    {
        var sectors = List("sectors");

        Assert.Equal(503, List("sp500").Universe.Symbols.Count);
        Assert.Equal(List("sp500").Universe.Symbols, sectors.Universe.Symbols);
        Assert.Equal(11, sectors.Groups.Count);
        Assert.Equal(503, sectors.Groups.Sum(g => g.Universe.Symbols.Count));
        Assert.Contains(sectors.Groups, g => g.Universe.Name == "sectors/information_technology" && g.Title == "Information Technology");
    }

    [Fact]
    public void Lists_of_one_sector_are_the_sectors_and_leaders_are_members()
    {
        var sectors = List("sectors");

        Assert.Equal(Sector("sectors/financials"), List("financials").Universe.Symbols);
        Assert.Equal(Sector("sectors/health_care"), List("healthcare").Universe.Symbols);
        Assert.Empty(List("tech_leaders").Universe.Symbols.Except(List("sp500").Universe.Symbols));
        Assert.Empty(List("demo_small").Universe.Symbols.Except(List("demo_medium").Universe.Symbols));

        IReadOnlyList<string> Sector(string name) => sectors.Groups.Single(g => g.Universe.Name == name).Universe.Symbols;
    }

    private static string PathOf(string name) => Path.Combine(Repository.Root, "symbol-lists", name + ".csv");

    private static SymbolList List(string name) => SymbolLists.Find(PathOf(name))!;

    private static List<string> On(Universe universe, long ts) =>
        [.. universe.Symbols.Where(s => universe.StaysOf(s).ToArray().Any(m => m.From <= ts && ts < m.To))];

    /// <summary>The dates on which someone joins or leaves.</summary>
    private static List<long> Changes(Universe universe) =>
        [.. universe.Symbols.SelectMany(s => universe.StaysOf(s).ToArray()).SelectMany(m => (long[])[m.From, m.To]).Where(ts => ts is not (long.MinValue or long.MaxValue)).Distinct().Order()];
}
