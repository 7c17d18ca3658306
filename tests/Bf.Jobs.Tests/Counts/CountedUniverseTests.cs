using Bf.Core.Market;
using Bf.Jobs.Backtests;
using Bf.Jobs.Counts;
using Bf.Jobs.Generate;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Tests.Counts;

/// <summary>Breadth of a universe that is known by its counts alone.</summary>
public sealed class CountedUniverseTests
{
    private const string FromAdvances = "adv, dec, adv_ratio, zweig_ema10, zweig_sma10, deemer_ratio, rana, mcc_ema19, mcc_ema39, mcc_osc, mcc_sum, ad_line, abi, ad_ratio, mcc_osc_classic, mcc_sum_classic, whaley_ad5, coppock_ad, hindenburg_momentum, z_zweig_ema10, z_mcc_osc, z_mcc_sum";
    private const string FromAll = FromAdvances + ", issues, unch, up_vol, down_vol, nh252, nl252, upvol_ratio, ad_volume_line, trin, nhnl_ratio, nhnl_sma10, nh_nl, updown_vol_ratio, cvi, whaley_upvol5, record_high_pct, high_low_index, z_upvol_ratio, z_high_low_index";
    private const string NeverKnown = "bars, unch_vol, elig252, elig20, above20, elig50, above50, elig200, above200, pct_above20, pct_above50, pct_above200, return_sum, return_outliers, index_ew, tick_index, hindenburg_trend, hindenburg_omen, z_pct_above20, z_pct_above50, z_pct_above200";
    private static readonly Universe Nyse = Universe.OfCounts("nyse");

    [Fact]
    public void Counts_taken_from_members_give_the_members_series_and_thrusts()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        lake.Generate();
        lake.ImportCounts(Export(lake, "ts AS date, adv, dec, unch, up_vol, down_vol, nh252, nl252"), "nyse.csv");
        var result = lake.Generate(Nyse);

