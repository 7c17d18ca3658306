using System.Text.Json;

namespace Bf.EndToEnd;

/// <summary><c>bf signals evaluate</c> by the program, on a small lake.</summary>
public sealed class EvaluateTests(SmallLake lake) : IClassFixture<SmallLake>
{
    private BfProgram Bf => lake.Bf;

    [Fact]
    public void The_document_has_a_result_for_each_detector_and_horizon_and_nothing_is_written()
    {
        var before = Bf.Everything();
        var names = Bf.Run("signals", "list", "--json").Done().Json.EnumerateArray().Select(d => d.GetProperty("name").GetString()).ToList();

        var json = Bf.Run("signals", "evaluate", "all", "--horizons", "5,20", "--draws", "300", "--json").Done().Json;

        var results = json.GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(names.SelectMany(n => new[] { (n, 5), (n, 20) }), results.Select(r => (r.GetProperty("detector").GetString(), r.GetProperty("horizon").GetInt32())));
        string[] figures = ["events", "mean", "mean_next", "median", "hit_rate", "worst", "base_mean", "base_hit_rate", "lift", "ci_low", "ci_high", "p_value", "q_value"];
        Assert.All(results, r => Assert.All(figures, f => Assert.NotEqual(JsonValueKind.Undefined, (r.TryGetProperty(f, out var v) ? v : default).ValueKind)));
        Assert.All(results.Where(r => r.GetProperty("events").GetInt32() == 0), r => Assert.All(
            (string[])["mean", "mean_next", "median", "hit_rate", "worst", "lift", "ci_low", "ci_high", "p_value", "q_value"], f => Assert.Equal(JsonValueKind.Null, r.GetProperty(f).ValueKind)));
        Assert.Contains(results, r => r.GetProperty("p_value").ValueKind == JsonValueKind.Number);
        Assert.Equal(("all", "all", 300, 1, false), (json.GetProperty("universe").GetString(), json.GetProperty("index").GetString(), json.GetProperty("draws").GetInt32(), json.GetProperty("seed").GetInt32(), json.GetProperty("point_in_time").GetBoolean()));
        Assert.Equal(before, Bf.Everything());
    }

    [Fact]
    public void The_same_seed_gives_the_same_text_and_another_one_another()
    {
        string Text(string seed) => Bf.Run("signals", "evaluate", "upvol90", "--horizons", "5", "--draws", "200", "--seed", seed).Done().Out;

        var text = Text("3");
        Assert.Equal(text, Text("3"));
        Assert.NotEqual(text, Text("4"));
        Assert.Matches(@"(?m)^any date +5 +395 ", text);
        Assert.Matches(@"(?m)^upvol90 +5 +\d+ +\d+ +[+-]\d", text);
        Assert.Contains("not point-in-time", text);
        Assert.Contains("next: bf backtest run --signal upvol90", text);
    }

    [Fact]
    public void Detectors_may_be_separated_by_commas_and_one_that_could_not_fire_is_named()
    {
        var json = Bf.Run("signals", "evaluate", "upvol90,lowry90", "--horizons", "5", "--draws", "100", "--json").Done().Json;

        Assert.Equal(["upvol90", "lowry90"], json.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("detector").GetString()));
        Assert.Contains(json.GetProperty("notes").EnumerateArray(), n => n.GetString()!.Contains("lowry90 (points_up, points_down)"));
        Assert.Contains("lowry90 (points_up, points_down)", Bf.Run("backtest", "run", "--signal", "lowry90").Done().Error);
        Assert.Contains("lowry90 (points_up, points_down)", Bf.Run("backtest", "grid", "--strategy", "thrust", "--signal", "upvol90,lowry90", "--hold", "10,20").Done().Error);
        Assert.Contains("lowry90 (points_up, points_down)", Bf.Run("signals", "list").Done().Out);
    }

    [Fact]
    public void A_horizon_that_no_fire_has_before_it_is_said_to_be_too_long() =>
        Assert.Contains("no detector has a fire with so many dates after it", Bf.Run("signals", "evaluate", "upvol90", "--horizons", "5000", "--draws", "100").Done().Out);

    [Fact]
    public void The_catalogue_of_a_universe_without_results_says_how_to_make_them() =>
        Assert.Contains("bf signals generate --universe demo_small", Bf.Run("signals", "list", "--universe", "demo_small").Done().Out);

    [Fact]
    public void An_indicator_that_the_environment_names_wrongly_is_blamed_on_the_setting()
    {
        var result = Bf.Run(["signals", "generate"], null, ("BF_INDICATORS", "sma100"));

        Assert.Equal(2, result.Code);
        Assert.Contains("BF_INDICATORS: no indicator 'sma100'. Did you mean pct_above_sma100?", result.Error);
    }

    [Theory]
    [InlineData("zbt", "no detector 'zbt'; there are all, zbt_ema")]
    [InlineData("all --horizons 5,x", "--horizons")]
    [InlineData("all --horizons 5,5", "each once")]
    [InlineData("all --horizons 0", "from 1 on")]
    [InlineData("all --draws 10", "--draws: a number from 100 to 200000")]
    [InlineData("all --draws 1e4", "--draws")]
    [InlineData("all --seed x", "--seed")]
    [InlineData("all --index nowhere", "--index: no universe or symbol list 'nowhere'")]
    public void Wrong_usage_is_exit_code_2(string words, string meant)
    {
        var result = Bf.Run(["signals", "evaluate", .. words.Split(' ')]);

        Assert.Equal(2, result.Code);
        Assert.Contains(meant, result.Error);
    }
}
