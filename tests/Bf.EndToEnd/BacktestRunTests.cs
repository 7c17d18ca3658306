using System.Text.Json;
using Bf.Jobs.Tests;

namespace Bf.EndToEnd;

/// <summary><c>bf backtest run</c> by the program, on a small lake.</summary>
public sealed class BacktestRunTests(SmallLake lake) : IClassFixture<SmallLake>
{
    [Fact]
    public void The_document_says_what_fired_what_was_taken_and_with_which_settings()
    {
        var json = Run("--signal", "upvol90", "--exit", "score", "--cash-rate", "0.02", "--slippage-bps", "20").Json;

        Assert.True(json.GetProperty("fired").GetInt32() >= json.GetProperty("taken").GetInt32());
        Assert.True(json.GetProperty("interest").GetDouble() > 0);
        Assert.Equal(0, json.GetProperty("borrow").GetDouble());
        var settings = json.GetProperty("settings");
        Assert.Equal(("upvol90", "score", 0.002), (settings.GetProperty("signal").GetString(), settings.GetProperty("exit").GetString(), settings.GetProperty("slippage_rate").GetDouble()));
        Assert.Equal(JsonValueKind.Null, settings.GetProperty("hold_days").ValueKind);
        Assert.Equal(60, lake.Bf.Run("backtest", "run", "--signal", "upvol90", "--json").Done().Json.GetProperty("settings").GetProperty("hold_days").GetInt32());
    }

    [Fact]
    public void The_same_run_twice_gives_the_same_bytes()
    {
        string[] Results() => [.. Run("--signal", "upvol90", "--side", "short", "--hold-days", "9", "--sizing", "volatility").Json.EnumerateObject()
            .Where(p => p.Name is not ("run" or "timings" or "resources")).Select(p => $"{p.Name}: {p.Value.GetRawText()}")];

        Assert.Equal(Results(), Results());
    }

    [Fact]
    public void A_fill_at_the_same_close_is_warned_of()
    {
        var text = lake.Bf.Run("backtest", "run", "--fill", "same-close").Done();

        Assert.Contains("nobody could have had", text.Error);
        Assert.Contains("nobody could have had", Assert.Single(Run("--fill", "same-close").Json.GetProperty("warnings").EnumerateArray()).GetString());
        Assert.Empty(Run("--fill", "next-open").Json.GetProperty("warnings").EnumerateArray());
    }

    [Fact]
    public void The_text_tells_signals_from_those_taken_and_costs_from_what_is_not_counted()
    {
        var text = lake.Bf.Run("backtest", "run", "--signal", "upvol90", "--side", "short").Done().Out;

        Assert.Matches("[0-9]+ signals?, [0-9]+ taken, [0-9]+ trades, all short, in equal parts, held 60 dates", text);
        Assert.Matches("costs +[0-9,.]+ +not counted +not counted", text);
        Assert.Contains("of that for borrowing", text);
    }

    [Fact]
    public void Every_command_of_the_page_runs()
    {
        var commands = File.ReadLines(Path.Combine(Repository.Root, "docs", "backtesting.md")).Where(l => l.StartsWith("    bf ", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(commands);
        Assert.All(commands, c => Assert.Contains("equity at the end", lake.Bf.Run(c.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]).Done().Out));
    }

    private BfResult Run(params string[] options) => lake.Bf.Run(["backtest", "run", .. options, "--json"]).Done();
}
