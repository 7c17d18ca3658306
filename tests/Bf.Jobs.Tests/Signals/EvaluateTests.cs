using System.Globalization;
using Bf.Core.Breadth.Further;
using Bf.Core.Market;
using Bf.Core.Signals;
using Bf.Core.Statistics;
using Bf.Jobs.Generate;
using Bf.Jobs.Signals;

namespace Bf.Jobs.Tests.Signals;

/// <summary>What followed the fires of the bundled sample.</summary>
public sealed class EvaluateTests(EvaluateTests.Sample sample) : IClassFixture<EvaluateTests.Sample>
{
    private static readonly int[] Horizons = [1, 20, 250];

    /// <summary>The sample with its signals. Its tests write no more than counts.</summary>
    public sealed class Sample : IDisposable
    {
        public Sample()
        {
            Lake.Import(Repository.Sample);
            Lake.Generate();
        }

        internal TestLake Lake { get; } = new();

        public void Dispose() => Lake.Dispose();
    }

    [Fact]
    public void Plain_figures_are_those_that_SQL_finds_in_the_tables()
    {
        var result = Run(Universe.All, Universe.All);

        Assert.Equal([.. Detectors.All.SelectMany(d => Horizons.Select(h => (d.Name, h)))], result.Results.Select(r => (r.Detector, r.Outcome.Horizon)));
        foreach (var h in Horizons)
        {
            var rows = sample.Lake.Query($"""
                WITH i AS (SELECT ts, lead(index_ew, {h}) OVER w / index_ew - 1 AS r, lead(index_ew, {h + 1}) OVER w / lead(index_ew, 1) OVER w - 1 AS n FROM breadth WHERE universe = 'all' WINDOW w AS (ORDER BY ts))
                SELECT detector, count(r), avg(r), avg(n), median(r), avg((r > 0)::INT) FILTER (r IS NOT NULL), min(r), (SELECT count(r) FROM i), (SELECT avg(r) FROM i), (SELECT avg((r > 0)::INT) FILTER (r IS NOT NULL) FROM i)
                FROM thrusts JOIN i USING (ts) WHERE universe = 'all' GROUP BY detector
                """).Select(row => row.Split('|')).ToDictionary(row => row[0]);
            foreach (var r in result.Results.Where(r => r.Outcome.Horizon == h))
            {
                var o = r.Outcome;
                double?[] found = [o.Events, o.Mean, o.MeanNext, o.Median, o.HitRate, o.Worst, o.BaseDates, o.BaseMean, o.BaseHitRate];
                var expected = rows.TryGetValue(r.Detector, out var row) ? row[1..].Select(v => v == "?" ? double.NaN : double.Parse(v, CultureInfo.InvariantCulture)) : [];
                Assert.Equal(expected, row is null ? [] : found.Select(v => v ?? double.NaN), (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-12);
                Assert.Equal(row is null, o.Events == 0 && o.Mean is null);
            }
        }
    }

    [Fact]
    public void Detectors_that_could_not_fire_are_told_from_those_that_did_not()
    {
        var unseen = Run(Universe.All, Universe.All).Unseen;

        Assert.Equal("Could not fire, because what they read has no value on any date: lowry90 (points_up, points_down). Computed by: bf signals generate --indicators points_up_share", unseen);
        using var asked = new TestLake();
        asked.Import(Repository.Sample);
        GenerateJob.Run(asked.Lake, new([Universe.All], Interval.Day, null, null, Force: false) { Settings = GenerateSettings.Usual with { Indicators = FurtherSet.Resolve("points_up") } }, "test");
        Assert.Null(EvaluateJob.Run(asked.Lake, new(Universe.All, Universe.All, Interval.Day, [], Horizons, 100, 1), default).Unseen);
        asked.ImportCounts("date,adv,dec\n2018-06-04,90,10\n2018-06-05,60,40\n", "nyse.csv");
        asked.Generate(Universe.OfCounts("nyse"));
        var counted = EvaluateJob.Run(asked.Lake, new(Universe.OfCounts("nyse"), Universe.All, Interval.Day, ["zbt_ema", "upvol90", "lowry90"], Horizons, 100, 1), default).Unseen;
        Assert.Equal("Could not fire, because what they read has no value on any date: upvol90 (upvol_ratio); lowry90 (up_vol, down_vol, points_up, points_down).", counted);
    }

    [Fact]
    public void A_universe_of_counts_follows_the_index_of_another_one_on_the_dates_that_both_have()
    {
        var whole = sample.Lake.Query("SELECT strftime(ts, '%Y-%m-%d'), adv, dec FROM breadth WHERE universe = 'all' ORDER BY ts").Select(row => row.Replace('|', ',')).ToList();
        sample.Lake.ImportCounts("date,adv,dec\n2017-12-28,90,10\n" + string.Join('\n', whole) + "\n", "nyse.csv"); // the sample begins in 2018
        sample.Lake.Generate(Universe.OfCounts("nyse"));
        var own = Run(Universe.All, Universe.All);

        var counted = Run(Universe.OfCounts("nyse"), Universe.All);

        Assert.Equal((own.Dates + 1, 1, 0), (counted.Dates, counted.DatesLeftOut, counted.FiresLeftOut));
        var deemer = Detectors.Find("deemer_1.97")!.Name;
        Assert.True(own.Results.First(r => r.Detector == deemer).Outcome.Events > 5);
        Assert.Equal(own.Results.Where(r => r.Detector == deemer).Select(Figures), counted.Results.Where(r => r.Detector == deemer).Select(Figures));
        Assert.Equal(0, counted.Results.First(r => r.Detector == "upvol90").Outcome.Events); // no volumes were given
    }

    [Fact]
    public void One_detector_has_the_figures_that_it_has_among_all()
    {
        var all = Run(Universe.All, Universe.All);
        var one = Run(Universe.All, Universe.All, "DEEMER_1.97");

        Assert.Equal(all.Results.Where(r => r.Detector == "deemer_1.97").Select(Figures), one.Results.Select(Figures));
    }

    [Fact]
    public void What_cannot_be_evaluated_is_said()
    {
        Assert.Contains("zbt_ema", Assert.Throws<JobException>(() => Run(Universe.All, Universe.All, "zbt")).Message);
        Assert.Contains("--index all", Assert.Throws<JobException>(() => Run(Universe.OfCounts("nyse"), Universe.OfCounts("nyse"))).Message);
        Assert.Throws<OperationCanceledException>(() => EvaluateJob.Run(sample.Lake.Lake, new(Universe.All, Universe.All, Interval.Day, [], [5], 1000, 1), new CancellationToken(canceled: true)));
    }

    private EvaluateResult Run(Universe universe, Universe index, params string[] detectors) =>
        EvaluateJob.Run(sample.Lake.Lake, new(universe, index, Interval.Day, detectors, Horizons, 200, 7), default);

    private static (int, double?, double?, double?, double?, double?) Figures(EventResult r) => (r.Outcome.Horizon, r.Outcome.Mean, r.Outcome.BaseMean, r.Low, r.High, r.PValue);
}
