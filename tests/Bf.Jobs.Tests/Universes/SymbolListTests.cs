using Bf.Core.Market;
using Bf.Jobs.Lake;
using Bf.Jobs.Universes;

namespace Bf.Jobs.Tests.Universes;

public sealed class SymbolListTests
{
    [Fact]
    public void A_list_has_a_name_a_comment_and_its_symbols()
    {
        var list = SymbolLists.Find("test-large")!;

        Assert.Equal(("test-large", "a list of the tests: large companies", "test-large"), (list.Name, list.About, list.Universe.Name));
        Assert.Equal(["AAPL", "BRK-B", "MSFT"], list.Universe.Symbols);
        Assert.False(list.Universe.IsPointInTime);
        Assert.Contains(SymbolLists.All(), l => l.Name == "test-large");
    }

    [Fact]
    public void A_list_may_say_who_was_a_member_when()
    {
        var universe = SymbolLists.Find("test-large-2")!.Universe;

        Assert.True(universe.IsPointInTime);
        Assert.Equal([Membership.Always], universe.StaysOf("AAPL").ToArray());
        Assert.Equal([new Membership(long.MinValue, Market.Day(2018, 6, 26)), new Membership(Market.Day(2024, 6, 1), long.MaxValue)], universe.StaysOf("GE").ToArray());
        Assert.Equal([new Membership(Market.Day(2018, 6, 26), Market.Day(2024, 2, 26))], universe.StaysOf("WBA").ToArray());
    }

    [Fact]
    public void A_file_of_ones_own_is_named_by_its_path()
    {
        using var folder = new TempFolder();
        var path = folder.Write("mine.csv", "AAPL\r\n\r\n# not me\r\nMSFT\r\n");

        Assert.Equal(("mine", "AAPL,MSFT"), (SymbolLists.Find(path)!.Name, string.Join(',', SymbolLists.Find(path)!.Universe.Symbols)));
        Assert.Null(SymbolLists.Find(folder.At("other.csv")));
        Assert.Null(SymbolLists.Find("../test-large"));
        Assert.Null(SymbolLists.Find("no-such-list"));
    }

    [Theory]
    [InlineData("symbol\nAAPL,2024-13-01\n", " line 2: '2024-13-01' is no date like 2024-01-31")]
    [InlineData("AAPL,,soon\n", " line 1: 'soon' is no date like 2024-01-31")]
    [InlineData("# x\nAAPL\nMSFT,2020-01-01,2021-01-01,x\n", " line 3: write symbol, or symbol,from,to")]
    [InlineData("AAPL\n,2020-01-01\n", " line 2: write symbol, or symbol,from,to")]
    [InlineData("# nothing\nsymbol\n", ": the list names no symbol")]
    [InlineData("AAPL,2020-01-01,2022-01-01\nAAPL,2021-01-01,\n", ": universe wrong: the memberships of AAPL are empty or overlap")]
    [InlineData("AAPL,2020-01-01,2020-01-01\n", ": universe wrong: the memberships of AAPL are empty or overlap")]
    public void What_is_wrong_with_a_list_is_said_with_file_and_line(string text, string message)
    {
        using var folder = new TempFolder();
        var path = folder.Write("wrong.csv", text);

        Assert.Equal(path + message, Assert.Throws<JobException>(() => SymbolLists.Find(path)).Message);
    }

    [Fact]
    public void Without_a_choice_every_symbol_belongs()
    {
        Assert.Same(Universe.All, Choose(null, null, null));
        Assert.Same(Universe.All, Choose("all", null, null));
        Assert.Same(Universe.All, Choose(null, "all", null));
    }

    [Fact]
    public void A_list_is_chosen_by_either_option_and_gives_the_universe_its_name()
    {
        Assert.Equal("test-large", Choose("test-large", null, null).Name);
        Assert.Equal("test-large", Choose(null, "test-large", null).Name);
    }

    [Fact]
    public void A_symbol_with_a_comma_stands_in_quotes()
    {
        var universe = Choose(null, null, "msft,\"brk,b\"");

        Assert.Equal("\"BRK,B\",MSFT", universe.Name);
        Assert.Equal(["BRK,B", "MSFT"], universe.Symbols!.Order(StringComparer.Ordinal));
        Assert.Equal(universe.Name, UniverseChoice.Stored(universe.Name).Name);
    }

    [Fact]
    public void Symbols_make_a_universe_that_is_named_after_them_in_order()
    {
        var universe = Choose(null, null, " msft, AAPL,,brk-b ,MSFT");

        Assert.Equal("AAPL,BRK-B,MSFT", universe.Name);
        Assert.Equal(["AAPL", "BRK-B", "MSFT"], universe.Symbols);
        Assert.Contains("--symbols names no symbol", Assert.Throws<JobException>(() => Choose(null, null, " , ")).Message);
    }

    [Theory]
    [InlineData("all", "test-large", null)]
    [InlineData("all", null, "AAPL")]
    [InlineData(null, "test-large", "AAPL")]
    [InlineData("all", "test-large", "AAPL")]
    public void More_than_one_choice_is_refused(string? universe, string? list, string? symbols) =>
        Assert.Contains("not several", Assert.Throws<JobException>(() => Choose(universe, list, symbols)).Message);

    [Fact]
    public void A_name_that_is_not_known_gets_those_that_are_near()
    {
        Assert.Contains("Did you mean test-large or test-large-2?", Assert.Throws<JobException>(() => Choose(null, "LARGE", null)).Message);
        var message = Assert.Throws<JobException>(() => Choose("zzz", null, null)).Message;
        Assert.Contains("no universe or symbol list 'zzz'", message);
        Assert.Contains("test-large", message);
        Assert.Contains("--symbols AAPL,MSFT", message);
    }

    private static Universe Choose(string? universe, string? list, string? symbols)
    {
        using var lake = new TestLake();
        return UniverseChoice.Of(universe, list, symbols, () => lake.Lake);
    }
}
