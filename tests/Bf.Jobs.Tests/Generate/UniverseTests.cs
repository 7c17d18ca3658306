using Bf.Core.Market;
using Bf.Jobs.Generate;

namespace Bf.Jobs.Tests.Generate;

public sealed class UniverseTests
{
    private static readonly List<Bar> All = Market.Random(12, 290);
    private static readonly long[] Dates = Market.Weekdays(290);
    private static readonly Universe Five = Universe.Of("five", ["S01", "S03", "S05", "S07", "S09"]);
    private static readonly Universe Few = Universe.Of("S02,S03", ["S02", "S03"]);

    [Theory]
    [InlineData("all five few")]
    [InlineData("five few all")]
    [InlineData("few all five")]
    public void Universes_of_one_lake_leave_each_other_alone_day_after_day(string order)
    {
        using var lake = new TestLake();
        var universes = order.Split(' ').Select(Named).ToList();
        foreach (var (from, to) in new[] { (0, 270), (270, 271), (271, 272), (272, 280), (280, 290) })
        {
            lake.Import(All.Where(b => b.Ts >= Dates[from] && b.Ts <= Dates[to - 1]));
            foreach (var universe in universes)
            {
                lake.Generate(universe);
            }
        }

        foreach (var universe in universes)
        {
            Assert.Equal(Alone(universe), lake.Results(universe.Name));
            Assert.Equal(GenerateMode.Nothing, lake.Generate(universe).Mode);
        }

        static Universe Named(string name) => name switch { "all" => Universe.All, "five" => Five, _ => Few };
    }

    [Fact]
    public void A_universe_counts_its_members_only()
    {
        using var lake = new TestLake();
        lake.Import(All);
        var result = lake.Generate(Five);

        Assert.Equal((5, 5 * 290L), (result.Symbols, result.BarsRead));
        Assert.Equal("5|5", lake.Value("SELECT min(bars), max(bars) FROM breadth"));

        using var only = new TestLake();
        only.Import(All.Where(b => Five.Symbols.Contains(b.Symbol)));
        only.Generate();
        Assert.Equal(only.Results().Select(r => r.Replace("all|1d|", "five|1d|", StringComparison.Ordinal)), lake.Results());
    }

    [Fact]
    public void Members_that_changed_have_everything_computed_anew()
    {
        using var lake = new TestLake();
        lake.Import(All);
        lake.Generate(Five);
        var four = Universe.Of("five", Five.Symbols.Take(4));
        var result = lake.Generate(four);

        Assert.Equal((GenerateMode.Full, "members, dates, settings or versions changed"), (result.Mode, result.Why));
        Assert.Equal(Alone(four), lake.Results());
    }

    [Fact]
    public void A_symbol_is_counted_while_it_is_a_member_and_its_earlier_bars_fill_its_windows()
    {
        var universe = Universe.Of("index", [
            ("S00", Membership.Always),
            ("S01", new Membership(Dates[100], Dates[200])),
            ("S02", new Membership(Dates[255], long.MaxValue)),
            ("S03", new Membership(long.MinValue, Dates[5])), ("S03", new Membership(Dates[260], Dates[261])),
        ]);
        using var lake = new TestLake();
        lake.Import(All);
        lake.Generate(universe);

        var bars = lake.Query("SELECT bars FROM breadth ORDER BY ts").Select(int.Parse).ToArray();
        Assert.Equal(Enumerable.Range(0, 290).Select(d => 1 + (d is >= 100 and < 200 ? 1 : 0) + (d >= 255 ? 1 : 0) + (d is < 5 or 260 ? 1 : 0)), bars);

        // S02 joins with 255 bars behind it: eligible at once, and its first date as a member moves against the day before
        Assert.Equal("3|3|2", lake.Value($"SELECT bars, issues, (SELECT elig252 FROM breadth WHERE ts = TIMESTAMPTZ '{Market.Date(Dates[255])}' + INTERVAL 0 DAY) FROM breadth WHERE ts = TIMESTAMPTZ '{Market.Date(Dates[260])}'"));
        var close = All.ToLookup(b => (b.Symbol, b.Ts), b => b.AdjClose);
        foreach (var d in new[] { 1, 5, 100, 199, 200, 255, 260, 261 })
        {
            var members = new[] { "S00", "S01", "S02", "S03" }.Where(s => universe.StaysOf(s).ToArray().Any(m => Dates[d] >= m.From && Dates[d] < m.To));
            var up = members.Count(s => close[(s, Dates[d])].First() > close[(s, Dates[d - 1])].First());
            Assert.Equal(up.ToString(), lake.Value($"SELECT adv FROM breadth WHERE ts = TIMESTAMPTZ '{Market.Date(Dates[d])}'"));
        }
    }