        Assert.Equal((GenerateMode.Full, 1657, 0), (result.Mode, result.Rows, result.Symbols));
        Assert.Equal(Columns(lake, "all", FromAll), Columns(lake, "nyse", FromAll));
        Assert.Equal(Thrusts(lake, "all", "detector NOT LIKE 'pct%'"), Thrusts(lake, "nyse", "true"));
        // members have no year of bars on the first 251 dates; an exchange that counts does not say who has (and nothing moved on the first)
        Assert.Equal("1406|1406|1656|1657", lake.Value("""
            SELECT count(*) FILTER (a.hindenburg_split = n.hindenburg_split), count(*) FILTER (a.hindenburg_balance = n.hindenburg_balance), count(n.hindenburg_split), count(n.hindenburg_balance)
            FROM breadth a JOIN breadth n USING (ts) WHERE a.universe = 'all' AND n.universe = 'nyse'
            """));
        Assert.Equal("0", lake.Value($"SELECT count(*) FROM breadth WHERE universe = 'nyse' AND coalesce({NeverKnown}) IS NOT NULL"));
        Assert.Equal("1657|0|0", lake.Value("SELECT count(*), count(score), count(state) FROM signals WHERE universe = 'nyse'"));
    }

    [Fact]
    public void Advances_and_declines_alone_give_their_own_series_and_nothing_else()
    {
        using var lake = new TestLake();
        lake.Import(Repository.Sample);
        lake.Generate();
        lake.ImportCounts(Export(lake, "ts AS date, adv, dec"), "nyse.csv");
        lake.Generate(Nyse);

        Assert.Equal(Columns(lake, "all", FromAdvances), Columns(lake, "nyse", FromAdvances));
        Assert.Equal(Thrusts(lake, "all", "detector LIKE 'zbt%' OR detector LIKE 'deemer%' OR detector IN ('whaley_ad', 'mcc_thrust')"), Thrusts(lake, "nyse", "true"));
        Assert.NotEmpty(Thrusts(lake, "nyse", "detector = 'zbt_ema'"));
        Assert.Equal("0", lake.Value("SELECT count(*) FROM breadth WHERE universe = 'nyse' AND issues IS DISTINCT FROM adv + dec"));
        Assert.Equal("0", lake.Value($"SELECT count(*) FROM breadth WHERE universe = 'nyse' AND coalesce({NeverKnown}, unch, up_vol, down_vol, nh252, nl252, upvol_ratio, ad_volume_line, trin, nhnl_ratio, nh_nl) IS NOT NULL"));
    }

    [Fact]
    public void Volumes_that_begin_later_are_null_before_and_one_of_a_pair_alone_is_not_known()
    {
        using var lake = new TestLake();
        lake.ImportCounts("date,adv,dec,up_vol,down_vol,new_highs\n2024-01-02,6,4,,,5\n2024-01-03,7,3,80,20,5\n2024-01-04,7,3,90,,5\n2024-01-05,7,3,60,40,5\n", "nyse.csv");
        lake.Generate(Nyse);

        Assert.Equal(["?|?|?|?", "80|0.8|60|?", "?|?|60|?", "60|0.6|80|?"], lake.Query("SELECT up_vol, upvol_ratio, ad_volume_line, nh252 FROM breadth ORDER BY ts"));
    }

    [Fact]
    public void What_is_read_back_is_what_was_stored()
    {
        using var lake = new TestLake();
        lake.ImportCounts(Weeks(100), "nyse.csv");
        lake.Generate(Nyse, from: Market.Weekdays(100)[60]); // of a range the counts are read again
        Compare();
        lake.Generate(Nyse);
        Compare();

        void Compare()
        {
            var signals = SignalReader.Read(lake.Lake, Nyse, Interval.Day);
            foreach (var name in "adv issues up_vol ad_volume_line nh252 deemer_ratio mcc_sum mcc_osc_classic index_ew".Split(' '))
            {
                var column = Core.Breadth.BreadthColumns.Find(name)!;
                var stored = lake.Query($"SELECT coalesce({name}::DOUBLE, 'NaN'::DOUBLE) FROM breadth ORDER BY ts DESC LIMIT 40");
                Assert.Equal(stored, Enumerable.Range(60, 40).Reverse().Select(i => column.At(signals.Panel, i).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
    }

    [Fact]
    public void Generating_again_does_something_only_when_the_counts_changed()
    {
        using var lake = new TestLake();
        lake.ImportCounts(Weeks(90), "nyse.csv");
        lake.Generate(Nyse);
        Assert.Equal(GenerateMode.Nothing, lake.Generate(Nyse).Mode);

        lake.ImportCounts(Weeks(100), "nyse.csv");
        var more = lake.Generate(Nyse);
        Assert.Equal((GenerateMode.Full, "the counts changed", 100), (more.Mode, more.Why, more.Rows));
        Assert.Equal("100|100", lake.Value("SELECT count(*), count(DISTINCT ts) FROM breadth"));

        lake.Import(Market.Random(5, 80)); // bars are another source
        lake.Generate();
        Assert.Equal(GenerateMode.Nothing, lake.Generate(Nyse).Mode);
        Assert.Equal("80", lake.Value("SELECT count(*) FROM breadth WHERE universe = 'all'"));
    }

    [Fact]
    public void What_counts_cannot_do_is_refused_with_a_way_out()
    {
        using var lake = new TestLake();
        Assert.Contains("bf data import", Assert.Throws<JobException>(() => lake.Generate(Nyse)).Message);

        lake.ImportCounts(Weeks(30), "nyse.csv");
        Assert.Contains("bf data import-counts FILE", Assert.Throws<JobException>(() => GenerateJob.Run(lake.Lake, new(Nyse, Interval.Parse("5m")), "")).Message);
        Assert.Contains("bf signals generate --universe nyse", Assert.Throws<JobException>(() => SignalReader.Read(lake.Lake, Nyse, Interval.Day)).Message);
        var message = Assert.Throws<JobException>(() => BacktestJob.Run(lake.Lake, new(Nyse, Interval.Day, new("zbt_ema"), new(), Save: true), "")).Message;
        Assert.Contains("has no prices to trade at", message);
        Assert.Contains("bf backtest run --universe all --signal zbt_ema", message);
    }

    [Fact]
    public void A_date_with_few_issues_is_thin()
    {
        using var lake = new TestLake();
        lake.ImportCounts(Weeks(30) + "2023-06-01,7,4,1,0,0\n", "nyse.csv");

        Assert.Equal(new Core.Breadth.ThinDate(Market.Day(2023, 6, 1), 12, 100), Assert.Single(lake.Generate(Nyse).Thin));
    }

    private static string Weeks(int dates) =>
        "date,adv,dec,unch,up_vol,down_vol\n" + string.Concat(Market.Weekdays(dates).Select((ts, i) => $"{Market.Date(ts)},{20 + (i * 7 % 60)},{75 - (i * 7 % 60)},5,{(i < 70 ? "" : $"{i}")},{(i < 70 ? "" : $"{200 - i}")}\n"));

    private static string Export(TestLake lake, string columns)
    {
        var header = string.Join(',', columns.Split(", ").Select(c => c.Split(' ')[^1]));
        return $"{header}\n{string.Join('\n', lake.Query($"SELECT {columns.Replace("ts AS", "strftime(ts, '%Y-%m-%d') AS", StringComparison.Ordinal)} FROM breadth WHERE universe = 'all' ORDER BY ts").Select(r => r.Replace('|', ',')))}\n";
    }

    private static List<string> Columns(TestLake lake, string universe, string columns) => lake.Query($"SELECT ts, {columns} FROM breadth WHERE universe = '{universe}' ORDER BY ts");

    private static List<string> Thrusts(TestLake lake, string universe, string where) => lake.Query($"SELECT ts, detector, value, threshold, days_since_low FROM thrusts WHERE universe = '{universe}' AND ({where}) ORDER BY ALL");
}
