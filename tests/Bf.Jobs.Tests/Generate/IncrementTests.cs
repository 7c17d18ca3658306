using Bf.Core.Market;
using Bf.Jobs.Generate;

namespace Bf.Jobs.Tests.Generate;

/// <summary>Whatever way the bars came in, the results are those of a lake that got them all at once.</summary>
public sealed class IncrementTests
{
    private const int Symbols = 12, Days = 290;
    private static readonly List<Bar> All = Market.Random(Symbols, Days);
    private static readonly long[] Dates = Market.Weekdays(Days);
    private static readonly Lazy<List<string>> Whole = new(() => AtOnce(All));

    [Theory]
    [InlineData(289)]
    [InlineData(285)]
    [InlineData(255)]
    [InlineData(251, 252, 253)]
    [InlineData(1, 2, 3)]
    [InlineData(19, 20, 60, 288)]
    public void New_dates_cost_what_new_dates_cost_and_change_nothing_else(params int[] cuts)
    {
        using var lake = new TestLake();
        var from = 0;
        foreach (var cut in cuts.Append(Days))
        {
            lake.Import(All.Where(b => b.Ts >= Dates[from] && b.Ts <= Dates[cut - 1]));
            var result = lake.Generate();

            Assert.Equal((from == 0 ? GenerateMode.Full : GenerateMode.Incremental, from == 0 ? "first run" : null), (result.Mode, result.Why));
            Assert.Equal((cut - from, (cut - from) * Symbols, Symbols), (result.Rows, result.BarsRead, result.Symbols));
            from = cut;
        }

        Assert.Equal(Whole.Value, lake.Results(withState: true));
    }

    [Fact]
    public void Dates_that_come_one_by_one_give_what_they_give_at_once()
    {
        using var lake = new TestLake();
        var bars = Market.Random(4, 24);
        foreach (var day in bars.GroupBy(b => b.Ts))
        {
            lake.Import(day);
            lake.Generate();
        }

        Assert.Equal(AtOnce(bars), lake.Results(withState: true));
        Assert.All(["breadth", "signals", "thrusts", "state"], table => Assert.True(Directory.EnumerateFiles(lake.At("lake", table), "*.parquet").Any()));
        Assert.Equal("24|24", lake.Value("SELECT count(*), count(DISTINCT ts) FROM breadth"));
    }

    [Fact]
    public void Results_are_not_committed_before_the_states_that_the_next_run_goes_on_from()
    {
        using var lake = new TestLake();
        lake.Import(All.Take(600));
        File.WriteAllText(lake.At("lake", "state"), ""); // a file where the table should be
        Assert.ThrowsAny<Exception>(() => lake.Generate());
        Assert.All(["breadth", "signals", "thrusts"], table => Assert.Equal("0", lake.Value($"SELECT count(*) FROM {table}")));

        File.Delete(lake.At("lake", "state"));
        Assert.Equal("first run", lake.Generate().Why);
        Assert.Equal(AtOnce([.. All.Take(600)]), lake.Results(withState: true));
    }

    [Fact]
    public void Nothing_new_is_nothing_to_do()
    {
        using var lake = new TestLake();
        lake.Import(All.Take(600));
        lake.Generate();
        var versions = lake.Versions();

        var result = lake.Generate();
        Assert.Equal((GenerateMode.Nothing, 0, 0, 0L), (result.Mode, result.Rows, result.Thrusts, result.BarsRead));
        Assert.Equal(versions.Replace("runs:1", "runs:2", StringComparison.Ordinal), lake.Versions());
    }

    [Fact]
    public void Bars_that_lie_differently_are_not_new()
    {
        using var lake = new TestLake();
        foreach (var day in All.Take(Symbols * 12).GroupBy(b => b.Ts))
        {
            lake.Import(day);
            lake.Generate();
        }

        Assert.Contains("OPTIMIZE", string.Concat(Directory.EnumerateFiles(lake.At("lake", "bars_1d", "_delta_log"), "*.json").Select(File.ReadAllText)));
        Assert.Equal(GenerateMode.Nothing, lake.Generate().Mode);
        Assert.Equal(AtOnce(All.Take(Symbols * 12)), lake.Results(withState: true));
    }

