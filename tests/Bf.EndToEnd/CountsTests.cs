using System.Text.Json;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary>An exchange's own counts, from a file to thrusts, by the program.</summary>
public sealed class CountsTests(CountsTests.Exchange exchange) : IClassFixture<CountsTests.Exchange>
{
    /// <summary>A lake with the counts of 400 dates and nothing else. Its tests only read.</summary>
    public sealed class Exchange : IDisposable
    {
        public Exchange()
        {
            var rows = Market.Weekdays(400).Select((ts, i) => $"{Market.Date(ts)};{1_000 + (900 * Math.Sin(i / 9.0)):#,0};{1_000 - (900 * Math.Sin(i / 9.0)):#,0}\n".Replace(',', '.'));
            Bf.Write("NYSE.csv", $"Date;Advancing;Declining\n{string.Concat(rows)}2023-01-07;many;2\n");
            Import = Bf.Run("data", "import-counts", "NYSE.csv").Done();
            Generate = Bf.Run("signals", "generate", "--universe", "nyse", "--json").Done();
        }

        internal BfProgram Bf { get; } = new();

        internal BfResult Import { get; }

        internal BfResult Generate { get; }

        public void Dispose() => Bf.Dispose();
    }

    private BfProgram Bf => exchange.Bf;

    [Fact]
    public void Importing_says_what_came_what_did_not_and_what_is_next()
    {
        Assert.StartsWith("nyse: 400 dates added, 0 changed, 0 as they were, from 401 rows\n1 row went to quarantine:\n  1 x unreadable_number: ", exchange.Import.Out);
        Assert.EndsWith("next: bf signals generate --universe nyse\n", exchange.Import.Out);
        Assert.Equal(("nyse", "full", 400), (exchange.Generate.Json.GetProperty("universe").GetString(), exchange.Generate.Json.GetProperty("mode").GetString(), exchange.Generate.Json.GetProperty("rows").GetInt32()));
        Assert.True(exchange.Generate.Json.GetProperty("thrusts").GetInt32() > 3);
    }

    [Theory]
    [InlineData("signals list")]
    [InlineData("signals show")]
    [InlineData("signals summary")]
    [InlineData("signals explain")]
    public void Commands_that_read_signals_know_the_universe_and_write_nothing(string line)
    {
        var before = Bf.Everything();
        string[] words = [.. line.Split(' '), "--universe", "NYSE"];

        Assert.Contains("nyse", Bf.Run(words).Done().Out);
        Assert.NotEqual(JsonValueKind.Undefined, Bf.Run([.. words, "--json"]).Done().Json.ValueKind);
        Assert.Equal(before, Bf.Everything());
    }

    [Fact]
    public void Counts_have_no_index_to_follow_and_the_error_names_the_option()
    {
        var result = Bf.Run("signals", "evaluate", "all", "--universe", "nyse");

        Assert.Equal(2, result.Code);
        Assert.Contains("bf signals evaluate --universe nyse --index all", result.Error);
    }

    [Fact]
    public void What_the_counts_do_not_say_is_no_number()
    {
        var shown = Bf.Run("signals", "show", "--universe", "nyse", "--json").Done().Json;
        foreach (var name in "bars unch up_vol nh252 pct_above50 upvol_ratio ad_volume_line nh_nl index_ew".Split(' '))
        {
            Assert.Equal(JsonValueKind.Null, shown.GetProperty("breadth").GetProperty(name).ValueKind);
        }

        Assert.Equal(JsonValueKind.Null, shown.GetProperty("score").ValueKind);
        Assert.True(shown.GetProperty("breadth").GetProperty("mcc_sum").GetDouble() != 0);
        var summary = Bf.Run("signals", "summary", "--universe", "nyse").Done().Out;
        Assert.Contains("no score (imported counts do not say how many stocks stand above their means)", summary);
        Assert.Matches(@"new highs / new lows +- / -", summary);
    }

    [Theory]
    [InlineData("backtest run --universe nyse", "has no prices to trade at")]
    [InlineData("data quality --universe nyse", "has no bars to look at")]
    [InlineData("data import-counts NYSE.csv --universe all", "every symbol of the lake")]
    [InlineData("data import-counts NYSE.csv --universe dow30", "is the symbol list")]
    [InlineData("data import-counts none.csv", "no such file")]
    [InlineData("signals generate --universe nyse --interval 5m", "bf data import-counts FILE")]
    public void What_cannot_be_done_is_said_with_a_way_out(string line, string why)
    {
        var result = Bf.Run(line.Split(' '));

        Assert.Equal((1, ""), (result.Code, result.Out));
        Assert.StartsWith("error: ", result.Error);
        Assert.Contains(why, result.Error);
    }

    [Fact]
    public void A_name_that_is_nearly_right_is_corrected_and_a_shell_completes_it()
    {
        var wrong = Bf.Run("signals", "summary", "--universe", "nys");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("Did you mean nyse?", wrong.Error);
        Assert.Equal(["nyse"], Bf.Run("[suggest:32]", "bf signals summary --universe ny").Done().Lines);
    }
}
