using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Jobs.Generate;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Tests.Generate;

/// <summary>Indicators that are computed where they were asked for: from whole bars, of any length, by symbol.</summary>
public sealed class FurtherIndicatorTests
{
    private const int Days = 275;
    private static readonly List<Bar> All = Market.Random(9, Days);
    private static readonly long[] Dates = Market.Weekdays(Days);

    [Fact]
    public void They_are_null_until_asked_for_and_again_when_no_longer()
    {
        using var lake = new TestLake();
        lake.Import(All);
        lake.Generate();
        var usual = lake.Results();
        Assert.Equal("0|0|0", lake.Value("SELECT count(pct_above_sma100), count(nh63), count(points_up) FROM breadth"));

        Assert.Equal(GenerateMode.Full, Generate(lake, "all").Mode);
        Assert.Equal($"{Days - 99}|{Days}|{Days}", lake.Value("SELECT count(pct_above_sma100), count(nh63), count(points_up) FROM breadth"));

        lake.Generate();
        Assert.Equal(usual, lake.Results());
    }

    [Theory]
    [InlineData("above_sma100", "100 * t > sum(t) OVER (w ROWS 99 PRECEDING) AND n >= 100")]
    [InlineData("above_sma7", "7 * t > sum(t) OVER (w ROWS 6 PRECEDING) AND n >= 7")]
    [InlineData("above20_200", "20 * t > sum(t) OVER (w ROWS 19 PRECEDING) AND 200 * t > sum(t) OVER (w ROWS 199 PRECEDING) AND n >= 200")]
    [InlineData("nh63", "t = max(t) OVER (w ROWS 62 PRECEDING) AND n >= 63")]
    [InlineData("nl20_hl", "l = min(l) OVER (w ROWS 19 PRECEDING) AND n >= 20")]
    [InlineData("nh5_hl", "h = max(h) OVER (w ROWS 4 PRECEDING) AND n >= 5")]
    public void Counts_are_those_of_windows_in_sql(string column, string holds)
    {
        using var lake = new TestLake();
        lake.Import(All);
        Generate(lake, $"all,{column}");

        var oracle = lake.Query($"""
            WITH bars AS (SELECT symbol, ts, round(adj_close * 1e6)::HUGEINT AS t, round(high * adj_close / close * 1e6)::HUGEINT AS h, round(low * adj_close / close * 1e6)::HUGEINT AS l,
                    row_number() OVER (PARTITION BY symbol ORDER BY ts) AS n FROM bars_1d),
                 flags AS (SELECT ts, {holds.Replace("w ", "PARTITION BY symbol ORDER BY ts ", StringComparison.Ordinal)} AS f FROM bars)
            SELECT ts, count(*) FILTER (f)::BIGINT FROM flags GROUP BY ts ORDER BY ts
            """);
        Assert.Equal(oracle, lake.Query($"SELECT ts, {column} FROM breadth ORDER BY ts"));
        Assert.NotEqual("0", lake.Value($"SELECT sum({column}) FROM breadth"));
    }

    [Fact]
    public void Day_by_day_they_are_what_they_are_at_once()
    {
        using var lake = new TestLake();
        foreach (var (from, to) in new[] { (0, 260), (260, 270), (270, Days) })
        {
            lake.Import(All.Where(b => b.Ts >= Dates[from] && b.Ts <= Dates[to - 1]));
            var result = Generate(lake, "all");
            Assert.Equal((GenerateMode.Full, from == 0 ? "first run" : "indicators that are made from whole histories"), (result.Mode, result.Why));
        }

        Assert.Equal(GenerateMode.Nothing, Generate(lake, "all").Mode);

        using var atOnce = new TestLake();
        atOnce.Import(All);
        Generate(atOnce, "all");
        Assert.Equal(atOnce.Results(withState: true), lake.Results(withState: true));
    }

    [Fact]
    public void What_is_read_back_has_them()
    {
        using var lake = new TestLake();
        lake.Import(All);
        Generate(lake, "pct_above_ema30,points_up_share");
        var signals = SignalReader.Read(lake.Lake, Universe.All, Interval.Day);

        Assert.Equal("pct_above_ema30,points_up_share", signals.Settings.Indicators.Text);
        Assert.All(signals.Settings.Indicators.Counts, name => Assert.Equal(lake.Query($"SELECT {name} FROM breadth ORDER BY ts"), signals.Panel.Tally.Further(name)!.Select(v => v.ToString())));

        // rows of a range were stored: the counts are made again from the bars
        Generate(lake, "pct_above_ema30,points_up_share", from: Dates[^5]);
        var again = SignalReader.Read(lake.Lake, Universe.All, Interval.Day);
        Assert.Equal(signals.Panel.Tally.Further("points_up"), again.Panel.Tally.Further("points_up"));
    }

    private static GenerateResult Generate(TestLake lake, string indicators, long? from = null) =>
        GenerateJob.Run(lake.Lake, new(Universe.All, Interval.Day, from) { Settings = GenerateSettings.Usual with { Indicators = FurtherSet.Resolve(indicators) } }, "test");
}