    [Fact]
    public void A_symbol_that_is_listed_later_begins_on_its_first_date()
    {
        var bars = All.Where(b => b.Symbol != "S03" || b.Ts >= Dates[270]).ToList();
        Steps(bars, GenerateMode.Incremental, b => b.Ts < Dates[260], b => b.Ts is var t && t >= Dates[260] && t < Dates[275], b => b.Ts >= Dates[275]);
    }

    [Fact]
    public void A_symbol_that_pauses_goes_on_where_it_stopped()
    {
        var bars = All.Where(b => b.Symbol is not ("S03" or "S04") || b.Ts < Dates[250] || b.Ts >= Dates[280]).ToList();
        Steps(bars, GenerateMode.Incremental, b => b.Ts < Dates[260], b => b.Ts is var t && t >= Dates[260] && t < Dates[279], b => b.Ts >= Dates[279]);
    }

    [Fact]
    public void A_symbol_that_ends_stays_in_the_state()
    {
        var bars = All.Where(b => b.Symbol != "S03" || b.Ts < Dates[250]).ToList();
        Steps(bars, GenerateMode.Incremental, b => b.Ts < Dates[240], b => b.Ts is var t && t >= Dates[240] && t < Dates[270], b => b.Ts >= Dates[270]);
    }

    [Fact]
    public void A_bar_that_changed_has_everything_computed_anew()
    {
        var before = All.Select(b => b.Symbol == "S02" && b.Ts == Dates[100] ? b with { AdjClose = 1 } : b);
        using var lake = new TestLake();
        lake.Import(before);
        lake.Generate();
        lake.Import(All.Where(b => b.Ts == Dates[100]));

        var result = lake.Generate();
        Assert.Equal((GenerateMode.Full, "bars that were there changed"), (result.Mode, result.Why));
        Assert.Equal(Whole.Value, lake.Results(withState: true));
        Assert.Equal(GenerateMode.Nothing, lake.Generate().Mode);
    }

    [Fact]
    public void A_symbol_whose_past_comes_later_has_everything_computed_anew()
    {
        using var lake = new TestLake();
        lake.Import(All.Where(b => b.Symbol != "S07"));
        lake.Generate();
        lake.Import(All.Where(b => b.Symbol == "S07"));

        var result = lake.Generate();
        Assert.Equal((GenerateMode.Full, "bars were added before the last date"), (result.Mode, result.Why));
        Assert.Equal(Whole.Value, lake.Results(withState: true));
    }

    [Fact]
    public void A_symbol_that_comes_late_to_the_last_date_has_everything_computed_anew()
    {
        using var lake = new TestLake();
        lake.Import(All.Where(b => b.Symbol != "S07" || b.Ts < Dates[^1]));
        lake.Generate();
        lake.Import(All);

        Assert.Equal(GenerateMode.Full, lake.Generate().Mode);
        Assert.Equal(Whole.Value, lake.Results(withState: true));
    }