    [Fact]
    public void Memberships_hold_in_increments_too()
    {
        var universe = Universe.Of("index", [("S00", Membership.Always), ("S01", new Membership(Dates[270], Dates[285])), ("S02", new Membership(Dates[283], long.MaxValue)), ("S03", new Membership(long.MinValue, Dates[282]))]);
        using var lake = new TestLake();
        foreach (var (from, to) in new[] { (0, 260), (260, 275), (275, 284), (284, 290) })
        {
            lake.Import(All.Where(b => b.Ts >= Dates[from] && b.Ts <= Dates[to - 1]));
            Assert.Equal(from == 0 ? GenerateMode.Full : GenerateMode.Incremental, lake.Generate(universe).Mode);
        }

        Assert.Equal(Alone(universe), lake.Results());
    }

    [Theory]
    [InlineData(270, 280)]
    [InlineData(0, 10)]
    [InlineData(280, null)]
    [InlineData(null, 5)]
    public void A_range_of_dates_chooses_rows_and_not_their_values(int? from, int? to)
    {
        using var lake = new TestLake();
        lake.Import(All);
        var result = lake.Generate(from: from is { } f ? Dates[f] : null, to: to is { } t ? Dates[t] : null);

        var where = $"ts >= TIMESTAMPTZ '{Market.Date(Dates[from ?? 0])}' AND ts <= TIMESTAMPTZ '{Market.Date(Dates[to ?? 289])}'";
        Assert.Equal((to ?? 289) - (from ?? 0) + 1, result.Rows);
        using var full = new TestLake();
        full.Import(All);
        full.Generate();
        foreach (var table in new[] { "breadth", "signals", "thrusts" })
        {
            Assert.Equal(full.Query($"SELECT * EXCLUDE run FROM {table} WHERE {where} ORDER BY ALL"), lake.Query($"SELECT * EXCLUDE run FROM {table} ORDER BY ALL"));
        }

        lake.Generate(); // and without a range all rows are there
        Assert.Equal(full.Results(withState: true), lake.Results(withState: true));
    }

    [Fact]
    public void A_range_that_is_asked_for_after_a_whole_run_leaves_the_other_rows()
    {
        using var lake = new TestLake();
        lake.Import(All);
        lake.Generate();
        var before = lake.Results(withState: true);
        lake.Generate(from: Dates[100], to: Dates[120]);
        Assert.Equal(before, lake.Results(withState: true));

        lake.Generate(from: Dates[100], to: Dates[120], force: true);
        Assert.Equal(before, lake.Results(withState: true));
    }

    [Fact]
    public void A_lake_without_bars_or_without_bars_of_the_universe_is_an_error_with_a_way_out()
    {
        using var lake = new TestLake();
        Assert.Contains("bf data import", Assert.Throws<JobException>(() => lake.Generate()).Message);
        Assert.False(Directory.Exists(lake.At("lake")));

        lake.Import(All.Take(24));
        var message = Assert.Throws<JobException>(() => lake.Generate(Universe.Of("others", ["X", "Y"]))).Message;
        Assert.Contains("no bars of universe others", message);
        Assert.Contains("bf data list", message);
    }

    [Fact]
    public void Signals_carry_the_memory_of_each_thrust_for_sixty_dates()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        lake.Generate();

        Assert.NotEqual("0", lake.Value("SELECT count(*) FROM signals WHERE memory <> '{}'"));
        Assert.Equal("0", lake.Value("""
            WITH dates AS (SELECT ts, row_number() OVER (ORDER BY ts) AS n FROM breadth),
                 fires AS (SELECT detector, n FROM thrusts JOIN dates USING (ts)),
                 ours AS (SELECT ts, key AS detector, CAST(value AS BIGINT) AS since FROM signals, json_each(memory)),
                 theirs AS (SELECT d.ts, f.detector, min(d.n - f.n) AS since FROM dates d JOIN fires f ON f.n <= d.n AND d.n - f.n <= 60 GROUP BY ALL)
            SELECT count(*) FROM (SELECT * FROM ours EXCEPT SELECT * FROM theirs UNION ALL (SELECT * FROM theirs EXCEPT SELECT * FROM ours))
            """));
    }

    [Fact]
    public void A_cancelled_run_leaves_no_result()
    {
        using var lake = new TestLake();
        lake.Import(All);

        Assert.ThrowsAny<OperationCanceledException>(() => GenerateJob.Run(lake.Lake, new(Universe.All, Interval.Day), "", cancel: new CancellationToken(canceled: true)));
        Assert.Equal("bars_1d:0 runs:1", lake.Versions());
        Assert.Equal("1", lake.Value("SELECT count(*) FROM runs WHERE outcome = 'interrupted'"));
    }

    private static List<string> Alone(Universe universe) =>
        Known.GetOrAdd(universe, u =>
        {
            using var lake = new TestLake();
            lake.Import(All);
            lake.Generate(u);
            return lake.Results(u.Name);
        });

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Universe, List<string>> Known = new();
}
