using System.Text.Json;

namespace Bf.EndToEnd;

/// <summary><c>bf backtest grid</c> by the program.</summary>
public sealed class GridTests(SmallLake lake) : IClassFixture<SmallLake>
{
    private BfProgram Bf => lake.Bf;

    [Fact]
    public void A_grid_answers_with_a_row_a_pair()
    {
        var json = Bf.Run("backtest", "grid", "--symbols", "S00", "--strategy", "sma-cross", "--fast", "2..6:2", "--slow", "5,10,20",
            "--initial-capital", "1000", "--fees", "0.002", "--fill", "same-close", "--json").Done().Json;

        Assert.Equal((8, 1, 400), (json.GetProperty("trials").GetInt32(), json.GetProperty("left_out").GetInt32(), json.GetProperty("bars").GetInt32()));
        Assert.True(json.GetProperty("timings").GetProperty("grid_ms").GetDouble() > 0);
        var results = json.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal([(2, 5), (2, 10), (2, 20), (4, 5), (4, 10), (4, 20), (6, 10), (6, 20)], results.Select(r => (r.GetProperty("fast").GetInt32(), r.GetProperty("slow").GetInt32())));
        Assert.All(results, r => Assert.Equal((r.GetProperty("final_value").GetDouble() / 1000) - 1, r.GetProperty("total_return").GetDouble(), 1e-12));
        Assert.All(results, r => Assert.True(r.GetProperty("orders").GetInt32() > 0 && r.GetProperty("max_drawdown").GetDouble() < 0 && r.GetProperty("sharpe").ValueKind == JsonValueKind.Number));
        Assert.Equal(results.Max(r => r.GetProperty("sharpe").GetDouble()), json.GetProperty("best").GetProperty("sharpe").GetDouble());
        Assert.Equal(8, json.GetProperty("statistics").GetProperty("trials").GetInt32());
        Assert.InRange(json.GetProperty("statistics").GetProperty("deflated_sharpe").GetDouble(), 0, 1);
        Assert.InRange(json.GetProperty("statistics").GetProperty("pbo").GetDouble(), 0, 1);
    }

    [Fact]
    public void The_same_grid_gives_the_same_results()
    {
        var (one, two) = (Results(), Results());
        Assert.Equal(one, two);

        string Results() => Bf.Run("backtest", "grid", "--symbols", "S01", "--fast", "2..20", "--slow", "21..60", "--walk-forward", "rolling", "--train", "100", "--test", "50", "--json").Done().Json is var json
            ? json.GetProperty("results").GetRawText() + json.GetProperty("statistics").GetRawText() + json.GetProperty("walk_forward").GetRawText() : "";
    }

    [Fact]
    public void A_walk_forward_tells_choice_and_outcome_of_each_window()
    {
        var walk = Bf.Run("backtest", "grid", "--symbols", "S01", "--fast", "2,5", "--slow", "10,20", "--walk-forward", "anchored", "--train", "200", "--test", "80", "--json").Done().Json.GetProperty("walk_forward");

        var windows = walk.GetProperty("windows").EnumerateArray().ToArray();
        Assert.Equal(3, windows.Length);
        Assert.All(windows, w => Assert.Equal(windows[0].GetProperty("train_from").GetString(), w.GetProperty("train_from").GetString()));
        Assert.All(windows, w => Assert.True(string.CompareOrdinal(w.GetProperty("train_to").GetString(), w.GetProperty("test_from").GetString()) < 0));
        var chained = windows.Aggregate(1.0, (value, w) => value * (1 + w.GetProperty("out_of_sample").GetProperty("total_return").GetDouble()));
        Assert.Equal(chained - 1, walk.GetProperty("chained").GetProperty("total_return").GetDouble(), 1e-12);
    }

    [Fact]
    public void Signals_with_their_holding_times_go_through_the_same_grid()
    {
        var json = Bf.Run("backtest", "grid", "--strategy", "thrust", "--signal", "UPVOL90,zbt_ema", "--hold", "5,20,60", "--json").Done().Json;

        Assert.Equal(6, json.GetProperty("trials").GetInt32());
        var first = json.GetProperty("results")[0];
        Assert.Equal(("upvol90", 5, "next-open"), (first.GetProperty("signal").GetString(), first.GetProperty("hold_days").GetInt32(), json.GetProperty("fill").GetString()));
    }

    [Fact]
    public void The_map_in_text_has_a_row_a_length_and_frames_the_best()
    {
        var lines = Bf.Run("backtest", "grid", "--symbols", "S00", "--fast", "2..5", "--slow", "6..25", "--heat-map", "sharpe", "--no-statistics").Done().Lines;
        var head = Array.FindIndex(lines, l => l.StartsWith("sharpe: slow down, fast across", StringComparison.Ordinal));

        Assert.Equal(["2", "3", "4", "5"], lines[head + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(Enumerable.Range(6, 20).Select(i => $"{i}"), lines[(head + 2)..(head + 22)].Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
        Assert.Single(lines[(head + 2)..(head + 22)], l => l.Contains('[', StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_is_written_where_it_was_asked_for()
    {
        var said = Bf.Run("backtest", "grid", "--symbols", "S00", "--fast", "2..5", "--slow", "6..25", "--walk-forward", "rolling", "--train", "100", "--test", "100", "--html", "pages/grid.html").Done();
        var page = File.ReadAllText(Path.Combine(Bf.Path, "pages", "grid.html"));

        Assert.Contains("page: ", said.Out);
        Assert.Contains("was best of 80 settings", page);
        Assert.Contains("Walk forward, rolling", page);
        Assert.Equal(4, page.Split("<svg").Length - 1);
    }

    [Theory]
    [InlineData("--symbols S00 --fast 5..x", "--fast")]
    [InlineData("--symbols S00 --fast 0..3", "whole, from 1")]
    [InlineData("--symbols S00 --slow 2.5", "whole, from 1")]
    [InlineData("--symbols S00 --slow 30..20", "no range")]
    [InlineData("--symbols S00 --fill next-open", "same-close")]
    [InlineData("--strategy score --buy 101", "no score")]
    [InlineData("--strategy thrust --fill never", "next-open")]
    [InlineData("--strategy thrust --signal nope", "zbt_ema")]
    [InlineData("--strategy thrust --signal zbt_ema,zbt_ema", "twice")]
    [InlineData("--symbols S00 --walk-forward rolling --train 1", "--train")]
    [InlineData("--symbols S00 --fees 2", "--commission-rate is 2")]
    [InlineData("--symbols S00 --html x.html --fast 1..300 --slow 1..300", "--html")]
    [InlineData("--strategy grid", "sma-cross")]
    [InlineData("--strategy rsi", "sma-cross")]
    public void What_is_wrong_is_said_before_anything_is_read(string options, string says)
    {
        var result = Bf.Run(["backtest", "grid", .. options.Split(' ')]);
        Assert.Equal((2, ""), (result.Code, result.Out));
        Assert.Contains(says, result.Error);
    }
}