    [Fact]
    public void What_was_asked_for_is_computed_anew()
    {
        using var lake = new TestLake();
        lake.Import(All);
        lake.Generate();
        var result = lake.Generate(force: true);

        Assert.Equal((GenerateMode.Full, "asked to", Days), (result.Mode, result.Why, result.Rows));
        Assert.Equal(Whole.Value, lake.Results(withState: true));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_order_of_rows_and_files_does_not_matter(int seed)
    {
        var random = new Random(seed);
        using var lake = new TestLake();
        foreach (var part in All.OrderBy(_ => random.Next()).Chunk(1300))
        {
            lake.Import(part);
        }

        lake.Generate();
        Assert.Equal(Whole.Value, lake.Results(withState: true));
    }

    [Fact]
    public void A_run_that_dies_between_two_tables_is_completed_by_the_next()
    {
        foreach (var table in new[] { "breadth", "signals", "thrusts", "state", "runs" })
        {
            using var lake = new TestLake();
            lake.Import(All.Where(b => b.Ts < Dates[280]));
            lake.Generate();
            TestLake.Copy(lake.At("lake", table), lake.At("older"));
            lake.Import(All.Where(b => b.Ts >= Dates[280]));
            lake.Generate();
            TestLake.Restore(lake.At("older"), lake.At("lake", table));

            lake.Generate();
            Assert.Equal(Whole.Value, table == "state" ? [.. lake.Results(), .. Whole.Value.TakeLast(Symbols)] : lake.Results(withState: true));
            Assert.Equal(GenerateMode.Nothing, lake.Generate().Mode);
        }
    }

    [Fact]
    public void A_first_run_that_dies_after_its_first_table_is_completed_by_the_next()
    {
        using var lake = new TestLake();
        lake.Import(All);
        lake.Generate();
        Directory.Delete(lake.At("lake", "thrusts"), recursive: true);
        Directory.Delete(lake.At("lake", "state"), recursive: true);

        Assert.Equal("the last run did not end", lake.Generate().Why);
        Assert.Equal(Whole.Value, lake.Results(withState: true));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("older")]
    [InlineData("data file missing")]
    [InlineData("data file damaged")]
    [InlineData("state damaged")]
    public void Without_a_state_to_go_on_from_the_bars_are_read_and_the_result_is_the_same(string state)
    {
        using var lake = new TestLake();
        lake.Import(All.Where(b => b.Ts < Dates[270]));
        lake.Generate();
        TestLake.Copy(lake.At("lake", "state"), lake.At("older"));
        lake.Import(All.Where(b => b.Ts >= Dates[270] && b.Ts < Dates[280]));
        lake.Generate();
        Break(lake, state);
        lake.Import(All.Where(b => b.Ts >= Dates[280]));

        Assert.Equal(GenerateMode.Full, lake.Generate().Mode);
        Assert.Equal(Whole.Value, lake.Results(withState: true));
    }

    private static void Break(TestLake lake, string how)
    {
        var folder = lake.At("lake", "state");
        var table = lake.Lake.Table(Jobs.Lake.Tables.State);
        var file = table.Locate(Assert.Single(table.Load().Files));
        switch (how)
        {
            case "missing":
                Directory.Delete(folder, recursive: true);
                break;
            case "older":
                TestLake.Restore(lake.At("older"), folder);
                break;
            case "data file missing":
                File.Delete(file);
                break;
            case "data file damaged":
                File.WriteAllText(file, "no Parquet");
                break;
            default:
                using (var connection = Jobs.Lake.DuckDb.DuckDatabase.Connect())
                {
                    connection.Execute($"CREATE TABLE memory.main.broken_{lake.GetHashCode()} AS SELECT * REPLACE (if(symbol = 'S05', '\\xFF\\x01'::BLOB, ticks) AS ticks) FROM read_parquet('{file}'); COPY memory.main.broken_{lake.GetHashCode()} TO '{file}' (FORMAT parquet); DROP TABLE memory.main.broken_{lake.GetHashCode()}");
                }

                break;
        }
    }

    private static void Steps(List<Bar> bars, GenerateMode mode, params Func<Bar, bool>[] steps)
    {
        using var lake = new TestLake();
        for (var i = 0; i < steps.Length; i++)
        {
            lake.Import(bars.Where(steps[i]));
            Assert.Equal(i == 0 ? GenerateMode.Full : mode, lake.Generate().Mode);
        }

        Assert.Equal(AtOnce(bars), lake.Results(withState: true));
    }

    private static List<string> AtOnce(IEnumerable<Bar> bars)
    {
        using var lake = new TestLake();
        lake.Import(bars);
        lake.Generate();
        return lake.Results(withState: true);
    }

    [Fact]
    public void Bars_that_went_back_a_version_are_computed_anew_and_then_gone_on_from()
    {
        var bars = Market.Random(3, 40);
        var days = bars.GroupBy(b => b.Ts).OrderBy(d => d.Key).Select(d => d.ToList()).ToList();
        using TestLake lake = new(), fresh = new();
        lake.Import(days[..38].SelectMany(d => d));
        lake.Import(days[38]);
        lake.Generate();
        File.Delete(lake.At("lake", "bars_1d", "_delta_log", "00000000000000000001.json")); // as its check advises, where the entry is damaged
        fresh.Import(days[..38].SelectMany(d => d));
        fresh.Generate();

        Assert.Equal("the bars went back to an older version", lake.Generate().Why);
        Assert.Equal(fresh.Results(withState: true), lake.Results(withState: true));
        lake.Import(days[39]);
        fresh.Import(days[39]);
        Assert.Equal(GenerateMode.Incremental, lake.Generate().Mode);
        fresh.Generate();
        Assert.Equal(fresh.Results(withState: true), lake.Results(withState: true));
    }
}
