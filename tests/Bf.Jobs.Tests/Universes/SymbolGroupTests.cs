using Bf.Core.Market;
using Bf.Jobs.Universes;

namespace Bf.Jobs.Tests.Universes;

public sealed class SymbolGroupTests
{
    private static readonly long Moved = Market.Day(2018, 9, 24);

    [Fact]
    public void A_list_says_its_date_and_source_and_keeps_its_other_comments()
    {
        var list = SymbolLists.Find("test-sectors")!;

        Assert.Equal(("companies by what they do", "2024-03-01", "made up"), (list.About, list.AsOf, list.Source));
        Assert.Equal(["it moves companies about"], list.Notes);
        Assert.Equal((null, null, 0), (SymbolLists.Find("test-large")!.AsOf, SymbolLists.Find("test-large")!.Source, SymbolLists.Find("test-large")!.Groups.Count));
    }

    [Fact]
    public void Each_group_is_a_universe_under_the_lists_name()
    {
        var groups = SymbolLists.Find("test-sectors")!.Groups;

        Assert.Equal(["Communication=test-sectors/communication:META,T", "Health Care=test-sectors/health_care:ABBV,JNJ", "Tech & Media=test-sectors/tech_media:META"],
            groups.Select(g => $"{g.Title}={g.Universe.Name}:{string.Join(',', g.Universe.Symbols)}"));
        Assert.Equal([new Membership(long.MinValue, Moved)], groups[2].Universe.StaysOf("META").ToArray());
        Assert.Equal([new Membership(Moved, long.MaxValue)], groups[0].Universe.StaysOf("META").ToArray());
    }

    [Fact]
    public void The_list_itself_has_all_symbols_while_they_are_in_any_group_or_in_none()
    {
        var all = SymbolLists.Find("test-sectors")!.Universe;

        Assert.Equal(["ABBV", "JNJ", "META", "T", "XYZ"], all.Symbols);
        Assert.Equal([Membership.Always], all.StaysOf("META").ToArray());
        Assert.Equal([new Membership(Market.Day(2013, 1, 2), long.MaxValue)], all.StaysOf("ABBV").ToArray());
    }

    [Theory]
    [InlineData("A,x,2020-01-01,2021-01-01|A,y,2020-06-01,2020-07-01|A,x,2022-01-01,", "2020-01-01..2021-01-01 2022-01-01..")]
    [InlineData("A,y,2021-01-01,2022-01-01|A,x,2020-01-01,2021-01-01", "2020-01-01..2022-01-01")]
    [InlineData("A,x,2020-01-01,2020-03-01|A,y,,2020-02-01", "..2020-03-01")]
    [InlineData("A,x,,|A,y,2020-01-01,2020-02-01", "..")]
    public void Stays_in_several_groups_become_one_where_they_meet(string rows, string stays)
    {
        using var folder = new TempFolder();
        var list = SymbolLists.Find(folder.Write("mine.csv", $"symbol,group,from,to\n{rows.Replace('|', '\n')}\n"))!;

        Assert.Equal(stays, string.Join(' ', list.Universe.StaysOf("A").ToArray().Select(m => $"{Text(m.From)}..{Text(m.To)}")));

        static string Text(long ts) => ts is long.MinValue or long.MaxValue ? "" : Market.Date(ts);
    }

    [Fact]
    public void A_group_is_found_by_its_name_and_a_family_is_the_list_and_its_groups()
    {
        using var folder = new TempFolder();
        var path = folder.Write("mine.csv", "symbol,group\nA,One\n");

        Assert.Equal("test-sectors/health_care", SymbolLists.FindUniverse("test-sectors/Health_Care")!.Name);
        Assert.Equal("mine/one", SymbolLists.FindUniverse(path + "/one")!.Name);
        Assert.Null(SymbolLists.FindUniverse("test-sectors/none"));
        Assert.Null(SymbolLists.FindUniverse("test-large/one"));
        Assert.Null(SymbolLists.FindUniverse("none/one"));
        Assert.Equal(["test-sectors", "test-sectors/communication", "test-sectors/health_care", "test-sectors/tech_media"], Names("test-sectors"));
        Assert.Equal(["test-large"], Names("test-large"));
        Assert.Equal(["test-sectors/communication"], Names("test-sectors/communication"));
        Assert.Empty(Names("none"));

        static IEnumerable<string> Names(string name) => SymbolLists.Family(name).Select(u => u.Name);
    }

    [Theory]
    [InlineData("symbol,group,weight\nA,x,1\n", " line 1: a list has no column 'weight'; it has symbol, from, to, group")]
    [InlineData("symbol,group\nA,x\nB,x,2020-01-01\n", " line 3: write symbol,group")]
    [InlineData("group,symbol\nx,\n", " line 2: write group,symbol")]
    [InlineData("symbol,group\nA,&\n", ": the group '&' has neither letter nor digit")]
    [InlineData("symbol,group,from,to\nA,x,2020-01-01,2022-01-01\nA,x,2021-01-01,\n", ": universe wrong/x: the memberships of A are empty or overlap")]
    public void What_is_wrong_with_groups_is_said_with_file_and_line(string text, string message)
    {
        using var folder = new TempFolder();
        var path = folder.Write("wrong.csv", text);

        Assert.Equal(path + message, Assert.Throws<JobException>(() => SymbolLists.Find(path)).Message);
    }
}
