using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>A made-up market from fetch to thrusts, by the program.</summary>
public sealed class SyntheticTests(SyntheticTests.Fetched market) : IClassFixture<SyntheticTests.Fetched>
{
    private static readonly string[] Fetch = ["data", "fetch", "--source", "synthetic", "--count", "300", "--years", "6", "--json"];

    /// <summary>A lake with 300 symbols and 6 years, fetched and generated. Its tests only read.</summary>
    public sealed class Fetched : IDisposable
    {
        public Fetched()
        {
            Fetch = Bf.Run(SyntheticTests.Fetch).Done();
            Bf.Run("signals", "generate", "--quiet").Done();
        }

        internal BfProgram Bf { get; } = new();

        internal BfResult Fetch { get; }

        public void Dispose() => Bf.Dispose();
    }

    [Fact]
    public void The_thrusts_of_the_lake_contain_those_that_were_planted()
    {
        var planted = market.Fetch.Json.GetProperty("planted").EnumerateArray().Select(p => $"{p.GetProperty("date")},{p.GetProperty("detector")}").ToList();
        var found = market.Bf.Run("query", "SELECT ts::DATE, detector FROM thrusts", "--format", "csv").Done().Lines.Skip(1).ToList();

        Assert.Equal(24, planted.Count);
        Assert.Empty(planted.Except(found));
        Assert.InRange(found.Count(f => f.Contains("zbt")), 12, 24);
    }

    [Fact]
    public void Bars_and_breadth_are_the_same_on_every_machine()
    {
        var sums = market.Bf.Run("query", "SELECT (SELECT count(*) FROM bars_1d), (SELECT sum(volume)::VARCHAR FROM bars_1d), sum(adv), sum(dec), sum(nh252) FROM breadth", "--format", "csv").Done().Lines[1];

        Assert.Equal("347886,661945618113,179022,168530,13792", sums);
    }

    [Fact]
    public void A_market_fetched_year_by_year_equals_one_fetched_at_once()
    {
        using var bf = new BfProgram();
        var first = bf.Run([.. Fetch, "--end-date", "2021-06-30"]).Done().Json;
        var second = bf.Run([.. Fetch, "--end-date", "2024-12-31"]).Done().Json;
        Assert.Contains(second.GetProperty("symbols").EnumerateArray(), s => s.GetProperty("readjusted").GetBoolean()); // a split since then
        Assert.Equal(0, bf.Run([.. Fetch, "--end-date", "2024-12-31"]).Done().Json.GetProperty("rows").GetInt64());
        Assert.True(first.GetProperty("planted").GetArrayLength() < second.GetProperty("planted").GetArrayLength());

        const string Bars = "SELECT count(*), sum(hash(symbol, ts, open, high, low, close, adj_close, volume)::HUGEINT)::VARCHAR FROM bars_1d";
        Assert.Equal(market.Bf.Run("query", Bars, "--format", "csv").Done().Out, bf.Run("query", Bars, "--format", "csv").Done().Out);
    }

    [Fact]
    public void Five_minute_bars_are_there_too()
    {
        using var bf = new BfProgram();
        bf.Run("data", "fetch", "--source", "synthetic", "--count", "3", "--years", "1", "--interval", "5m", "--start-date", "2024-11-25").Done();

        Assert.Equal("2024-11-29 14:30:00+00,2024-11-29 17:55:00+00,42", bf.Run("query", "SELECT min(ts)::VARCHAR, max(ts)::VARCHAR, count(DISTINCT ts) FROM bars_5m WHERE ts::DATE = '2024-11-29'", "--format", "csv").Done().Lines[1]);
    }

    [Fact]
    public void A_made_up_market_is_kept_apart_from_real_bars()
    {
        using var bf = new BfProgram();
        bf.Write("baba.csv", Market.Csv(Market.Random(1, 5)));
        bf.Run("data", "import", "baba.csv").Done();
        var before = bf.Everything();
        var result = bf.Run("data", "fetch", "--source", "synthetic", "--count", "3", "--years", "1");

        Assert.Equal(2, result.Code);
        Assert.Contains("a lake of its own: --lake DIR", result.Error);
        Assert.Equal(before, bf.Everything());
        bf.Run("data", "fetch", "--source", "synthetic", "--count", "3", "--years", "1", "--lake", "made-up").Done();
        bf.Run("data", "fetch", "--source", "synthetic", "--count", "4", "--years", "1", "--lake", "made-up").Done();
    }

    [Fact]
    public void Named_symbols_are_made_up_under_their_names_from_the_first_session_to_the_last()
    {
        using var bf = new BfProgram();
        var result = bf.Run("data", "fetch", "--source", "synthetic", "--symbol-list", "demo_small", "--years", "1").Done();

        Assert.Contains("made up", result.Out);
        Assert.Equal(["symbols,sessions", "10,252"], bf.Run("query", "SELECT count(DISTINCT symbol) AS symbols, count(DISTINCT ts) AS sessions FROM bars_1d", "--format", "csv").Done().Lines);
    }

    [Theory]
    [InlineData("--count x", "--count x: write a whole number")]
    [InlineData("--count 0", "1 to 100000 symbols")]
    [InlineData("--seed 99999999999999999999", "write a whole number")]
    [InlineData("--years 3 --end-date 2020-01-01", "begins on 2022-01-01")]
    [InlineData("--interval 1h", "no bars of 1h")]
    [InlineData("--symbols AAPL --count 5", "--count says how many symbols are invented")]
    public void A_wrong_option_is_wrong_usage_and_makes_no_lake(string options, string says)
    {
        using var bf = new BfProgram();
        var result = bf.Run(["data", "fetch", "--source", "synthetic", .. options.Split(' ')]);

        Assert.Equal((2, true), (result.Code, result.Error.Contains(says)));
        Assert.Empty(bf.Everything());
    }
}
