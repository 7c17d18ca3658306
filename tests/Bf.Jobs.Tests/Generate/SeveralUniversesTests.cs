using Bf.Core.Market;
using Bf.Jobs.Generate;

namespace Bf.Jobs.Tests.Generate;

/// <summary>Universes that are computed together have the results that each has alone.</summary>
public sealed class SeveralUniversesTests
{
    private const int Days = 275;
    private static readonly List<Bar> All = Market.Random(8, Days);
    private static readonly long[] Dates = Market.Weekdays(Days);
    private static readonly Universe Odd = Universe.Of("odd", ["S01", "S03", "S05", "S07"]);
    private static readonly Universe Changing = Universe.Of("changing", [("S00", Membership.Always), ("S01", new Membership(Dates[100], Dates[270])), ("S02", new Membership(Dates[272], long.MaxValue))]);

    [Theory]
    [InlineData("all odd changing")]
    [InlineData("changing odd")]
    public void Together_or_alone_at_once_or_day_by_day_the_results_are_the_same(string names)
    {
        using var lake = new TestLake();
        var universes = names.Split(' ').Select(Named).ToArray();
        var first = true;
        foreach (var (from, to) in new[] { (0, 268), (268, 269), (269, 274), (274, Days) })
        {
            lake.Import(All.Where(b => b.Ts >= Dates[from] && b.Ts <= Dates[to - 1]));
            var result = Generate(lake, universes);
            Assert.All(result.Universes, u => Assert.Equal(first ? GenerateMode.Full : GenerateMode.Incremental, u.Mode));
            Assert.All(result.Universes, u => Assert.Equal(to - from, u.Rows));
            first = false;
        }

        Assert.All(universes, u => Assert.Equal(Alone(u), lake.Results(u.Name)));
    }

    [Fact]
    public void The_bars_are_read_once_and_each_table_gets_one_commit()
    {
        using var lake = new TestLake();
        lake.Import(All);
        var result = Generate(lake, Universe.All, Odd, Changing);

        Assert.Equal((All.Count, 8, 3 * Days), (result.BarsRead, result.Symbols, result.Rows));
        Assert.Equal("bars_1d:0 breadth:0 runs:1 signals:0 state:0 thrusts:0", lake.Versions());
        Assert.Equal("1", lake.Value("SELECT count(DISTINCT run) FROM breadth"));
        Assert.Equal(result.Rows, int.Parse(lake.Value("SELECT rows FROM runs WHERE command = 'signals generate'")));
    }

    [Fact]
    public void One_that_is_new_is_computed_anew_and_the_others_stay()
    {
        using var lake = new TestLake();
        lake.Import(All.Where(b => b.Ts < Dates[^1]));
        Generate(lake, Universe.All, Odd);
        var again = Generate(lake, Universe.All, Odd, Changing);

        Assert.Equal([GenerateMode.Nothing, GenerateMode.Nothing, GenerateMode.Full], again.Universes.Select(u => u.Mode));
        Assert.Equal([null, null, "first run"], again.Universes.Select(u => u.Why));

        lake.Import(All.Where(b => b.Ts == Dates[^1]));
        Assert.All(Generate(lake, Universe.All, Odd, Changing).Universes, u => Assert.Equal(GenerateMode.Incremental, u.Mode));
        Assert.All(new[] { Universe.All, Odd, Changing }, u => Assert.Equal(Alone(u), lake.Results(u.Name)));
    }

    [Fact]
    public void One_goes_on_while_another_begins()
    {
        using var lake = new TestLake();
        lake.Import(All.Where(b => b.Ts < Dates[^1]));
        lake.Generate();
        lake.Import(All.Where(b => b.Ts == Dates[^1]));
        var result = Generate(lake, Odd, Universe.All);

        Assert.Equal([GenerateMode.Full, GenerateMode.Incremental], result.Universes.Select(u => u.Mode));
        Assert.All(new[] { Universe.All, Odd }, u => Assert.Equal(Alone(u), lake.Results(u.Name)));
        Assert.Equal(8, int.Parse(lake.Value("SELECT count(*) FROM state")));
    }

    [Fact]
    public void A_universe_without_bars_is_said_to_be_empty_and_the_others_are_computed()
    {
        using var lake = new TestLake();
        lake.Import(All);
        var nobody = Universe.Of("nobody", ["ZZZ"]);

        Assert.Equal([GenerateMode.Empty, GenerateMode.Full], Generate(lake, nobody, Odd).Universes.Select(u => u.Mode));
        Assert.Equal(Alone(Odd), lake.Results());
        Assert.Contains("has no bars of universe nobody", Assert.Throws<JobException>(() => Generate(lake, nobody)).Message);
    }

    [Fact]
    public void Counts_that_are_not_there_do_not_fail_a_run_that_has_committed_others()
    {
        using var lake = new TestLake();
        lake.Import(All);
        lake.ImportCounts("date,adv,dec\n2024-01-02,6,4\n", "nyse.csv");

        Assert.Equal([GenerateMode.Full, GenerateMode.Empty], Generate(lake, Odd, Universe.OfCounts("amex")).Universes.Select(u => u.Mode));
        Assert.Equal("", lake.Value("SELECT string_agg(outcome, ',') FILTER (outcome <> 'done') FROM runs").Replace("?", "", StringComparison.Ordinal));
        Assert.Equal(Alone(Odd), lake.Results());
        Assert.Contains("has no counts of universe amex", Assert.Throws<JobException>(() => Generate(lake, Universe.OfCounts("amex"))).Message);
    }

    [Fact]
    public void Imported_counts_may_stand_among_them()
    {
        using var lake = new TestLake();
        lake.Import(All);
        lake.ImportCounts("date,adv,dec\n2024-01-02,6,4\n2024-01-03,7,3\n", "nyse.csv");
        var result = Generate(lake, Universe.OfCounts("nyse"), Universe.All);

        Assert.Equal(["nyse", "all"], result.Universes.Select(u => u.Universe.Name));
        Assert.Equal([2, Days], result.Universes.Select(u => u.Rows));
        Assert.Equal(Alone(Universe.All), lake.Results("all"));
        Assert.Equal(["0.6", "0.7"], lake.Query("SELECT adv_ratio FROM breadth WHERE universe = 'nyse' ORDER BY ts"));
    }

    private static Universe Named(string name) => name switch { "all" => Universe.All, "odd" => Odd, _ => Changing };

    private static GenerateResult Generate(TestLake lake, params Universe[] universes) => GenerateJob.Run(lake.Lake, new(universes, Interval.Day), "test");

    private static List<string> Alone(Universe universe)
    {
        using var lake = new TestLake();
        lake.Import(All);
        lake.Generate(universe);
        return lake.Results(universe.Name);
    }
}
