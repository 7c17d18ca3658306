using Bf.Core.Statistics;

namespace Bf.Core.Tests.Statistics;

public sealed class StationaryBootstrapTests
{
    [Fact]
    public void A_draw_is_what_joining_its_blocks_date_by_date_gives()
    {
        var random = new Random(3);
        double[] forward = [.. Enumerable.Range(0, 300).Select(i => i % 37 == 5 ? double.NaN : random.NextDouble() - 0.4)];
        int[][] fires = [[3, 4, 100, 250, 299], [5], [], [.. Enumerable.Range(0, 300)]];
        var returns = new EventReturns(forward, fires);
        var bootstrap = new StationaryBootstrap(returns, 20);
        double[][] lifts = [.. fires.Select(_ => new double[40])];
        bootstrap.Draw(new SplitMix64(7), lifts, 0, 40);

        var n = forward.Count(double.IsFinite);
        var known = Enumerable.Range(0, 300).Where(t => double.IsFinite(forward[t])).ToArray();
        var chance = new SplitMix64(7);
        for (var draw = 0; draw < 40; draw++)
        {
            var dates = new List<int>();
            while (dates.Count < n)
            {
                var start = chance.Below(n);
                var length = 1 + Math.Floor(Math.Log(chance.Share()) / Math.Log(1 - (1.0 / bootstrap.MeanBlock)));
                for (var i = 0; i < length && dates.Count < n; i++)
                {
                    dates.Add(known[(start + i) % n]);
                }
            }

            for (var d = 0; d < fires.Length; d++)
            {
                var events = dates.Where(t => fires[d].Contains(t)).ToList();
                var lift = events.Count == 0 ? double.NaN : events.Average(t => forward[t]) - dates.Average(t => forward[t]);
                Assert.Equal(lift, lifts[d][draw], 2e-9); // returns are taken to a billionth
            }
        }

        Assert.All(lifts[1].Concat(lifts[2]), lift => Assert.True(double.IsNaN(lift))); // the date of the one fire has no return
        Assert.All(lifts[3], lift => Assert.Equal(0, lift, 1e-9)); // a detector that fires on every date adds nothing
    }

    [Theory]
    [InlineData(2768, 1, 10)]
    [InlineData(2700, 5, 20)] // (2700 x 25 / 9)^(1/3) = 19.57
    [InlineData(2700, 60, 103)] // (2700 x 3600 / 9)^(1/3) = 102.6
    [InlineData(100, 60, 60)] // (100 x 3600 / 9)^(1/3) = 34.2: not below the horizon
    [InlineData(9000, 10, 47)] // 46.4
    public void The_mean_block_length_is_never_below_the_horizon(int dates, int horizon, int length) => Assert.Equal(length, StationaryBootstrap.MeanBlockOf(dates, horizon));

    [Fact]
    public void Block_lengths_are_geometric()
    {
        // the lift of a detector that fires on one date in a history of zeros, but for that date's return of 1, is 1 - its share of all dates drawn
        var forward = new double[200];
        forward[50] = 1;
        var returns = new EventReturns(forward, [[50]]);
        double[][] lifts = [new double[20_000]];
        new StationaryBootstrap(returns, 10).Draw(new SplitMix64(1), lifts, 0, 20_000);

        // a date is drawn once on average; blocks of mean length 13 make 15.4 of them: P(never) is near (1 - 13/200)^15.4 = 0.355
        double[] drawn = [.. lifts[0].Select(l => double.IsNaN(l) ? 0 : Math.Round((1 - l) * 200))];
        Assert.Equal(1, drawn.Average(), 0.02);
        Assert.InRange(drawn.Count(d => d == 0) / 20_000.0, 0.33, 0.38);
    }
}
