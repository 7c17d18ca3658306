namespace Bf.Sources.Tests.Synthetic;

public sealed class PlantedThrustTests
{
    [Theory]
    [InlineData(400, 6, 1, 0)]
    [InlineData(400, 20, 2, 0)]
    [InlineData(1500, 5, 3, 0)]
    [InlineData(60, 10, 4, 1)]
    [InlineData(20, 3, 5, 1)]
    public void Every_planted_thrust_is_found_by_its_detector_and_few_others_are(int count, int years, long seed, int sessionsOff)
    {
        var market = Markets.Of(count, years, seed);
        var sessions = market.Sessions.ToList();
        var fires = Markets.Fires(market);

        Assert.Equal(4 * years, market.Thrusts.Count);
        Assert.All(market.Thrusts, t => Assert.Contains(fires[t.Detector], d => Math.Abs(sessions.IndexOf(d) - sessions.IndexOf(t.Date)) <= sessionsOff));
        Assert.All((string[])["zbt_ema", "zbt_sma"], zweig => Assert.InRange(fires[zweig].Count, years, 2 * years));
    }

    [Fact]
    public void A_thrust_after_the_markets_end_is_not_told()
    {
        var whole = Markets.Of(1, 3);
        var cut = Markets.Of(1, 3, end: whole.Thrusts[5].Date);

        Assert.Equal(whole.Thrusts.Where(t => t.Date <= whole.Thrusts[5].Date), cut.Thrusts);
    }
}
