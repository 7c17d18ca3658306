using System.Text.Json;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>Lists with groups and dates by the program, and what reports say of their universe.</summary>
public sealed class UniverseTests : IClassFixture<UniverseTests.GroupedLake>
{
    private readonly BfProgram _bf;

    public UniverseTests(GroupedLake lake) => _bf = lake.Bf;

    [Theory]
    [InlineData("signals summary")]
    [InlineData("signals show")]
    [InlineData("signals explain")]
    [InlineData("data quality")]
    [InlineData("backtest run --signal upvol90")]
    public void Every_report_says_whether_its_universe_is_point_in_time_and_what_survivorship_does(string command)
    {
        foreach (var (universe, pointInTime, start) in new[]
        {
            ("all", false, "not point-in-time: every symbol of the lake"), ("mine/one", false, "not point-in-time: its 3 symbols, 2 of them in the lake,"),
            ("mine", true, "point-in-time: on each date only that date's members are counted; the lake has bars of 4 of the 5 that ever belonged"),
        })
        {
            var arguments = $"{command} --universe {universe}".Split(' ');
            var json = _bf.Run([.. arguments, "--json"]).Done().Json;

            Assert.Equal(pointInTime, json.GetProperty("point_in_time").GetBoolean());
            Assert.StartsWith(start, json.GetProperty("survivorship").GetString(), StringComparison.Ordinal);
            Assert.Contains($"universe {universe}: {json.GetProperty("survivorship").GetString()}\n", _bf.Run(arguments).Done().Out);
        }
    }

    [Fact]
    public void The_list_of_detectors_and_a_saved_backtest_say_it_too()
    {
        _bf.Run("backtest", "run", "--signal", "upvol90", "--universe", "mine", "--save-results").Done();
        var report = _bf.Run("backtest", "report", "--json", "--out", "report.html").Done().Json;

        Assert.Contains("universe mine: point-in-time: ", _bf.Run("signals", "list", "--universe", "mine").Done().Out);
        Assert.True(report.GetProperty("point_in_time").GetBoolean());
        Assert.Contains($"<p><strong>Survivorship.</strong> The universe is {report.GetProperty("survivorship").GetString()!.Replace("'", "&#39;", StringComparison.Ordinal)}.</p>", File.ReadAllText(_bf.At("report.html")));
    }

    [Fact]
    public void Lists_tell_their_date_source_and_groups_and_how_much_of_them_is_in_the_lake()
    {
        var list = _bf.Run("symbols", "list", "--json").Done().Json.EnumerateArray().Single(l => l.GetProperty("name").GetString() == "mine");

        Assert.Equal((5, 4, true, "2024-01-01", "made up"), (list.GetProperty("symbols").GetInt32(), list.GetProperty("in_lake").GetInt32(), list.GetProperty("point_in_time").GetBoolean(), Text(list, "as_of"), Text(list, "source")));
        Assert.Equal(["mine/one One 3 2", "mine/two_of_them Two of them 2 2"],
            list.GetProperty("groups").EnumerateArray().Select(g => $"{Text(g, "name")} {Text(g, "title")} {g.GetProperty("symbols")} {g.GetProperty("in_lake")}"));
        Assert.Matches(@"mine +5 +4 +2 +yes +2024-01-01 +five of mine", _bf.Run("symbols", "list").Done().Out);
    }

    [Fact]
    public void A_list_is_shown_with_its_members_all_or_those_of_a_date_or_of_a_group()
    {
        var text = _bf.Run("symbols", "show", "mine").Done().Out;

        Assert.Contains("mine: five of mine\nas of 2024-01-01; source: made up\na remark\n5 symbols, 4 in the lake; ", text);
        Assert.Contains("2 groups: mine/one 3, mine/two_of_them 2\n", text);
        Assert.Matches(@"S04 +2023-02-01 +2023-03-01 +Two of them +yes", text);
        Assert.Equal(["S00", "S01", "S03", "ZZZ"], Members("mine", "--date", "2023-03-01"));
        Assert.Equal(["S00", "S01", "S03", "S04", "ZZZ"], Members("mine", "--date", "2023-02-28"));
        Assert.Equal(["S03", "S04"], Members("mine/two_of_them"));
        var none = _bf.Run("symbols", "show", "none");
        Assert.Equal(2, none.Code);
        Assert.Contains("no symbol list 'none'; see what there is with: bf symbols list", none.Error);

        IEnumerable<string?> Members(params string[] arguments) =>
            _bf.Run(["symbols", "show", .. arguments, "--json"]).Done().Json.GetProperty("members").EnumerateArray().Select(m => Text(m, "symbol"));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    /// <summary>A lake with 6 symbols on 60 dates, computed for all, for a list with groups and dates, and for a group of it.</summary>
    public sealed class GroupedLake : IDisposable
    {
        public GroupedLake()
        {
            Bf.Write("a.csv", Market.Csv(Market.Random(6, 60)));
            Bf.Write("symbol-lists/mine.csv", "# five of mine\n# as of: 2024-01-01\n# source: made up\n# a remark\nsymbol,group,from,to\nS00,One,,\nS01,One,,\nZZZ,One,,\nS03,Two of them,,\nS04,Two of them,2023-02-01,2023-03-01\n");
            Bf.Run("data", "import", "a.csv").Done();
            Bf.Run("signals", "generate").Done();
            Bf.Run("signals", "generate", "--universe", "mine").Done();
            Bf.Run("signals", "generate", "--universe", "mine/one").Done();
        }

        internal BfProgram Bf { get; } = new();

        public void Dispose() => Bf.Dispose();
    }
}
