using Bf.Core.Market;
using Bf.Core.Quality;
using Bf.Jobs.Quality;

namespace Bf.Jobs.Tests.Quality;

public sealed class QualityJobTests
{
    private static readonly long[] Dates = Market.Weekdays(100);

    [Fact]
    public void Large_caps_have_nothing_but_real_jumps()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        var report = QualityJob.Run(lake.Lake, new(Universe.All, Interval.Day));

        Assert.Equal((100L, 165_700L, 1657), (report.Symbols, report.Bars, report.Dates));
        Assert.Equal(["jumps: 12 moves of more than 50 % from one bar to the next, of 3 symbols; 0 look like a fault of the data"], Said(report));
        Assert.DoesNotContain(report.Findings, f => f.IsWarning);
    }

    [Fact]
    public void The_faults_of_real_bars_are_found()
    {
        var bars = Repository.Shared("data", "us-equities-200.parquet");
        Assert.SkipWhen(bars is null, "the bars of 200 US equities do not lie beside the repository");
        using var lake = new TestLake();
        lake.Import(bars);

        Assert.Equal(
            [
                "odd_prices: 8 bars of 1 symbol at a placeholder, or at a price that is gone after a few bars",
                "jumps: 7 moves of more than 50 % from one bar to the next, of 5 symbols; 0 look like a fault of the data",
                "stale_runs: 1,538 bars in 135 runs of 1 symbol repeat the bar before",
                "zero_volume: 2,150 bars (0.43 %) of 11 symbols without volume; 1 symbol above the 5 % line",
                "late_starters: 29 of 197 symbols begin after the others",
            ],
            Said(QualityJob.Run(lake.Lake, new(Universe.All, Interval.Day))));
    }

    [Fact]
    public void Faults_that_were_put_in_are_found_wherever_the_files_lie_and_nothing_is_written()
    {
        using var lake = new TestLake();
        var bars = Market.Random(10, 100);
        lake.Import(bars.Where(b => b.Ts < Dates[50]).Where(b => b.Symbol != "S03" || b.Ts != Dates[20]));
        lake.Import(bars.Where(b => b.Ts >= Dates[50]).Where(b => b.Ts != Dates[70] || b.Symbol is "S00" or "S01" or "S03").Select(b => b.Symbol == "S05" && b.Ts == Dates[60] ? b with { Open = 9_999_999.99, High = 9_999_999.99, Low = 9_999_999.99, Close = 9_999_999.99, AdjClose = 9_999_999.99 } : b));
        lake.ImportText($"{Market.Header}\n{Market.Date(Dates[99])},S00,1,2,3,4,5,6\n");
        var versions = lake.Versions();
        var report = QualityJob.Run(lake.Lake, new(Universe.All, Interval.Day));

        Assert.Equal(versions, lake.Versions());
        var found = report.Findings.ToDictionary(f => f.Check.Name);
        Assert.Equal(("S03", Dates[20], Dates[20], 1L), Place(found["missing_sessions"]));
        Assert.Equal((null, Dates[70], Dates[70], 1L), Place(found["thin_dates"]));
        Assert.Equal(("S05", Dates[60], Dates[60], 1L), Place(found["odd_prices"]));
        Assert.Equal((null, null, null, 1L), Place(found["quarantined"]));
        Assert.DoesNotContain(report.Findings, f => f.IsFound && f.Check.Name is "jumps" or "stale_runs" or "no_shares" or "late_starters" or "early_leavers");

        static (string?, long?, long?, long) Place(QualityFinding f) => Assert.Single(f.Evidence.Examples) is var e ? (e.Symbol, e.From, e.To, e.Count) : default;
    }

    [Fact]
    public void A_universe_and_a_range_choose_the_bars()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(10, 100));
        var report = QualityJob.Run(lake.Lake, new(Universe.Of("few", ["S01", "S02", "ZZZ"]), Interval.Day, Dates[10], Dates[29]));

        Assert.Equal((2L, 40L, 20, Dates[10], Dates[29]), (report.Symbols, report.Bars, report.Dates, report.FirstTs, report.LastTs));
        Assert.Equal("ZZZ", Assert.Single(report.Findings.Single(f => f.Check.Name == "members_without_bars").Evidence.Examples).Symbol);
    }

    [Fact]
    public void Only_the_checks_asked_for_are_made()
    {
        using var lake = new TestLake();
        lake.Import(Market.Random(3, 20));

        Assert.Equal(["jumps"], QualityJob.Run(lake.Lake, new(Universe.All, Interval.Day, Checks: [.. QualityChecks.All.Where(c => c.Name == "jumps")])).Findings.Select(f => f.Check.Name));
    }

    [Fact]
    public void A_lake_without_bars_a_range_without_bars_and_counts_are_errors_with_a_way_out()
    {
        using var lake = new TestLake();
        Assert.Contains("bf data import FILE", Message(Universe.All));
        lake.Import(Market.Random(3, 20));
        Assert.Contains("bf data list", Message(Universe.Of("others", ["X"])));
        Assert.Contains("SELECT * FROM counts", Message(Universe.OfCounts("nyse")));

        string Message(Universe universe) => Assert.Throws<JobException>(() => QualityJob.Run(lake.Lake, new(universe, Interval.Day))).Message;
    }

    private static List<string> Said(QualityReport report) => [.. report.Findings.Where(f => f.IsFound).Select(f => $"{f.Check.Name}: {f.Check.Say(f.Evidence)}")];
}
